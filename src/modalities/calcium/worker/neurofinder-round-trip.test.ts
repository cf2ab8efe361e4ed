// Reader, scorer and writer together: the only layer that may import both formats and pipeline.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../../base/errors.ts';
import { type Region, regionFrom } from '../../../base/region.ts';
import { readRegions } from '../../../formats/neurofinder/regions.ts';
import { readResults } from '../../../formats/neurofinder/results.ts';
import { writeRegions, writeSubmission } from '../../../formats/neurofinder/submission.ts';
import { EMPTY_NOTE, scoreRegions } from '../../../pipeline/score/neurofinder.ts';
import { dataPath, describeWithData, goldenPath } from '../../../test/shared-data.ts';

const number = fc.integer({ min: 0, max: 20 });
const region = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 12 }).map((pairs): Region => regionFrom(pairs));
const regions = fc.array(region, { maxLength: 8 });

it('gives the same score before and after writing and reading', () => {
  fc.assert(
    fc.property(regions, regions, fc.constantFrom('sources', 'regions', 'both'), (truth, estimate, spelling) => {
      const submission = [
        ...writeSubmission([{ name: '00.00.test', regions: estimate }], spelling as 'sources' | 'regions' | 'both'),
      ].join('');
      const readTruth = readRegions([...writeRegions(truth)].join('')).regions;
      const readEstimate = readResults(submission).sets[0]!.regions;
      expect(scoreRegions(readTruth, readEstimate, 5)).toEqual(scoreRegions(truth, estimate, 5));
    }),
    { numRuns: 200 },
  );
});

describeWithData('the 60 golden cases, read and scored', () => {
  const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const FIGURES = ['recall', 'precision', 'combined', 'inclusion', 'exclusion'] as const;

  /** The regions of one side, or null where the reader rejects one of them. */
  function open(value: unknown): readonly Region[] | null {
    try {
      const source =
        value === 'REAL_00.00'
          ? readFileSync(dataPath('neurofinder/neurofinder.00.00.regions.json'))
          : typeof value === 'string'
            ? readFileSync(dataPath(`neurofinder/labels/${value.slice('LABELS:'.length)}`))
            : value;
      const { regions: read, bad } = readRegions(source);
      return bad.length > 0 ? null : read;
    } catch (error) {
      if (isSomascopeError(error, 'Invalid')) return null;
      throw error;
    }
  }

  it('give the reference figures, zeros with a note, or a rejection', () => {
    const counts = { scored: 0, empty: 0, rejected: 0 };
    for (const expected of readJson(goldenPath('neurofinder/expected.json'))) {
      const given = readJson(goldenPath(`neurofinder/cases/${expected.name}.json`));
      const inputs = given.same_pair_as ? readJson(goldenPath(`neurofinder/cases/${given.same_pair_as}.json`)) : given;
      const [truth, estimate] = [open(inputs.truth), open(inputs.estimate)];
      if (!truth || !estimate) {
        expect(['KeyError', 'ValueError'], expected.name).toContain(expected.error);
        counts.rejected++;
        continue;
      }
      const score = scoreRegions(truth, estimate, given.threshold === 'inf' ? Infinity : given.threshold);
      if (expected.error) {
        expect([expected.error, score.note, score.combined], expected.name).toEqual(['IndexError', EMPTY_NOTE, 0]);
        counts.empty++;
        continue;
      }
      for (const key of FIGURES) expect(score[key], `${expected.name} ${key}`).toBe(expected[key]);
      counts.scored++;
    }
    expect(counts).toEqual({ scored: 53, empty: 3, rejected: 4 });
  });
});
