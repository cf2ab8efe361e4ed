import { expect, it } from 'vitest';
import { spikesByUnit } from '../../../base/sorting.ts';
import { listingOf } from '../../../test/listing.ts';
import type { FoundSorting } from '../shared/found.ts';
import type { EphysInfo } from '../shared/info.ts';
import type { ReadSorting } from '../shared/unit-jobs.ts';
import { labelUnits } from './curation.ts';
import { datasetById, ensureDataset, joinFiles, renewFiles, siblingsOf } from './datasets.ts';
import { type KeptSorting, keptEdits, putBack, readEdits } from './kept-edits.ts';
import { putSorting, trainOf, unitsOf } from './units.ts';

const found = (root: string): FoundSorting => ({ kind: 'npz', root, name: root, entries: [0] });
const opened = (id: string, ...sortings: FoundSorting[]) => ({
  id,
  modality: 'ephys',
  name: id,
  root: '',
  listing: listingOf({ 'a.npz': 'one' }),
  info: {
    found: null,
    recording: null,
    bytes: 0,
    reason: '',
    flat: null,
    sortings,
    motion: null,
    faults: [],
    notices: [],
  } satisfies EphysInfo,
});

function read(samplingRate: number, times: number[], clusters: number[]) {
  const sorting: ReadSorting = {
    name: 'a',
    format: 'NPZ',
    samplingRate,
    times: Float64Array.from(times),
    clusters: Int32Array.from(clusters),
    unitIds: Int32Array.from(new Set(clusters)).sort(),
    unitNames: undefined,
    fields: [],
    amplitudes: undefined,
    positions: undefined,
    notices: [],
    order: undefined,
  };
  return { sorting, spikes: spikesByUnit(sorting) };
}

it('edits of a sorting that is not here are kept along, until it joins and has them put back', async () => {
  const dataset = ensureDataset(opened('d1', found('a.npz')));
  putSorting(dataset, 0, read(25_000, [1, 2, 3], [4, 5, 4]));
  // Nothing but the sorting tells the rate.
  expect(dataset.rate).toBe(25_000);
  const waiting: KeptSorting[] = [{ sorting: 'late.npz', nextId: 9, units: [{ id: 7, label: 'mua' }] }];
  expect(keptEdits(dataset, [])).toBeNull();
  const first = keptEdits(dataset, waiting);
  expect(first).toEqual({ sortings: waiting });
  expect(keptEdits(dataset, waiting)).toBe(first);
  labelUnits(dataset, [4], 'noise');
  const both = keptEdits(dataset, waiting)!;
  expect(both.sortings.map(({ sorting }) => sorting)).toEqual(['a.npz', 'late.npz']);
  expect(readEdits(both)).toBe(both.sortings);

  joinFiles(dataset, listingOf({ 'late.npz': 'two' }), {
    sortings: [...dataset.info.sortings, { ...found('late.npz'), entries: [1] }],
  });
  putSorting(dataset, 1, read(25_000, [10, 20], [7, 8]));
  await putBack(dataset, waiting[0]!, 'Restored');
  expect(unitsOf(dataset, 1).units.get(7)!.label).toBe('mua');
  expect([...trainOf(dataset, unitsOf(dataset, 1).units.get(7)!, 1)]).toEqual([10]);
  expect(unitsOf(dataset, 0).units.get(4)!.label).toBe('noise');
});

it('what is no list of sortings is refused', () => {
  expect(readEdits(null)).toEqual([]);
  expect(() => readEdits({ sortings: [{ sorting: 1 }] })).toThrow('cannot be read');
  expect(() => readEdits('x')).toThrow('cannot be read');
});

it('files that joined stay when the others are dropped again, and a joined set keeps its siblings', () => {
  const listing = listingOf({ 'a.npz': 'one' });
  const twins = ['d2', 'd3'].map((id) => {
    const one = opened(id, found('a.npz'));
    const recording = { kind: 'flat', root: id, name: id, data: [0] } as const;
    return ensureDataset({ ...one, listing, info: { ...one.info, found: recording } });
  });
  const [dataset, other] = [twins[0]!, twins[1]!];
  joinFiles(dataset, listingOf({ 'late.npz': 'two' }), { sortings: [] });
  expect(siblingsOf(dataset)).toEqual([dataset, other]);
  expect(dataset.source.listing.paths).toEqual(['a.npz', 'late.npz']);
  expect(other.source.listing.paths).toEqual(['a.npz']);
  const { key } = dataset.source;
  renewFiles(dataset, { ...opened('d2'), listing: listingOf({ 'b/a.npz': 'one' }) });
  expect(datasetById('d2')!.source.listing.paths).toEqual(['b/a.npz', 'late.npz']);
  expect(dataset.source.key).not.toBe(key);
});
