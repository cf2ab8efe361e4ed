import { expect, it } from 'vitest';
import { regionFrom } from '../../base/region.ts';
import { neuropilMasks } from './neuropil.ts';
import { addFrameMeans, compileMasks, compilePixels } from './region-traces.ts';

/** A filled square as a region. */
const square = (row: number, column: number, size: number) =>
  regionFrom(Array.from({ length: size * size }, (_, i) => [row + Math.floor(i / size), column + (i % size)]));

it('averages the pixels of each region, once each, inside the image only', () => {
  const plan = compileMasks(
    [
      regionFrom([
        [0, 1],
        [1, 2],
        [1, 2],
        [-1, 0],
        [0, 3],
      ]),
      regionFrom([[1, 0]]),
      regionFrom([]),
    ],
    2,
    3,
  );
  expect([...plan.pixels]).toEqual([1, 5, 3]);
  const traces = new Float32Array(6).fill(-1);
  addFrameMeans(plan, Uint16Array.of(1, 2, 3, 4, 5, 8), traces, 0);
  addFrameMeans(plan, null, traces, 1);
  expect([...traces]).toEqual([5, Number.NaN, 4, Number.NaN, Number.NaN, Number.NaN]);
});

it('does not mix up regions of different sizes', () => {
  const plan = compilePixels([Int32Array.of(0, 1, 2), Int32Array.of(3)]);
  const traces = new Float32Array(2);
  addFrameMeans(plan, Float32Array.of(1, 2, 6, -4), traces, 0);
  expect([...traces]).toEqual([3, -4]);
});

it('grows the neuropil to more than 350 free pixels, away from its own region and out of all others', () => {
  const [height, width] = [60, 80];
  const cell = square(20, 20, 6);
  const other = square(20, 29, 6);
  const [mask] = neuropilMasks([cell, other], height, width);
  // The cell with its margin has 36 + 48 + 4 = 88 pixels; a box of 20² leaves too few free ones, one of 30² enough.
  const inMask = new Set(mask);
  const has = (row: number, column: number) => inMask.has(row * width + column);
  expect(mask!.length).toBe(30 * 30 - 88 - 36);
  // Sum of the pixel numbers from the published algorithm, run in numpy on the same squares.
  expect(mask!.reduce((sum, pixel) => sum + pixel)).toBe(1_413_936);
  expect([has(8, 8), has(37, 37), has(7, 20), has(20, 38)]).toEqual([true, true, false, false]);
  for (const region of [cell, other])
    for (let i = 0; i < region.points.length; i += 2) expect(has(region.points[i]!, region.points[i + 1]!)).toBe(false);
  expect([has(18, 22), has(18, 18), has(17, 22)]).toEqual([false, true, true]);
});

it('stops at one step where that is enough, and at the image border', () => {
  const [mask] = neuropilMasks([square(20, 20, 12)], 60, 80);
  // Dilated by 2: 12² + 4 × 12 × 2 + 4 = 244 pixels in a box of 16²; one step gives 26² − 244 = 432.
  expect(mask!.length).toBe(432);
  // 21² − 109 = 332 is too few without counting the 60 free pixels of the margin, so the box grows to 31².
  expect(neuropilMasks([square(20, 20, 7)], 60, 80)[0]!.length).toBe(31 * 31 - 109);
  const [whole, none] = neuropilMasks([square(0, 0, 3), regionFrom([])], 10, 10);
  expect(whole!.length).toBe(100 - 9 - 13);
  expect(none!.length).toBe(0);
});

it('gives no neuropil where every pixel belongs to a region', () => {
  expect(neuropilMasks([square(0, 0, 8)], 8, 8)[0]!.length).toBe(0);
});
