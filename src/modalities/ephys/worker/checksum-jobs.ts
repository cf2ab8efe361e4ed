// SHA-1 of a file of the listing, streamed; and the addresses that its object files name.
import { singleJob } from '../../../base/job.ts';
import { baseName, entryAt, type FileListing } from '../../../base/listing.ts';
import { entrySource } from '../../../formats/entry.ts';
import { parseSha1Address, sha1Of } from '../../../formats/sha1.ts';
import type { Checksum, ChecksumInput, Sha1Address } from '../shared/checksums.ts';

export const checksumJob = singleJob<ChecksumInput, Checksum>(async ({ listing, index }, { signal, progress }) => ({
  sha1: await sha1Of(entrySource(entryAt(listing, index)), { signal, onProgress: progress }),
}));

const SMALL_FILE = 16 * 2 ** 20;
const MOST_FILES = 64;

export const addressJob = singleJob<FileListing, Sha1Address[]>(async (listing, { signal }) => {
  const objects = listing.paths.flatMap((path, index) => (/\.json$/i.test(path) ? [index] : [])).slice(0, MOST_FILES);
  const found: Sha1Address[] = [];
  for (const index of objects) {
    const entry = entryAt(listing, index);
    if (entry.size > SMALL_FILE) continue;
    const text = new TextDecoder().decode(await entrySource(entry).read(0, entry.size, signal));
    for (const [address] of text.matchAll(/sha1:\/\/[^"\s]+/g)) {
      const told = parseSha1Address(address);
      if (told) found.push({ ...told, file: baseName(entry.path) });
    }
  }
  return found;
});
