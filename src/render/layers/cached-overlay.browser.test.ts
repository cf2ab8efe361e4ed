import { expect, it, vi } from 'vitest';
import { complete, type Steps } from '../../base/steps.ts';
import type { Camera } from '../camera.ts';
import type { Gl } from '../context.ts';
import type { PaceHost } from '../paced.ts';
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

/** A clock that is set by hand, and tasks that run when they are told to. */
function makeHost() {
  const waiting: (() => void)[] = [];
  const clock = { ms: 0 };
  const later = (task: () => void) => {
    waiting.push(task);
    return () => {
      const at = waiting.indexOf(task);
      if (at >= 0) waiting.splice(at, 1);
    };
  };
  const host: PaceHost = { now: () => clock.ms, later, afterFrame: later };
  /** Runs one task; false where none waits. */
  const run = () => {
    const task = waiting.shift();
    task?.();
    return task !== undefined;
  };
  return { host, clock, run };
}

function pictures({ gl, shoot }: Stage) {
  const outline = outlineOn(gl);
  const { host, run, clock } = makeHost();
  const redraw = vi.fn<() => void>();
  const cached = createCachedOverlay(gl, redraw, host);
  const shot = (draw: (view: View) => void, ratio = 1) => pixels(shoot(draw, ratio));
  /** As it is once everything is painted. */
  const settled = (draw: (view: View) => void, ratio = 1) => {
    shot(draw, ratio);
    while (run());
    return shot(draw, ratio);
  };
  return { outline, cached, redraw, shot, settled, run, clock };
}

it.each([1, 2])('lays down what drawing at once would give, at pixel ratio %d', (ratio) =>
  withStage(SIDE, SIDE, (stage) => {
    const { outline, cached, redraw, shot, settled } = pictures(stage);
    const direct = shot((view) => complete(outline.steps(view, camera)), ratio);
    const laid = settled((view) => cached.draw(view, camera, (inner) => outline.steps(inner, camera)), ratio);
    expect(Math.max(...laid.map((value, i) => Math.abs(value - direct[i]!)))).toBeLessThanOrEqual(1);
    expect(new Set(direct).size).toBeGreaterThan(5);
    expect(redraw).toHaveBeenCalledTimes(1);
  }),
);

it('paints again only when told, moved, resized or restored', () =>
  withStage(SIDE, SIDE, async (stage) => {
    const { outline, cached, settled } = pictures(stage);
    let painted = 0;
    const draw = (at: Camera) => (view: View) =>
      cached.draw(view, at, (inner) => {
        painted++;
        return outline.steps(inner, at);
      });
    const first = settled(draw(camera));
    settled(draw(camera));
    expect(painted).toBe(1);
    cached.invalidate();
    settled(draw(camera));
    expect(painted).toBe(2);
    settled(draw({ ...camera, zoom: 2 }));
    expect(painted).toBe(3);
    settled(draw(camera), 2);
    expect(painted).toBe(4);
    await loseAndRestore(stage.gl);
    expect(settled(draw(camera))).toEqual(first);
    expect(painted).toBe(5);
  }));

it('shows the overlay of before, moved along, until the new one is complete', () =>
  withStage(SIDE, SIDE, (stage) => {
    const { outline, cached, redraw, shot, settled, run, clock } = pictures(stage);
    const moved = { ...camera, row: camera.row - 6 };
    const slowly = (at: Camera) =>
      function* (view: View): Steps<void> {
        for (let step = 0; step < 40; step++) {
          clock.ms += 10;
          yield 0;
        }
        yield* outline.steps(view, at);
      };
    const before = settled((view) => cached.draw(view, camera, slowly(camera)));
    cached.invalidate();
    redraw.mockClear();
    const between = shot((view) => cached.draw(view, moved, slowly(moved)));
    expect(redraw).not.toHaveBeenCalled();
    const down = (row: number) => between.slice(3 * SIDE * (row + 6), 3 * SIDE * (row + 7));
    for (const row of [5, 14, 22]) expect(down(row), `row ${row}`).toEqual(before.slice(3 * SIDE * row, 3 * SIDE * (row + 1)));
    expect(between).not.toEqual(before);
    while (run());
    expect(redraw).toHaveBeenCalledTimes(1);
    const after = shot((view) => cached.draw(view, moved, slowly(moved)));
    expect(after.slice(0, 3 * SIDE * 40)).toEqual(between.slice(0, 3 * SIDE * 40));
  }));

it('paints in the frame what is quick, between frames what is slow, in slices of bounded time', () =>
  withStage(SIDE, SIDE, (stage) => {
    const { cached, redraw, shot, run, clock } = pictures(stage);
    let costs = 10;
    let taken = 0;
    const paint = function* (): Steps<void> {
      for (let step = 0; step < 40; step++) {
        taken++;
        clock.ms += costs;
        yield 0;
      }
    };
    const frame = () => {
      taken = 0;
      shot((view) => cached.draw(view, camera, paint));
      return taken;
    };
    const slices = () => {
      const each: number[] = [];
      for (;;) {
        taken = 0;
        if (!run()) return each;
        each.push(taken);
      }
    };
    // How long a step takes is not known yet.
    expect(frame()).toBe(0);
    expect(Math.max(...slices())).toBe(1);
    expect(redraw).toHaveBeenCalledTimes(1);
    // Too slow for a frame: no frame is asked for until it is done.
    cached.invalidate();
    expect(redraw).toHaveBeenCalledTimes(1);
    costs = 0.1;
    const [first, ...others] = slices();
    expect(first).toBe(1);
    expect(Math.max(...others)).toBeGreaterThan(20);
    expect(others.reduce((sum, steps) => sum + steps, 0)).toBe(39);
    expect(redraw).toHaveBeenCalledTimes(2);
    // Quick: the next frame has it all.
    cached.invalidate();
    expect(redraw).toHaveBeenCalledTimes(3);
    expect(frame()).toBe(40);
    expect(run()).toBe(false);
  }));
