import { expect, it } from 'vitest';
import type { Camera } from '../camera.ts';
import type { Gl } from '../context.ts';
import { loseAndRestore, withStage } from '../test-stage.ts';
import type { View } from '../view.ts';
import { createCachedOverlay } from './cached-overlay.ts';
import { createOutlineLayer } from './outline.ts';
import { CLASS, createRegionStyles, overlayStyles } from './region-style.ts';

const SIDE = 48;
const camera: Camera = { row: SIDE / 2, col: SIDE / 2, zoom: 1 };
const COLOURS = {
  matched: [86, 180, 233],
  extra: [213, 94, 0],
  missed: [240, 228, 66],
  plain: [180, 180, 180],
  selected: [255, 255, 255],
} as const;

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

it.each([1, 2])('lays down what drawing at once would give, at pixel ratio %d', (ratio) =>
  withStage(SIDE, SIDE, ({ gl, shoot }) => {
    const outline = outlineOn(gl);
    const cached = createCachedOverlay(gl);
    const direct = pixels(shoot((view) => outline.draw(view, camera), ratio));
    const laid = pixels(shoot((view) => cached.draw(view, (inner) => outline.draw(inner, camera)), ratio));
    expect(Math.max(...laid.map((value, i) => Math.abs(value - direct[i]!)))).toBeLessThanOrEqual(1);
    expect(new Set(direct).size).toBeGreaterThan(5);
  }),
);

it('paints again only when told, resized or restored', () =>
  withStage(SIDE, SIDE, async ({ gl, shoot }) => {
    const outline = outlineOn(gl);
    const cached = createCachedOverlay(gl);
    let painted = 0;
    const draw = (view: View) =>
      cached.draw(view, (inner) => {
        painted++;
        outline.draw(inner, camera);
      });
    const first = pixels(shoot(draw));
    shoot(draw);
    expect(painted).toBe(1);
    cached.invalidate();
    shoot(draw);
    expect(painted).toBe(2);
    shoot(draw, 2);
    expect(painted).toBe(3);
    await loseAndRestore(gl);
    expect(pixels(shoot(draw))).toEqual(first);
    expect(painted).toBe(4);
  }));
