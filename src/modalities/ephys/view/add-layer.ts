// What is dropped while recordings or sortings are open, and is no recording: a curation, or sortings and
// motions that join them.
import { SomascopeError } from '../../../base/errors.ts';
import { baseName, type FileListing } from '../../../base/listing.ts';
import { entryHead } from '../../../workers/client.ts';
import type { LayerPlace, OpenDataset } from '../../modality.ts';
import { findEphys } from '../shared/find-ephys.ts';
import { jsonKindOf } from '../shared/find-files.ts';
import { openEphys } from './activate.ts';
import { addCuration } from './add-curation.ts';
import { joinDrop } from './join-drop.ts';

/** Throws NotRecognised for what describes a recording that was not dropped along, else as `addCuration` and `joinDrop`. */
export async function addLayer(
  listing: FileListing,
  open: readonly OpenDataset[],
  activeId: string | undefined,
): Promise<LayerPlace> {
  const own = open.filter(({ modality }) => modality === 'ephys').map(openEphys);
  const head = (index: number) => entryHead(listing, index);
  const { sets } = await findEphys(listing, head);
  if (sets[0]) return joinDrop(listing, sets[0], own, activeId);
  const path = listing.paths[0]!;
  if (jsonKindOf(baseName(path), await head(0)))
    throw new SomascopeError(
      'NotRecognised',
      'It says how a recording is laid out or where its electrodes are, and is read along with the recording.',
      { file: path },
      'Drop both together.',
    );
  await addCuration(listing, own, activeId);
  return undefined;
}
