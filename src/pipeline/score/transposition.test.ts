import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Region, regionFrom, transposed } from '../../base/region.ts';
import { makeRng } from '../../base/rng.ts';
import { dataPath, itWithData } from '../../test/shared-data.ts';
import { compareTransposed } from './transposition.ts';

function cells(seed: number, count: number, height: number, width: number): Region[] {
  const rng = makeRng(seed);
  return Array.from({ length: count }, () => {
    const [row, col] = [rng.below(height - 8), rng.below(width - 8)];
    return regionFrom(Array.from({ length: 64 }, (_, k) => [row + (k % 8), col + Math.floor(k / 8)]));
  });
}

describe('exchanged rows and columns', () => {
  const truth = cells(1, 300, 498, 490);

  it('are noticed, with both figures', () => {
    const { suspect, warning, exchanged, asIs } = compareTransposed(truth, truth.map(transposed), 6);
    expect(suspect).toBe(true);
    expect(exchanged.combined).toBe(1);
    expect(warning).toBe(`Rows and columns look exchanged: ${asIs.combined.toFixed(2)} as it is, 1.00 exchanged.`);
  });

  it('are noticed on an estimate that finds a third', () => {
    const estimate = [...truth.slice(0, 100), ...cells(2, 100, 498, 490)];
    expect(compareTransposed(truth, estimate.map(transposed), 6).suspect).toBe(true);
    expect(compareTransposed(truth, estimate, 6)).toMatchObject({ suspect: false, warning: null });
  });

  it('are noticed on four cells and not claimed on three', () => {
    const few = [1, 2, 3, 4].map((k) => regionFrom([[10 * k, 200 + 30 * k]]));
    expect(compareTransposed(few, few.map(transposed), 5).suspect).toBe(true);
    expect(compareTransposed(few.slice(1), few.slice(1).map(transposed), 5).suspect).toBe(false);
  });

  it('are not claimed where the estimate has nothing to do with the truth', () => {
    const claims = Array.from({ length: 40 }, (_, seed) => compareTransposed(truth, cells(seed + 10, 300, 498, 490), 6).suspect);
    expect(claims.filter(Boolean)).toEqual([]);
  });

  itWithData('are told apart on real labels of two graders', () => {
    const read = (name: string): Region[] =>
      JSON.parse(readFileSync(dataPath(`neurofinder/labels/${name}.json`), 'utf8')).map((region: { coordinates: number[][] }) =>
        regionFrom(region.coordinates),
      );
    for (const set of ['01.00', '01.01', '02.00', '02.01', '04.00', '04.01']) {
      const [published, grader] = [read(`${set}.published`), read(`${set}.grader1`)];
      expect(compareTransposed(published, grader, 5).suspect, set).toBe(false);
      expect(compareTransposed(published, grader.map(transposed), 5).suspect, set).toBe(true);
    }
  });
});
