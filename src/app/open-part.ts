// One data set of a drop: opened, put on screen, and joined with what is remembered of it from an earlier visit.
import { fingerprintOf } from '../base/fingerprint.ts';
import type { FileListing } from '../base/listing.ts';
import type { MatchPart, Modality } from '../modalities/modality.ts';
import { notify } from '../state/log.ts';
import type { Origins } from '../state/saved.ts';
import { openDataset } from '../workers/client.ts';
import { addDataset, datasetById, newDatasetId, replaceDataset } from './datasets.ts';
import { keepDataset, recall, twinOf } from './keep.ts';

/** The files of a drop, and what they can be opened from again. */
export interface Given {
  readonly listing: FileListing;
  readonly origins: Origins;
}

/** Opens one data set, or goes on with the same one that is open already; what was kept of it is put back. Returns its id. */
export async function openPart(
  modality: Modality,
  { listing, origins }: Given,
  { name, root }: MatchPart,
  show: boolean,
): Promise<string> {
  const fingerprint = fingerprintOf(listing, root);
  const [info, saved, keeper] = await Promise.all([
    openDataset(modality.id, listing, root),
    recall(fingerprint),
    modality.keeper?.(),
  ]);
  const opened = { modality: modality.id, name, listing, root, info };
  const twin = datasetById(twinOf(fingerprint));
  // A copy under another name is a data set of its own.
  if (twin && modality.reconnect && sameFiles(twin.listing, listing)) {
    const again = { ...opened, id: twin.id };
    replaceDataset(again, show);
    modality.reconnect(again);
    notify('success', `${name} was open already`, 'It goes on with the files that were opened now.');
    return twin.id;
  }
  const dataset = { ...opened, id: newDatasetId() };
  addDataset(dataset, show);
  // In one go with putting it on screen: what is shown first is what was left.
  if (keeper) keepDataset(dataset, keeper(dataset), { fingerprint, saved, origins });
  await modality.opened?.(dataset);
  return dataset.id;
}

function sameFiles(a: FileListing, b: FileListing): boolean {
  return a.files.length === b.files.length && a.files.every(({ name }, i) => name === b.files[i]!.name);
}
