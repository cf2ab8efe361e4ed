import { expect, it } from 'vitest';
import { principalAxes } from './principal-axes.ts';
import { smoothLength } from './processed.ts';

it('finds the next length that transforms fast', () => {
  expect([1, 7, 11, 30_000, 30_001, 65_537].map(smoothLength)).toEqual([1, 8, 12, 30_000, 30_375, 65_610]);
});

it('settles where there are fewer points than dimensions', () => {
  const n = 90;
  const point = Float64Array.from({ length: n }, (_, i) => Math.sin(i / 9));
  const scatter = new Float64Array(n * n).map((_, k) => point[Math.floor(k / n)]! * point[k % n]!);
  const [first] = principalAxes(scatter, n, 3);
  const length = Math.hypot(...point);
  const overlap = first!.reduce((sum, value, i) => sum + (value * point[i]!) / length, 0);
  expect(Math.abs(overlap)).toBeCloseTo(1, 6);
  expect(
    principalAxes(new Float64Array(n * n), n, 2)
      .flatMap((axis) => [...axis])
      .every((value) => value === 0),
  ).toBe(true);
});
