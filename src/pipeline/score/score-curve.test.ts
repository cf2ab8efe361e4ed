import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { type Region, regionFrom } from '../../base/region.ts';
import { scoreRegions } from './neurofinder.ts';
import { CURVE_THRESHOLDS, confidenceCurve, confidenceCuts, type ScoreCurve, thresholdCurve } from './score-curve.ts';

// A coarse lattice, so that equal distances are common and the tie rules matter.
const region = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), fc.boolean()).map(
  ([row, col, wide]): Region =>
    regionFrom(
      wide
        ? [
            [row, col],
            [row, col + 1],
          ]
        : [[row, col]],
    ),
);
const regions = fc.array(region, { maxLength: 14 });

const figures = (curve: ScoreCurve, i: number) => [curve.recall[i], curve.precision[i], curve.combined[i]];

it('equals the score at every threshold', () => {
  fc.assert(
    fc.property(regions, regions, (truth, estimate) => {
      const thresholds = [5, 0, 1, 1.5, 2, Math.SQRT2, 15, 3];
      const curve = thresholdCurve(truth, estimate, thresholds);
      thresholds.forEach((threshold, i) => {
        const { recall, precision, combined } = scoreRegions(truth, estimate, threshold);
        expect(figures(curve, i)).toEqual([recall, precision, combined]);
      });
    }),
    { numRuns: 300 },
  );
});

it('equals the score of the estimates that pass every cut', () => {
  const scored = fc.array(fc.tuple(region, fc.constantFrom(0, 0.25, 0.5, 0.75, Number.NaN)), { maxLength: 14 });
  fc.assert(
    fc.property(regions, scored, fc.constantFrom(1, 2, 5, Infinity), (truth, estimate, threshold) => {
      const confidence = estimate.map(([, value]) => value);
      const cuts = [0.9, 0, 0.25, 0.3, 0.75];
      const curve = confidenceCurve(
        truth,
        estimate.map(([one]) => one),
        confidence,
        threshold,
        cuts,
      );
      cuts.forEach((cut, i) => {
        const kept = estimate.filter(([, value]) => !(value < cut)).map(([one]) => one);
        const { recall, precision, combined } = scoreRegions(truth, kept, threshold);
        expect(figures(curve, i)).toEqual([recall, precision, combined]);
        expect(curve.kept[i]).toBe(kept.length);
      });
    }),
    { numRuns: 300 },
  );
});

it('cuts at the distinct confidences, or at evenly spaced ranks', () => {
  expect([...confidenceCuts([0.5, 0.1, Number.NaN, 0.5, 2])]).toEqual([0.1, 0.5, 2]);
  const many = confidenceCuts(
    Array.from({ length: 1000 }, (_, i) => i / 1000),
    11,
  );
  expect([...many]).toHaveLength(11);
  expect([many[0], many[5], many[10]]).toEqual([0, 0.5, 0.999]);
});

it('has thresholds from 1 to 15 px by default', () => {
  expect([CURVE_THRESHOLDS[0], CURVE_THRESHOLDS.at(-1)]).toEqual([1, 15]);
  expect(thresholdCurve([], []).at).toHaveLength(29);
});

it('refuses confidences that do not belong to the estimates', () => {
  const one = regionFrom([[1, 1]]);
  expect(() => confidenceCurve([one], [one], [], 5)).toThrow('0 confidences for 1 estimates');
  try {
    thresholdCurve([one], [one], [Number.NaN]);
    expect.unreachable();
  } catch (error) {
    expect(isSomascopeError(error, 'Invalid')).toBe(true);
  }
});
