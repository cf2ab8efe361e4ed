// Reads a curation that was dropped on an open sorting.
import { singleJob } from '../../../base/job.ts';
import { baseName, entryAt } from '../../../base/listing.ts';
import { entryBytes } from '../../../formats/entry.ts';
import { readCuration } from '../../../formats/sorting-npz/index.ts';
import type { DroppedCuration, DroppedCurationInput } from '../shared/curation.ts';

/** Throws as `readCuration`. */
export const readCurationJob = singleJob<DroppedCurationInput, DroppedCuration>(async ({ listing, index }, { signal }) => {
  const name = baseName(listing.paths[index]!);
  return { name, ...readCuration(await entryBytes(entryAt(listing, index), { signal }), name) };
});
