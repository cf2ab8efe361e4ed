import { expect, it } from 'vitest';
import { complete, type Steps } from '../../base/steps.ts';
import type { Camera } from '../camera.ts';
import type { Gl } from '../context.ts';
import { COLOURS, loseAndRestore, type Stage, withStage } from '../test-stage.ts';
import type { View } from '../view.ts';
import { createCachedOverlay } from './cached-overlay.ts';
import { createOutlineLayer } from './outline.ts';
import { CLASS, createRegionStyles, overlayStyles } from './region-style.ts';

const SIDE = 48;
const camera: Camera = { row: SIDE / 2, col: SIDE / 2, zoom: 1 };

/** One dashed rectangle, not symmetric, so that a mirrored copy would differ. */
function outlineOn(gl: Gl) {
  const styles = createRegionStyles(gl);
  styles.setStyles(overlayStyles(COLOURS, 2));
  styles.setClasses(Uint8Array.from([CLASS.extra]));
  const outline = createOutlineLayer(gl, styles);
  outline.setContours({ points: Float32Array.from([5, 9, 5, 40, 22, 40, 22, 9]), starts: [0], regions: [0] });
  return outline;
}

function pixels(at: (x: number, y: number) => number[]): number[] {
  return Array.from({ length: SIDE * SIDE }, (_, i) => at(i % SIDE, Math.floor(i / SIDE))).flat();
}

function pictures({ gl, shoot }: Stage) {
  const outline = outlineOn(gl);
  const cached = createCachedOverlay(gl);
  const shot = (draw: (view: View) => void, ratio = 1) => pixels(shoot(draw, ratio));
  return { outline, cached, shot };
}

it.each([1, 2])('lays down what drawing at once would give, at pixel ratio %d', (ratio) =>
  withStage(SIDE, SIDE, (stage) => {
    const { outline, cached, shot } = pictures(stage);
    const direct = shot((view) => complete(outline.steps(view, camera)), ratio);
    const laid = shot((view) => {
      while (!cached.draw(view, camera, (inner) => outline.steps(inner, camera)));
    }, ratio);
    expect(Math.max(...laid.map((value, i) => Math.abs(value - direct[i]!)))).toBeLessThanOrEqual(1);
    expect(new Set(direct).size).toBeGreaterThan(5);
  }),
);

it('paints again only when told, moved, resized or restored', () =>
  withStage(SIDE, SIDE, async (stage) => {
    const { outline, cached, shot } = pictures(stage);
    let painted = 0;
    const draw = (at: Camera) => (view: View) => {
      const paint = (inner: View) => {
        painted++;
        return outline.steps(inner, at);
      };
      while (!cached.draw(view, at, paint));
    };
    const first = shot(draw(camera));
    shot(draw(camera));
    expect(painted).toBe(1);
    cached.invalidate();
    shot(draw(camera));
    expect(painted).toBe(2);
    shot(draw({ ...camera, zoom: 2 }));
    expect(painted).toBe(3);
    shot(draw(camera), 2);
    expect(painted).toBe(4);
    await loseAndRestore(stage.gl);
    expect(shot(draw(camera))).toEqual(first);
    expect(painted).toBe(5);
  }));

it('shows the overlay of before, moved along, until the new one is complete', () =>
  withStage(SIDE, SIDE, (stage) => {
    const { outline, cached, shot } = pictures(stage);
    const moved = { ...camera, row: camera.row - 6 };
    const slowly = function* (view: View): Steps<void> {
      for (let step = 0; step < 40; step++) yield 0;
      yield* outline.steps(view, moved);
    };
    const before = shot((view) => {
      while (!cached.draw(view, camera, (inner) => outline.steps(inner, camera)));
    });
    let done = true;
    const between = shot((view) => {
      done = cached.draw(view, moved, slowly);
    });
    expect(done).toBe(false);
    const down = (row: number) => between.slice(3 * SIDE * (row + 6), 3 * SIDE * (row + 7));
    for (const row of [5, 14, 22]) expect(down(row), `row ${row}`).toEqual(before.slice(3 * SIDE * row, 3 * SIDE * (row + 1)));
    expect(between).not.toEqual(before);
    shot((view) => {
      while (!done) done = cached.draw(view, moved, slowly);
    });
    const after = shot((view) => expect(cached.draw(view, moved, slowly)).toBe(true));
    expect(after.slice(0, 3 * SIDE * 40)).toEqual(between.slice(0, 3 * SIDE * 40));
  }));

it('takes more steps a frame where frames are quick, and fewer where they are slow', () =>
  withStage(SIDE, SIDE, ({ gl, shoot }) => {
    let time = 0;
    let taken = 0;
    const cached = createCachedOverlay(gl, () => time);
    const endless = function* (): Steps<void> {
      for (;;) {
        taken++;
        yield 0;
      }
    };
    const stepsAfter = (ms: number) => {
      time += ms;
      taken = 0;
      shoot((view) => cached.draw(view, camera, endless));
      return taken;
    };
    const first = stepsAfter(0);
    expect(stepsAfter(10)).toBe(2 * first);
    expect(stepsAfter(45)).toBe(2 * first);
    expect(stepsAfter(90)).toBe(first);
  }));
