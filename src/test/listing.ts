// A listing of files in memory, as if a folder had been dropped.
import { ENTRY_FIELDS, entryAt, type FileListing, WHOLE_FILE } from '../base/listing.ts';

export function listingOf(files: Readonly<Record<string, Uint8Array<ArrayBuffer> | string>>): FileListing {
  const paths = Object.keys(files);
  const list = paths.map((path) => new File([files[path]!], path.split('/').at(-1)!, { lastModified: 1 }));
  const table = new Float64Array(paths.length * ENTRY_FIELDS);
  list.forEach((file, i) => {
    table.set([i, file.size, WHOLE_FILE, 0, file.size, 0], i * ENTRY_FIELDS);
  });
  return { files: list, paths, table };
}

/** Reads the first 4 KiB of an entry, as the shell does for `detect`; `asked` counts the entries looked into. */
export function headOf(listing: FileListing, asked: number[] = []): (index: number) => Promise<Uint8Array> {
  return async (index) => {
    asked.push(index);
    return new Uint8Array(await entryAt(listing, index).file.slice(0, 4096).arrayBuffer());
  };
}
