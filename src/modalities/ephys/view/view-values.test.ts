import { expect, it } from 'vitest';
import { listingOf } from '../../../test/listing.ts';
import type { FoundSorting } from '../shared/found.ts';
import type { EphysInfo } from '../shared/info.ts';
import { ensureDataset } from './datasets.ts';
import { missingSortings, readView, viewValues } from './view-values.ts';

const sorting = (root: string): FoundSorting => ({ kind: 'npz', root, name: root, entries: [0] });
const info: EphysInfo = {
  found: null,
  recording: null,
  bytes: 0,
  reason: '',
  flat: null,
  sortings: [sorting('a.npz'), sorting('b.npz'), sorting('c.npz')],
  motion: null,
  faults: [],
  notices: [],
};
const dataset = ensureDataset({
  id: 'd1',
  modality: 'ephys',
  name: 'a.npz',
  listing: listingOf({ 'a.npz': '' }),
  root: 'a.npz',
  info,
});

it('the sorting on screen and the one it is compared with are told by name', () => {
  expect(viewValues(dataset)).not.toHaveProperty('compare');
  dataset.store.setState({ sorting: 1, other: 0, selected: [7] });
  const values = viewValues(dataset);
  expect(values).toMatchObject({ sorting: 'b.npz', compare: 'a.npz', unit: '7' });
  expect(readView(dataset, values)).toMatchObject({ sorting: 1, other: 0, selected: [7] });
  expect(missingSortings(info, values)).toEqual([]);
});

it('a sorting that is not here is missing, and its units are nobody else’s', () => {
  const values = { sorting: 'late.npz', compare: 'a.npz', unit: '7', tab: 'agreement' };
  expect(missingSortings(info, values)).toEqual(['late.npz']);
  const view = readView(dataset, values);
  expect(view).toMatchObject({ tab: 'agreement' });
  for (const key of ['sorting', 'other', 'selected']) expect(view).not.toHaveProperty(key);
  expect(missingSortings(info, { compare: 'late.npz' })).toEqual(['late.npz']);
  expect(readView(dataset, { compare: 'late.npz', unit: '7' })).toMatchObject({ selected: [7] });
  // With itself it is not compared.
  expect(readView(dataset, { compare: 'a.npz' })).not.toHaveProperty('other');
});
