// Files by path below a root: a folder or zip that was dropped, or an address. What precomputed and zarr volumes are read from.
import { entryAt, type FileListing } from '../base/listing.ts';
import { entrySource } from './entry.ts';
import type { ByteSource } from './source.ts';

export interface FileStore {
  /** The root as people know it: a folder's path, an address. */
  readonly name: string;
  /** The file at `path` ('/' between folders), or undefined where there is none. Throws what opening it throws. */
  open(path: string, signal?: AbortSignal): Promise<ByteSource | undefined>;
}

/** The entries of `listing` below `root` ('' for the top). */
export function listingStore(listing: FileListing, root: string): FileStore {
  const prefix = root === '' ? '' : `${root}/`;
  const places = new Map(
    listing.paths.flatMap((path, i) => (path.startsWith(prefix) ? [[path.slice(prefix.length), i] as const] : [])),
  );
  const open = async (path: string) => {
    const index = places.get(path);
    return index === undefined ? undefined : entrySource(entryAt(listing, index));
  };
  return { name: root || (listing.files[0]?.name ?? 'files'), open };
}

/** All of the file at `path`, or undefined where there is none. */
export async function readAll(
  store: FileStore,
  path: string,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const source = await store.open(path, signal);
  return source?.read(0, source.size, signal);
}
