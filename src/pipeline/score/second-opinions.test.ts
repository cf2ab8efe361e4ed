import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Region, regionFrom } from '../../base/region.ts';
import { scoreRegions } from './neurofinder.ts';
import { scoreByOverlap, scoreOptimally } from './second-opinions.ts';

const dot = (row: number, col: number): Region => regionFrom([[row, col]]);
const square = (row: number, col: number, size: number): Region =>
  regionFrom(Array.from({ length: size * size }, (_, i) => [row + Math.floor(i / size), col + (i % size)]));

/** The most pairs that any choice allows. */
function mostPairs(allowed: (i: number, j: number) => boolean, rows: number, columns: number): number {
  const walk = (row: number, taken: number): number => {
    if (row === rows) return 0;
    let best = walk(row + 1, taken);
    for (let j = 0; j < columns; j++) {
      if (allowed(row, j) && !(taken & (1 << j))) best = Math.max(best, 1 + walk(row + 1, taken | (1 << j)));
    }
    return best;
  };
  return walk(0, 0);
}

describe('the optimal match', () => {
  it('finds the pair that the greedy walk loses to the order of the truth', () => {
    // The first truth takes the estimate that the second needs.
    const truth = [dot(0, 0), dot(0, 4)];
    const estimate = [dot(0, 2), dot(0, -3)];
    expect(scoreRegions(truth, estimate, 4)).toMatchObject({ recall: 0.5, precision: 0.5 });
    const best = scoreOptimally(truth, estimate, 4);
    expect(best).toMatchObject({ recall: 1, precision: 1, combined: 1 });
    expect([...best.match]).toEqual([1, 0]);
  });

  it('is strict at the threshold, as the reference is', () => {
    expect(scoreOptimally([dot(0, 0)], [dot(3, 4)], 5).recall).toBe(0);
    expect(scoreOptimally([dot(0, 0)], [dot(3, 4)], 5.001).recall).toBe(1);
  });

  it('has as many pairs as brute force finds, and never fewer than the reference', () => {
    const dots = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(dots, dots, (a, b) => {
        const truth = a.map(([row, col]) => dot(row, col));
        const estimate = b.map(([row, col]) => dot(row, col));
        const allowed = (i: number, j: number) => Math.hypot(a[i]![0] - b[j]![0], a[i]![1] - b[j]![1]) < 3.5;
        const { recall } = scoreOptimally(truth, estimate, 3.5);
        expect(recall * truth.length).toBeCloseTo(mostPairs(allowed, truth.length, estimate.length), 9);
        expect(recall).toBeGreaterThanOrEqual(scoreRegions(truth, estimate, 3.5).recall);
      }),
      { numRuns: 500 },
    );
  });

  it('of nothing is nothing', () => {
    expect(scoreOptimally([], [], 5)).toMatchObject({ recall: 0, precision: 0, combined: 0 });
  });
});

describe('overlap', () => {
  it('counts a pair from half of the union on', () => {
    // 4 × 4 against 4 × 4, shifted: 12 of 20 pixels shared, then 8 of 24; 10 of 20 exactly.
    expect(scoreByOverlap([square(0, 0, 4)], [square(0, 1, 4)])).toMatchObject({ recall: 1, precision: 1, combined: 1 });
    expect(scoreByOverlap([square(0, 0, 4)], [square(0, 2, 4)]).recall).toBe(0);
    const [ten, twenty] = [10, 20].map((size) => regionFrom(Array.from({ length: size }, (_, col) => [0, col])));
    expect(scoreByOverlap([ten!], [twenty!]).recall).toBe(1);
  });

  it('counts a repeated pixel once', () => {
    const once = square(0, 0, 2);
    const twice: Region = { dims: 2, points: Float64Array.from([...once.points, ...once.points]) };
    expect(scoreByOverlap([once], [twice]).combined).toBe(1);
  });

  it('takes fractional pixels as they are, and pairs each region once', () => {
    const half = regionFrom([
      [0.5, 0.5],
      [1.5, 0.5],
    ]);
    expect(scoreByOverlap([half], [half, half])).toMatchObject({ recall: 1, precision: 0.5 });
    expect([...scoreByOverlap([half, square(0, 0, 2)], [square(0, 0, 2)]).match]).toEqual([-1, 0]);
  });

  it('does not mistake pixels left of the image for those of the row above', () => {
    expect(scoreByOverlap([dot(1, -1)], [dot(0, 2 ** 26 - 1)]).recall).toBe(0);
  });
});
