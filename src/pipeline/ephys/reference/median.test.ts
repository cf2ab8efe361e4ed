import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { makeRowMedian, medianInPlace, medianOf, selectInPlace } from './median.ts';

const bySorting = (values: ArrayLike<number>) => {
  const rising = Float64Array.from(values).sort();
  return rising.length === 0 ? Number.NaN : (rising[(rising.length - 1) >> 1]! + rising[rising.length >> 1]!) / 2;
};

it('is the middle value, or the mean of the middle two', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 40 }), (values) => {
      expect(medianInPlace(Float32Array.from(values))).toEqual(bySorting(values));
      expect(medianOf(values)).toEqual(bySorting(values));
    }),
    { seed: 1 },
  );
});

it('selects any rank', () => {
  const values = Float64Array.from([5, 1, 4, 1, 3]);
  expect([0, 1, 2, 3, 4].map((k) => selectInPlace(values.slice(), 5, k))).toEqual([1, 1, 3, 4, 5]);
});

it.each([1, 2, 3, 31, 32, 384])('finds the median of rows of %i alike, whatever they hold', (count) => {
  const rng = makeRng(count);
  const median = makeRowMedian(count);
  for (let row = 0; row < 300; row++) {
    // Noise, then jumps, ties, outliers and constants.
    const kind = row % 5;
    const values = Float32Array.from({ length: count }, () =>
      kind === 0 ? 1000 : kind === 1 ? rng.below(3) : (kind === 2 ? 1e4 : 1) * rng.normal() + (rng.uniform() < 0.1 ? -500 : 0),
    );
    const copy = values.slice();
    expect(median(values)).toBe(bySorting(values));
    expect(values).toEqual(copy);
  }
});
