// Zips inside a dropped zip, one level deep: the sets of a benchmark in one archive. A stored one is read where it lies, nothing is
// copied; a deflated one is unpacked once, as long as all of these together stay within a limit. Sizes and offsets in bytes.
import { fromPlain, isSomascopeError, SomascopeError, toPlain } from '../base/errors.ts';
import { baseName, ENTRY_FIELDS, isClutter, type ListingEntry, STORED, WHOLE_FILE } from '../base/listing.ts';
import { byteSize, grouped } from '../base/number-format.ts';
import { throwIfAborted } from '../base/steps.ts';
import { entrySource } from './entry.ts';
import { sourceOf } from './source.ts';
import { readZipDirectory, type ZipDirectory, zipEntryAt } from './zip/directory.ts';
import { ZIP_LIMITS, type ZipLimits } from './zip/limits.ts';
import { findData, readZipEntry } from './zip/read-entry.ts';

export interface NestedZip {
  /** The file that its entries lie in: the outer zip, or the unpacked one. */
  readonly file: File;
  /** Its path within the outer zip. */
  readonly path: string;
  /** Offsets are those within `file`. */
  readonly directory: ZipDirectory;
}

export interface NestedOptions {
  readonly limits: ZipLimits;
  readonly signal?: AbortSignal | undefined;
  /** Told of each inner zip that cannot be listed, and the rest is listed without it; where absent, the first one is thrown. */
  readonly onError?: ((error: SomascopeError) => void) | undefined;
}

/** The numbers of the entries of `directory` that are zips by their name. */
export function nestedEntries({ paths }: ZipDirectory): number[] {
  return [...paths.keys()].filter((i) => /\.zip$/i.test(paths[i]!) && !isClutter(paths[i]!));
}

/**
 * Lists the zips inside a zip. Throws, or tells `onError`, what `readZipDirectory` and `readZipEntry` throw, and `Unsafe` for too
 * many of them or for compressed ones that would unpack to more than `limits.nestedBytes` in all.
 */
export async function openNestedZips(
  file: File,
  outer: ZipDirectory,
  { limits, signal, onError }: NestedOptions,
): Promise<NestedZip[]> {
  const numbers = nestedEntries(outer);
  if (numbers.length > limits.nested) throw tooMany(file.name, numbers.length, limits.nested);
  const opened: NestedZip[] = [];
  let room = limits.nestedBytes;
  for (const index of numbers) {
    throwIfAborted(signal);
    const entry: ListingEntry = { ...zipEntryAt(outer, index), index, file };
    try {
      if (entry.method !== STORED && entry.size > room) throw tooLarge(entry, limits.nestedBytes);
      const zip = entry.method === STORED ? await openInPlace(entry, limits, signal) : await unpack(entry, limits, signal);
      if (zip.file !== file) room -= entry.size;
      opened.push(zip);
    } catch (error) {
      if (!isSomascopeError(error) || error.tag === 'Aborted') throw error;
      const told = fromPlain({ ...toPlain(error), place: { ...error.place, file: file.name, entry: entry.path } });
      if (!onError) throw told;
      onError(told);
    }
  }
  return opened;
}

/** A zip that is itself an entry, or a whole file; unpacked where it is compressed. Throws what its readers throw. */
export async function openInnerZip(entry: ListingEntry, signal?: AbortSignal): Promise<NestedZip> {
  if (entry.method === WHOLE_FILE) {
    const directory = await readZipDirectory(sourceOf(entry.file), { signal });
    return { file: entry.file, path: entry.path, directory };
  }
  if (entry.method === STORED) return openInPlace(entry, ZIP_LIMITS, signal);
  if (entry.size > ZIP_LIMITS.nestedBytes) throw tooLarge(entry, ZIP_LIMITS.nestedBytes);
  return unpack(entry, ZIP_LIMITS, signal);
}

/** The inner zip's entries as entries of the outer file: their offsets moved by where the inner zip begins. */
async function openInPlace(entry: ListingEntry, limits: ZipLimits, signal: AbortSignal | undefined): Promise<NestedZip> {
  const start = await findData(sourceOf(entry.file), entry, signal);
  const { paths, table } = await readZipDirectory(entrySource(entry), { limits, signal });
  for (let i = 0; i < paths.length; i++) table[i * ENTRY_FIELDS + 3]! += start;
  return { file: entry.file, path: entry.path, directory: { paths, table } };
}

async function unpack(entry: ListingEntry, limits: ZipLimits, signal: AbortSignal | undefined): Promise<NestedZip> {
  const file = new File([await readZipEntry(entry, { signal })], baseName(entry.path));
  return { file, path: entry.path, directory: await readZipDirectory(sourceOf(file), { limits, signal }) };
}

function tooMany(file: string, count: number, limit: number): SomascopeError {
  const message = `${file} holds ${grouped(count)} zips, more than ${grouped(limit)}.`;
  return new SomascopeError('Unsafe', message, { file }, 'Unzip it and drop the zips that you need.');
}

function tooLarge(entry: ListingEntry, limit: number): SomascopeError {
  const message = `${entry.path} is compressed a second time and unpacks to ${byteSize(entry.size)}; the zips inside a zip may take ${byteSize(limit)} of memory in all.`;
  const hint = `Unzip ${entry.file.name} and drop the zips that come out of it: these are read without unpacking them.`;
  return new SomascopeError('Unsafe', message, { file: entry.file.name, entry: entry.path }, hint);
}
