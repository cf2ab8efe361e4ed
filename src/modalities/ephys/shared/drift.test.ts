import { expect, it } from 'vitest';
import { motionAt, motionError } from './drift.ts';

const curve = { times: Float64Array.of(0, 10, 20), positions: Float64Array.of(0, 50, 0) };

it('is linear between its points and holds its ends', () => {
  expect([-5, 0, 5, 10, 12.5, 20, 99].map((time) => motionAt(curve, time))).toEqual([0, 0, 25, 50, 37.5, 0, 0]);
  expect(motionAt({ times: new Float64Array(0), positions: new Float64Array(0) }, 3)).toBe(0);
});

it('does not care where zero is, but for every other difference', () => {
  const times = Float64Array.from({ length: 21 }, (_, i) => i);
  const shifted = { times, positions: times.map((time) => motionAt(curve, time) - 17) };
  expect(motionError(shifted, curve)).toBeCloseTo(0, 12);
  const noisy = { times, positions: times.map((time, i) => motionAt(curve, time) + (i % 2 ? 1 : -1)) };
  expect(motionError(noisy, curve)).toBeGreaterThan(0.9);
});
