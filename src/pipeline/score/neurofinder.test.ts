import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { type Region, regionFrom } from '../../base/region.ts';
import { makeRng } from '../../base/rng.ts';
import { roundScore } from '../../base/rounding.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { EMPTY_NOTE, type NeurofinderScore, scoreRegions } from './neurofinder.ts';

interface RawRegion {
  coordinates: number[] | number[][];
}

interface Expected {
  match?: (number | null)[];
  recall?: number;
  precision?: number;
  combined?: number;
  inclusion?: number;
  exclusion?: number;
  pairs?: number[][];
  cli?: Record<string, number> | null;
  error?: string;
}

const FIGURES = ['recall', 'precision', 'combined', 'inclusion', 'exclusion'] as const;
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const toRegions = (list: RawRegion[]): Region[] =>
  list.map(({ coordinates }) =>
    regionFrom(Array.isArray(coordinates[0]) ? (coordinates as number[][]) : [coordinates as number[]]),
  );
const toThreshold = (value: number | 'inf') => (value === 'inf' ? Infinity : value);

function expectSame(score: NeurofinderScore, expected: Expected): void {
  expect([...score.match].map((j) => (j < 0 ? null : j))).toEqual(expected.match);
  for (const key of FIGURES) expect(score[key], key).toBe(expected[key]);
  expect(score.pairs.map((pair) => [pair.truth, pair.estimate, pair.inclusion, pair.exclusion, pair.distance])).toEqual(
    expected.pairs,
  );
  for (const key of FIGURES) if (expected.cli) expect(roundScore(score[key]), `printed ${key}`).toBe(expected.cli[key]);
}

const small: { name: string; threshold: number | 'inf'; truth: RawRegion[]; estimate: RawRegion[]; expected: Expected }[] =
  readJson(new URL('../../test/golden/neurofinder/cases.json', import.meta.url).pathname);

describe('small golden cases', () => {
  const valued = small.filter(({ expected }) => !expected.error);
  const empty = small.filter(({ truth, estimate }) => truth.length === 0 || estimate.length === 0);

  it('has both kinds', () => expect([valued.length, empty.length]).toEqual([13, 3]));

  for (const { name, threshold, truth, estimate, expected } of valued) {
    it(name, () => expectSame(scoreRegions(toRegions(truth), toRegions(estimate), toThreshold(threshold)), expected));
  }
  for (const { name, threshold, truth, estimate } of empty) {
    it(`${name}: zeros with a note`, () => {
      const score = scoreRegions(toRegions(truth), toRegions(estimate), toThreshold(threshold));
      expect(FIGURES.map((key) => score[key])).toEqual([0, 0, 0, 0, 0]);
      expect(score.note).toBe(EMPTY_NOTE);
      expect(score.missed.length + score.extra.length).toBe(truth.length + estimate.length);
    });
  }
});

describeWithData('every golden case with values', () => {
  it('equals the reference to the last bit', () => {
    const expected: (Expected & { name: string })[] = readJson(goldenPath('neurofinder/expected.json'));
    const open = (name: string) => readJson(goldenPath(`neurofinder/cases/${name}.json`));
    const list = (value: unknown): Region[] => {
      if (value === 'REAL_00.00') return toRegions(readJson(dataPath('neurofinder/neurofinder.00.00.regions.json')));
      if (typeof value === 'string') return toRegions(readJson(dataPath(`neurofinder/labels/${value.slice('LABELS:'.length)}`)));
      return toRegions(value as RawRegion[]);
    };
    const valued = expected.filter(({ error }) => !error);
    expect(valued).toHaveLength(53);
    for (const record of valued) {
      const given = open(record.name);
      const inputs = given.same_pair_as ? open(given.same_pair_as) : given;
      expectSame(scoreRegions(list(inputs.truth), list(inputs.estimate), toThreshold(given.threshold)), record);
    }
  });
});

describe('unmatched regions', () => {
  it('say what lies nearest, taken or not', () => {
    const at = (row: number, col: number) => regionFrom([[row, col]]);
    const score = scoreRegions([at(0, 0), at(0, 3), at(50, 50)], [at(0, 1), at(80, 50)], 6);
    expect([...score.match]).toEqual([0, -1, -1]);
    expect(score.missed).toEqual([
      { index: 1, nearest: 0, distance: 2 },
      { index: 2, nearest: 1, distance: 30 },
    ]);
    expect(score.extra).toEqual([{ index: 1, nearest: 2, distance: 30 }]);
    expect(scoreRegions([at(1, 1)], [], 6).missed).toEqual([{ index: 0, nearest: -1, distance: Infinity }]);
  });
});

describe('what cannot be scored', () => {
  const good = regionFrom([[1, 2]]);
  const refusal = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (isSomascopeError(error, 'Invalid')) return error;
    }
    throw new Error('was scored');
  };

  it('names the region', () => {
    const empty = { points: new Float64Array(0), dims: 2 };
    expect(refusal(() => scoreRegions([good, empty], [good], 5)).message).toBe('Region 1 of the truth has no pixels.');
    expect(refusal(() => scoreRegions([good], [good, good, empty], 5)).place).toEqual({ index: 2 });
    expect(refusal(() => scoreRegions([good], [good, regionFrom([[1, 2, 3]])], 5)).place).toEqual({ index: 1 });
    expect(refusal(() => scoreRegions([good], [regionFrom([[1, Number.NaN]])], 5)).place).toEqual({ index: 0 });
    expect(refusal(() => scoreRegions([good], [regionFrom([[1, 2, 3]])], 5)).message).toMatch(
      /2 numbers a pixel, the estimate 3/,
    );
    expect(refusal(() => scoreRegions([good], [good], Number.NaN)).message).toMatch(/threshold/);
  });
});

describe('the overlap count', () => {
  // The definition, spelled out: entries of a's list that occur in b's list.
  const plain = (a: Region, b: Region) => {
    const points = (region: Region) =>
      Array.from({ length: region.points.length / region.dims }, (_, k) => [
        ...region.points.subarray(k * region.dims, (k + 1) * region.dims),
      ]);
    return points(a).filter((p) => points(b).some((q) => p.every((value, axis) => value === q[axis]))).length;
  };
  const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, -0, 1e7, -1e7, 2 ** 53));

  it('is the definition for whole, fractional, negative, repeated and far-apart pixels of any axes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.infiniteStream(number),
        fc.integer({ min: 1, max: 8 }),
        (dims, stream, n) => {
          const draw = () => ({ points: Float64Array.from({ length: n * dims }, () => stream.next().value as number), dims });
          const [a, b] = [draw(), draw()];
          const [pair] = scoreRegions([a], [b], Infinity).pairs;
          expect(pair!.inclusion).toBe(plain(a, b) / n);
        },
      ),
      { numRuns: 500 },
    );
  });
});

it('takes each estimate once on large random sets', () => {
  const rng = makeRng(3);
  const blobs = (n: number) =>
    Array.from({ length: n }, () => {
      const [row, col] = [rng.below(500), rng.below(500)];
      return regionFrom(Array.from({ length: 80 }, (_, k) => [row + (k % 9), col + Math.floor(k / 9)]));
    });
  const score = scoreRegions(blobs(500), blobs(500), 6);
  const used = [...score.match].filter((j) => j >= 0);
  expect(new Set(used).size).toBe(used.length);
  expect(score.pairs.length + score.missed.length).toBe(500);
  expect(score.pairs.length + score.extra.length).toBe(500);
  expect(score.pairs.every(({ distance }) => distance < 6)).toBe(true);
});
