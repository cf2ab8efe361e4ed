import { expect, it } from 'vitest';
import { headOf, listingOf } from '../../test/listing.ts';
import { ephys } from './index.ts';

const SORTING = { 'ks/spike_times.npy': '', 'ks/spike_clusters.npy': '' };
const MOTION = { 'manip.timestamps_p1.npy': '', 'manip.positions.npy': '' };

it.each([
  ['a recording', { 'a.ap.bin': 'x', 'a.ap.meta': '' }, { kind: 'dataset' }],
  ['all of it', { 'a.ap.bin': 'x', 'a.ap.meta': '', ...SORTING, ...MOTION }, { kind: 'dataset' }],
  ['a sorting, with or without its motion', { ...SORTING, ...MOTION }, { kind: 'layer', standsAlone: true }],
  ['a motion', MOTION, { kind: 'layer', onlyBeside: true }],
  ['a curation', { 'c.json': '{"format_version": "2", "unit_ids": [0], "merges": []}' }, { kind: 'layer' }],
  ['a probe by itself', { 'p.json': '{"specification": "probeinterface", "probes": []}' }, { kind: 'layer' }],
  ['something else', { 'a.txt': '' }, null],
  ['regions', { 'regions.json': '[{"coordinates": [[1, 2]]}]' }, null],
])('recognises %s', async (_, files, match) => {
  const listing = listingOf(files);
  const found = await ephys.detect(listing, headOf(listing));
  if (match === null) expect(found).toBeNull();
  else expect(found).toMatchObject(match);
  expect(found?.standsAlone === true).toBe(match !== null && 'standsAlone' in match);
  expect(found?.onlyBeside === true).toBe(match !== null && 'onlyBeside' in match);
});
