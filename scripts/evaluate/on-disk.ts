// Sets on disk: a folder (with all below it) or a zip, listed as if it had been dropped on the page. Nothing is read yet.
import { openAsBlob, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FileListing } from '../../src/base/listing.ts';
import { listFiles } from '../../src/formats/listing.ts';
import { findSets } from '../../src/modalities/calcium/shared/find-sets.ts';

export interface SetOnDisk {
  readonly name: string;
  readonly listing: FileListing;
  readonly root: string;
}

export async function setsOnDisk(path: string): Promise<SetOnDisk[]> {
  const files = await Promise.all(
    filesBelow(path, basename(path)).map(async ({ at, shown }) => ({
      file: new File([await openAsBlob(at)], basename(at), { lastModified: statSync(at).mtimeMs }),
      path: shown,
    })),
  );
  const listing = await listFiles(files);
  const sets = findSets(listing);
  if (sets.length === 0) throw new Error(`There is no movie in ${path}.`);
  return sets.map(({ root, name }) => ({ name, listing, root }));
}

/** Files with the path they are shown with: the dropped folder's own name first. */
function filesBelow(at: string, shown: string): { at: string; shown: string }[] {
  if (!statSync(at).isDirectory()) return [{ at, shown }];
  return readdirSync(at)
    .sort()
    .flatMap((name) => filesBelow(join(at, name), `${shown}/${name}`));
}
