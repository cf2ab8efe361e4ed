import { expect, it } from 'vitest';
import type { UnitGroup } from '../../../base/sorting.ts';
import { type CuratedSorting, NO_UNIT } from '../shared/exports.ts';
import { curationOf } from './curation-document.ts';

/** Spikes by what unit of the file they are of, and of which they are now. */
function curated(before: readonly number[], after: readonly number[], labels: Record<number, UnitGroup> = {}): CuratedSorting {
  const unitIds = [...new Set(after)].filter((id) => id !== NO_UNIT).sort((a, b) => a - b);
  return {
    name: 's',
    samplingRate: 30_000,
    times: Float64Array.from(before, (_, i) => 10 * i),
    clusters: Int32Array.from(after),
    unitIds: Int32Array.from(unitIds),
    labels: unitIds.map((id) => labels[id] ?? 'unsorted'),
    peaks: new Int32Array(unitIds.length).fill(-1),
    fileClusters: Int32Array.from(before),
    fileUnits: [...new Set(before)].sort((a, b) => a - b),
    fileNames: null,
  };
}

it('tells labels of units that were left whole', () => {
  const { curation, lost } = curationOf(curated([1, 2, 1], [1, 2, 1], { 1: 'good', 2: 'unsorted' }));
  expect(curation).toEqual({ unitIds: [1, 2], labels: new Map([[1, 'good']]), merges: [], splits: [], removed: [] });
  expect(lost).toEqual([]);
});

it('tells merges with the label on every unit that went in', () => {
  const { curation } = curationOf(curated([5, 2, 8, 5], [9, 9, 8, 9], { 9: 'mua' }));
  expect(curation.merges).toEqual([{ units: [2, 5], into: 9 }]);
  expect(curation.labels).toEqual(
    new Map([
      [2, 'mua'],
      [5, 'mua'],
    ]),
  );
});

it('tells splits by the places of the spikes within their unit', () => {
  const { curation, lost } = curationOf(curated([3, 4, 3, 3, 4, 3], [10, 4, 11, 10, 4, 11], { 10: 'good', 11: 'good' }));
  expect(curation.splits).toEqual([
    {
      unit: 3,
      parts: [
        [0, 2],
        [1, 3],
      ],
      into: [10, 11],
    },
  ]);
  expect(curation.labels).toEqual(new Map([[3, 'good']]));
  expect(lost).toEqual([]);
});

it('tells which units were removed', () => {
  const { curation, lost } = curationOf(curated([3, 4, 3], [NO_UNIT, 4, NO_UNIT]));
  expect([curation.removed, curation.splits, lost]).toEqual([[3], [], []]);
});

it('a unit that was split twice is one split into three', () => {
  const { curation } = curationOf(curated([3, 3, 3, 3], [5, 6, 7, 5]));
  expect(curation.splits).toEqual([{ unit: 3, parts: [[0, 3], [1], [2]], into: [5, 6, 7] }]);
});

it('a unit that was split and put together again is as it was, or one that has another name', () => {
  expect(curationOf(curated([3, 3], [9, 9], { 9: 'good' })).curation).toMatchObject({
    merges: [],
    splits: [],
    labels: new Map([[3, 'good']]),
  });
});

it('says what the format cannot hold', () => {
  expect(curationOf(curated([3, 3, 4], [10, 11, 11])).lost).toEqual(['unit 11 holds parts of 3 and 4']);
  expect(curationOf(curated([3, 3], [10, 11], { 10: 'good', 11: 'noise' })).lost).toEqual([
    'the parts of unit 3 have different labels',
  ]);
});
