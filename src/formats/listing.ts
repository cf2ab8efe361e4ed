// Dropped files as one flat list: a zip, a folder and loose files look alike.
//
// A single dropped zip keeps its inner paths. Of several files, each zip becomes a folder named like it without `.zip`, beside the
// others; where all it holds lies in a folder of that name already, that folder is it. So two zips never mix. Zips inside a zip become
// folders in the same way.
import { isSomascopeError, type SomascopeError } from '../base/errors.ts';
import { makeLimiter } from '../base/limiter.ts';
import { baseName, ENTRY_FIELDS, type FileListing, folderOf, isClutter, WHOLE_FILE } from '../base/listing.ts';
import { throwIfAborted } from '../base/steps.ts';
import { type NestedZip, nestedEntries, openNestedZips } from './nested-zips.ts';
import { type ByteSource, sourceOf } from './source.ts';
import { readZipDirectory, type ZipDirectory } from './zip/directory.ts';
import { ZIP_LIMITS, type ZipLimits } from './zip/limits.ts';

export { entryBytes, entryHead, entrySource, readEntries } from './entry.ts';

export interface DroppedFile {
  readonly file: File;
  /** Its name, after the folder it was dropped in, '/' between. */
  readonly path: string;
}

export interface ListOptions {
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<ZipLimits> | undefined;
  /** Told of each archive that cannot be listed, and the rest is listed without it; where absent, the first one is thrown. */
  readonly onError?: ((error: SomascopeError) => void) | undefined;
}

/** Formats of their own that happen to be zips: their readers open them. */
const CONTAINERS = /\.(npz|xlsx|docx|pptx|ods|odt|odp|jar|apk|epub)$/i;
const ZIP_NAME = /\.zip$/i;
const READS_AT_ONCE = 32;

/**
 * Lists the dropped files and, in place of each zip, its entries; clutter is left out. Of entries with the same name in one zip the
 * last counts, as when unzipping. Throws one error a bad archive (see `readZipDirectory`), also for a `.zip` that is none.
 */
export async function listFiles(dropped: readonly DroppedFile[], options: ListOptions = {}): Promise<FileListing> {
  const { signal, onError } = options;
  const limits = { ...ZIP_LIMITS, ...options.limits };
  const kept = dropped.filter(({ path }) => !isClutter(path));
  const limiter = makeLimiter(READS_AT_ONCE);
  const stores = storesIn(kept);
  const isChunk = ({ path }: DroppedFile) => !ZIP_NAME.test(path) && stores.some((folder) => path.startsWith(folder));
  const openOne = (one: DroppedFile) => (isChunk(one) ? 'not a zip' : openZip(one.file, limits, signal, onError));
  const opened = await Promise.all(kept.map((one) => limiter(async () => openOne(one))));
  throwIfAborted(signal);
  const builder = makeBuilder();
  const taken = new Set(kept.filter((_, i) => opened[i] === 'not a zip').map(({ path }) => path));
  for (const [i, { file, path }] of kept.entries()) {
    const zip = opened[i];
    if (zip === 'not a zip') builder.addFile(file, path);
    else if (zip) {
      const nested = await openNestedZips(file, zip, { limits, signal, onError });
      addZips(builder, file, zip, nested, kept.length > 1 ? folderFor(path, zip, taken) : '', taken);
    }
  }
  return builder.finish();
}

/** A folder with one of these holds the chunks of an array, often tens of thousands: none of them is looked into for a zip. */
const STORE_FILE = /(^|\/)(\.zarray|\.zgroup|zarr\.json|info)$/;

/** The outermost folders of chunks, '/' at their ends; '' where the chunks lie at the top. */
function storesIn(dropped: readonly DroppedFile[]): string[] {
  const folders = dropped.filter(({ path }) => STORE_FILE.test(path)).map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1));
  return folders.filter((folder) => !folders.some((other) => other !== folder && folder.startsWith(other)));
}

/** A zip's own entries below `folder`, then those of the zips inside it. */
function addZips(
  builder: ReturnType<typeof makeBuilder>,
  file: File,
  zip: ZipDirectory,
  nested: readonly NestedZip[],
  folder: string,
  taken: Set<string>,
): void {
  const inner = new Set(nestedEntries(zip));
  builder.addZip(file, zip, folder, inner);
  if (inner.size > 0) for (const path of zip.paths) taken.add(folderOf(folder + path));
  for (const one of nested) builder.addZip(one.file, one.directory, folderFor(folder + one.path, one.directory, taken));
}

/** The directory of a zip, 'not a zip', or undefined where `onError` was told why it cannot be listed. */
async function openZip(
  file: File,
  limits: ZipLimits,
  signal: AbortSignal | undefined,
  onError: ListOptions['onError'],
): Promise<ZipDirectory | 'not a zip' | undefined> {
  throwIfAborted(signal);
  const source = sourceOf(file);
  try {
    if (CONTAINERS.test(file.name) || !(ZIP_NAME.test(file.name) || (await startsAsZip(source, signal)))) return 'not a zip';
    return await readZipDirectory(source, { limits, signal });
  } catch (error) {
    if (!onError || !isSomascopeError(error) || error.tag === 'Aborted') throw error;
    onError(error);
    return undefined;
  }
}

/** PK\3\4, or PK\5\6 for an empty archive. */
async function startsAsZip(source: ByteSource, signal: AbortSignal | undefined): Promise<boolean> {
  if (source.size < 22) return false;
  const [p, k, a, b] = await source.read(0, 4, signal);
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/** What to put before the inner paths of the zip at `path`, '/' at its end; unlike that of any other zip or file. */
function folderFor(path: string, zip: ZipDirectory, taken: Set<string>): string {
  const plain = path.replace(ZIP_NAME, '');
  const inside = `${baseName(plain)}/`;
  const holdsItself = zip.paths.length > 0 && zip.paths.every((inner) => inner.startsWith(inside) || isClutter(inner));
  let folder = plain;
  for (let copy = 2; isTaken(folder, taken); copy++) folder = `${plain} (${copy})`;
  taken.add(folder);
  const outer = folderOf(path);
  return holdsItself && folder === plain ? (outer ? `${outer}/` : '') : `${folder}/`;
}

function isTaken(folder: string, taken: Set<string>): boolean {
  if (taken.has(folder)) return true;
  for (const path of taken) if (path.startsWith(`${folder}/`)) return true;
  return false;
}

function makeBuilder() {
  const files: File[] = [];
  const paths: string[] = [];
  const tables: Float64Array[] = [];
  const addFile = (file: File, path: string) => {
    tables.push(Float64Array.of(files.push(file) - 1, file.size, WHOLE_FILE, 0, file.size, 0));
    paths.push(path);
  };
  const addZip = (file: File, zip: ZipDirectory, folder: string, left: ReadonlySet<number> = new Set()) => {
    const known = files.indexOf(file);
    const index = known < 0 ? files.push(file) - 1 : known;
    const last = new Map(zip.paths.map((path, i) => [path, i]));
    const chosen = [...zip.paths.keys()].filter(
      (i) => last.get(zip.paths[i]!) === i && !left.has(i) && !isClutter(zip.paths[i]!),
    );
    const table = new Float64Array(chosen.length * ENTRY_FIELDS);
    chosen.forEach((from, to) => {
      table.set(zip.table.subarray(from * ENTRY_FIELDS, (from + 1) * ENTRY_FIELDS), to * ENTRY_FIELDS);
      table[to * ENTRY_FIELDS] = index;
      paths.push(folder + zip.paths[from]!);
    });
    tables.push(table);
  };
  const finish = (): FileListing => {
    const table = new Float64Array(paths.length * ENTRY_FIELDS);
    let at = 0;
    for (const part of tables) {
      table.set(part, at);
      at += part.length;
    }
    return { files, paths, table };
  };
  return { addFile, addZip, finish };
}
