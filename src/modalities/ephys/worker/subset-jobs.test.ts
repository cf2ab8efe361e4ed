import { expect, it } from 'vitest';
import { readFirings } from '../../../formats/mda/index.ts';
import { bytesSource } from '../../../formats/source.ts';
import type { CuratedSorting } from '../shared/exports.ts';
import { subsetFirings } from './subset-jobs.ts';

const sorting: CuratedSorting = {
  name: 's',
  samplingRate: 30_000,
  times: Float64Array.of(10, 20, 30, 40, 50),
  clusters: Int32Array.of(7, 8, 9, 7, 8),
  unitIds: Int32Array.of(7, 8, 9),
  labels: ['good', 'mua', 'unsorted'],
  peaks: Int32Array.of(12, 3, -1),
  fileUnits: [7, 8, 9],
  fileNames: null,
  fileClusters: Int32Array.of(7, 8, 9, 7, 8),
};

it('counts spikes from the first frame and channels within the subset', async () => {
  const bytes = subsetFirings(sorting, { columns: [3, 12], from: 20, to: 50 });
  const firings = await readFirings(bytesSource('firings.mda', bytes), 30_000);
  expect([...firings.times]).toEqual([0, 10, 20]);
  expect([...firings.clusters]).toEqual([8, 9, 7]);
  const rows = new Float64Array(bytes.slice(20).buffer);
  // Unit 8 is largest in column 3, the first of the subset; of unit 9 nobody knows; unit 7 in column 12, the second.
  expect([rows[0], rows[3], rows[6]]).toEqual([1, 0, 2]);
});
