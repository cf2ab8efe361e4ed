// What is dropped while recordings or sortings are open, and is no recording: a curation, or sortings and motions that join them.
import type { FileListing } from '../../../base/listing.ts';
import { entryHead } from '../../../workers/client.ts';
import type { LayerPlace, OpenDataset } from '../../modality.ts';
import { findEphys } from '../shared/find-ephys.ts';
import { openEphys } from './activate.ts';
import { addCuration } from './add-curation.ts';
import { joinDrop } from './join-drop.ts';

/** Throws as `addCuration` and `joinDrop`. */
export async function addLayer(
  listing: FileListing,
  open: readonly OpenDataset[],
  activeId: string | undefined,
): Promise<LayerPlace> {
  const own = open.filter(({ modality }) => modality === 'ephys').map(openEphys);
  const { sets } = await findEphys(listing, (index) => entryHead(listing, index));
  if (sets[0]) return joinDrop(listing, sets[0], own, activeId);
  await addCuration(listing, own, activeId);
  return undefined;
}
