import { expect, it } from 'vitest';
import { lowerBound, neighbourOf, partWithin } from './rising.ts';

const times = Float64Array.of(1, 3, 3, 2 ** 40 + 1);

it('finds the first place that is not below', () => {
  expect([0, 1, 2, 3, 4, 2 ** 41].map((value) => lowerBound(times, value))).toEqual([0, 0, 1, 1, 3, 4]);
});

it('shares parts and finds neighbours', () => {
  expect(Array.from(partWithin(times, 1, 3))).toEqual([1]);
  expect(partWithin(times, 0, 4).buffer).toBe(times.buffer);
  expect([
    neighbourOf(times, 1, 1),
    neighbourOf(times, 3, -1),
    neighbourOf(times, 2 ** 41, 1),
    neighbourOf(times, 1, -1),
  ]).toEqual([3, 1, null, null]);
});
