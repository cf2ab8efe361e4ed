// What was dropped, flattened: a zip, a folder and loose files look alike. Plain data, so that it can be posted to workers;
// the numbers of all entries lie in one table, because a zip may hold 25,000 of them.

export interface FileListing {
  /** The files on disk that the entries lie in. */
  readonly files: readonly File[];
  /** Path of each entry, '/' between folders, inside its zip or folder; never used as a path on disk. */
  readonly paths: readonly string[];
  /** Per entry `ENTRY_FIELDS` numbers: file index, size in bytes, method, offset, stored size, CRC-32. */
  readonly table: Float64Array<ArrayBuffer>;
}

export const ENTRY_FIELDS = 6;

/** How an entry is stored: the whole file on disk, or a zip entry copied (0) or deflated (8). */
export const WHOLE_FILE = -1;
export const STORED = 0;
export const DEFLATED = 8;

export interface ListingEntry {
  readonly index: number;
  readonly path: string;
  readonly file: File;
  /** Bytes after unpacking. */
  readonly size: number;
  readonly method: number;
  /** Byte of the zip entry's local header within the file; 0 for a whole file. */
  readonly offset: number;
  readonly storedSize: number;
  readonly crc: number;
}

export function entryAt(listing: FileListing, index: number): ListingEntry {
  const at = index * ENTRY_FIELDS;
  const path = listing.paths[index];
  const file = listing.files[listing.table[at]!];
  if (path === undefined || file === undefined) throw new RangeError(`no entry ${index} in the listing`);
  const [, size, method, offset, storedSize, crc] = listing.table.subarray(at, at + ENTRY_FIELDS) as unknown as number[];
  return { index, path, file, size: size!, method: method!, offset: offset!, storedSize: storedSize!, crc: crc! };
}

const CLUTTER = /(^|\/)(__MACOSX(\/|$)|\._[^/]*$|\.DS_Store$|Thumbs\.db$)/;

/** Finder's droppings and other things that are nobody's data. */
export function isClutter(path: string): boolean {
  return CLUTTER.test(path);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The listing of a few entries only, in the order given: a small message for a worker that needs no more. */
export function subListing(listing: FileListing, indices: ArrayLike<number>): FileListing {
  const files: File[] = [];
  const places = new Map<number, number>();
  const paths: string[] = [];
  const table = new Float64Array(indices.length * ENTRY_FIELDS);
  for (let i = 0; i < indices.length; i++) {
    const at = indices[i]! * ENTRY_FIELDS;
    table.set(listing.table.subarray(at, at + ENTRY_FIELDS), i * ENTRY_FIELDS);
    const file = listing.table[at]!;
    let place = places.get(file);
    if (place === undefined) {
      place = files.push(listing.files[file]!) - 1;
      places.set(file, place);
    }
    table[i * ENTRY_FIELDS] = place;
    paths.push(listing.paths[indices[i]!]!);
  }
  return { files, paths, table };
}

/** The entries of `second` after those of `first`: what was an entry of `first` keeps its number, what was one of `second` comes as many later. */
export function joinListings(first: FileListing, second: FileListing): FileListing {
  const table = new Float64Array(first.table.length + second.table.length);
  table.set(first.table);
  table.set(second.table, first.table.length);
  for (let at = first.table.length; at < table.length; at += ENTRY_FIELDS) table[at]! += first.files.length;
  return { files: [...first.files, ...second.files], paths: [...first.paths, ...second.paths], table };
}
