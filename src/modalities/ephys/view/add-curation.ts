// A curation JSON that was dropped on an open sorting: one step of Undo, from the units as the file has them.
import { SomascopeError } from '../../../base/errors.ts';
import type { FileListing } from '../../../base/listing.ts';
import { grouped } from '../../../base/number-format.ts';
import { notify } from '../../../state/log.ts';
import { ask } from '../../../workers/client.ts';
import type { DroppedCuration } from '../shared/curation.ts';
import { commit, unitsAsRead } from './curation.ts';
import type { EphysDataset } from './datasets.ts';
import { loadSorting } from './units.ts';
import { withCuration } from './with-curation.ts';

const counted = (count: number, what: string) => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;

/** Of the data set on screen, else of the last one opened. Throws NotRecognised where no sorting is open, else as its reader. */
export async function addCuration(
  listing: FileListing,
  open: readonly EphysDataset[],
  activeId: string | undefined,
): Promise<void> {
  const withUnits = open.filter(({ info }) => info.sortings.length > 0);
  const dataset = withUnits.find(({ id }) => id === activeId) ?? withUnits.at(-1);
  if (!dataset)
    throw new SomascopeError(
      'NotRecognised',
      'A curation needs the sorting that it was made from.',
      {},
      'Open the sorting first, then drop this.',
    );
  const index = dataset.store.getState().sorting;
  const { name, curation, ignored } = await ask<DroppedCuration>('ephys', 'readCuration', { listing, index: 0 });
  await loadSorting(dataset, index);
  const read = unitsAsRead(dataset, index);
  const { set, unknown } = withCuration(read, curation);
  const { name: sorting } = dataset.info.sortings[index]!;
  const known = new Set([...read.units.values()].map((unit) => unit.name));
  if (curation.unitIds.length > 0 && !curation.unitIds.some((unit) => known.has(String(unit))))
    throw new SomascopeError(
      'Invalid',
      `${sorting} has none of its ${counted(curation.unitIds.length, 'unit')}.`,
      { file: name },
      'Choose the sorting that it was made from, then drop it again.',
    );
  commit(dataset, `Curation ${name}`, set, index);
  const done = [
    counted(curation.labels.size, 'label'),
    counted(curation.merges.length, 'merge'),
    counted(curation.splits.length, 'split'),
    counted(curation.removed.length, 'removal'),
  ].join(', ');
  notify('success', `${name} curates ${sorting}`, `${done}. Undo takes all of it back.`);
  const odd = [
    ...(unknown.length > 0 ? [`${sorting} has no ${unknown.length === 1 ? 'unit' : 'units'} ${unknown.join(', ')}.`] : []),
    ...(ignored > 0 ? [`${counted(ignored, 'label')} are none of good, MUA and noise.`] : []),
  ];
  if (odd.length > 0) notify('warning', `Not all of ${name} was used`, odd.join(' '));
}
