// Files by path below a root: a folder or zip that was dropped, or an address. What precomputed and zarr volumes are read from.
import { SomascopeError } from '../base/errors.ts';
import { entryAt, type FileListing } from '../base/listing.ts';
import { entrySource } from './entry.ts';
import type { ByteSource } from './source.ts';

export interface FileStore {
  /** The root as people know it: a folder's path, an address. */
  readonly name: string;
  /** Every look costs a request. */
  readonly isRemote: boolean;
  /** All of the file at `path` ('/' between folders), or undefined where there is none. Throws what reading it throws. */
  readAll(path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Random access to the file at `path`, or undefined where there is none. */
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
  const readAll = async (path: string, signal?: AbortSignal) => {
    const source = await open(path);
    return source?.read(0, source.size, signal);
  };
  return { name: root || (listing.files[0]?.name ?? 'files'), isRemote: false, open, readAll };
}

const MAX_JSON_BYTES = 16 * 2 ** 20;

/** The JSON at `path`, or undefined where there is no such file. Throws `Invalid` where it is none, `Unsafe` where it is huge. */
export async function readJson(store: FileStore, path: string, signal?: AbortSignal): Promise<unknown> {
  const bytes = await store.readAll(path, signal);
  if (!bytes) return undefined;
  const place = { file: store.name, entry: path };
  if (bytes.length > MAX_JSON_BYTES)
    throw new SomascopeError('Unsafe', `${path} is too long for a description.`, place, GET_AGAIN);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    const message = `${path} is not valid JSON (${error instanceof Error ? error.message : String(error)}).`;
    throw new SomascopeError('Invalid', message, place, GET_AGAIN, error);
  }
}

const GET_AGAIN = 'Was the copy complete? Get the files again.';
