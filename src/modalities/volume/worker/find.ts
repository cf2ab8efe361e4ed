// Volumes in files that are added to an open data set: also those whose names say nothing.
import type { PlainError } from '../../../base/errors.ts';
import type { JobContext } from '../../../base/job.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import { entryHead } from '../../../formats/listing.ts';
import { findFiles } from '../shared/find-files.ts';
import type { VolumeItem } from '../shared/types.ts';
import { itemsOf } from './open.ts';

export interface FindInput {
  readonly listing: FileListing;
}

export async function findItems(
  { listing }: FindInput,
  { signal }: JobContext,
): Promise<{ items: readonly VolumeItem[]; faults: readonly PlainError[] }> {
  const found = await findFiles(listing, (index) => entryHead(entryAt(listing, index), 4096, { signal }));
  return itemsOf(listing, found, signal);
}
