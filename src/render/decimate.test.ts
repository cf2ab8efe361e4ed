import { expect, it } from 'vitest';
import { makeRng } from '../base/rng.ts';
import { decimate } from './decimate.ts';

const valuesOf = (points: Float32Array) => points.filter((_, i) => i % 2 === 1);
const columnsOf = (points: Float32Array) => points.filter((_, i) => i % 2 === 0);

it('keeps a spike of one sample at any zoom', () => {
  const values = new Float32Array(100_000);
  values[31_415] = 1;
  for (const columns of [10, 97, 640, 3000]) {
    for (const [from, to] of [
      [0, 100_000],
      [31_000.5, 32_000.25],
      [31_410, 31_420],
    ] as const) {
      const points = decimate(values, from, to, columns);
      const at = valuesOf(points).indexOf(1);
      expect(at, `${columns} columns, ${from}…${to}`).toBeGreaterThanOrEqual(0);
      const expected = ((31_415 - from) / (to - from)) * columns;
      expect(Math.abs(columnsOf(points)[at]! - expected)).toBeLessThanOrEqual(1);
    }
  }
});

it('gives the extremes of each column in their order', () => {
  const values = Float32Array.from([0, 5, 1, -3, 2, 2, 4, 9, 9, 9, 1, 0]);
  expect([...decimate(values, 0, 12, 3)]).toEqual([0.5, 5, 0.5, -3, 1.5, 2, 1.5, 9, 2.5, 9, 2.5, 0]);
});

it('agrees with the extremes found by hand', () => {
  const rng = makeRng(4);
  const values = Float32Array.from({ length: 1000 }, () => rng.normal());
  const points = decimate(values, 0, 1000, 100);
  for (let column = 0; column < 100; column++) {
    const part = values.subarray(column * 10, column * 10 + 10);
    const pair = [points[4 * column + 1]!, points[4 * column + 3]!];
    expect(Math.min(...pair)).toBe(Math.min(...part));
    expect(Math.max(...pair)).toBe(Math.max(...part));
  }
});

it('keeps every sample where there is room, and its neighbours outside', () => {
  const values = Float32Array.from({ length: 20 }, (_, i) => i);
  const points = decimate(values, 5, 10, 50);
  expect([...valuesOf(points)]).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  expect([...columnsOf(points)].slice(0, 3)).toEqual([-10, 0, 10]);
});

it('groups the same samples while the window moves', () => {
  const rng = makeRng(5);
  const values = Float32Array.from({ length: 10_000 }, () => rng.normal());
  const still = valuesOf(decimate(values, 1000, 3000, 100));
  const moved = valuesOf(decimate(values, 1007, 3007, 100));
  const common = moved.subarray(4, 150);
  expect(still.join(' ')).toContain(common.join(' '));
});

it('breaks the line only where a whole column is missing', () => {
  const values = new Float32Array(100).fill(1);
  values.fill(Number.NaN, 20, 45);
  const points = valuesOf(decimate(values, 0, 100, 10));
  expect([...points].map(Number.isNaN)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].map(Boolean));
});

it('gives nothing for nothing', () => {
  expect(decimate(new Float32Array(0), 0, 10, 10)).toHaveLength(0);
  expect(decimate(new Float32Array(5), 3, 3, 10)).toHaveLength(0);
  expect(decimate(new Float32Array(5), 50, 60, 10)).toHaveLength(0);
  expect(decimate(new Float32Array(5000), 6000, 9000, 10)).toHaveLength(0);
});
