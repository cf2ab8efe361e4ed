import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import type { LabelVolume } from '../volume.ts';
import { boundaryScores } from './boundary.ts';

/** A square of class 1, its left edge at column `left`, in each of two slices. */
const square = (left: number): LabelVolume => ({
  data: Uint8Array.from({ length: 2 * 400 }, (_, i) => {
    const [y, x] = [Math.floor(i / 20) % 20, i % 20];
    return Number(y >= 5 && y < 13 && x >= left && x < left + 8);
  }),
  shape: [2, 20, 20],
});

describe('boundary F1', () => {
  it('is 1 within the tolerance, less beyond it', () => {
    const [near, far] = [2, 1].map((tolerance) => complete(boundaryScores(square(4), square(6), 3, tolerance)));
    expect(near![1]).toMatchObject({ truth: 56, predicted: 56, precision: 1, recall: 1, f1: 1 });
    // One pixel of tolerance leaves out the two upright edges but for what the horizontal ones reach.
    expect(far![1]!.f1).toBeLessThan(0.8);
    expect(far![1]!.precision).toBeCloseTo(far![1]!.recall, 12);
    expect(near![2]).toMatchObject({ truth: 0, predicted: 0, f1: Number.NaN });
  });

  it('is 0 where only one has an outline', () => {
    const empty = { data: new Uint8Array(800), shape: [2, 20, 20] as const };
    const [, one] = complete(boundaryScores(square(4), empty, 2));
    expect([one!.f1, one!.recall]).toEqual([0, 0]);
    expect(one!.precision).toBeNaN();
  });
});
