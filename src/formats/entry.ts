// The bytes of a listing's entries, whatever they lie in: a whole file, a stored or a deflated zip entry. Lengths in bytes.
import { SomascopeError } from '../base/errors.ts';
import { makeLimiter } from '../base/limiter.ts';
import { DEFLATED, type ListingEntry, STORED, WHOLE_FILE } from '../base/listing.ts';
import { byteSize } from '../base/number-format.ts';
import { throwIfAborted } from '../base/steps.ts';
import { type ByteSource, bytesSource, checkRange, sourceOf } from './source.ts';
import { type InflateOptions, inflateHead, type Pieces } from './zip/inflate.ts';
import { type OnEntry, type ReadEntriesOptions, readZipEntries } from './zip/read-entries.ts';
import { findData, placeOf, readZipEntry } from './zip/read-entry.ts';

export type { EntryResult, OnEntry, ReadEntriesOptions } from './zip/read-entries.ts';

/** The whole content of an entry, verified where it lies in a zip; errors as `readZipEntry`. */
export async function entryBytes(entry: ListingEntry, options: InflateOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  return entry.method === WHOLE_FILE ? sourceOf(entry.file).read(0, entry.size, options.signal) : readZipEntry(entry, options);
}

/** Many entries, each handed over as it is ready; see `readZipEntries`. */
export async function readEntries(
  entries: readonly ListingEntry[],
  onEntry: OnEntry,
  options: ReadEntriesOptions = {},
): Promise<void> {
  const inZips = [...entries.keys()].filter((i) => entries[i]!.method !== WHOLE_FILE);
  const relay: OnEntry = (result) => onEntry({ ...result, index: inZips[result.index]! });
  if (inZips.length > 0)
    await readZipEntries(
      inZips.map((i) => entries[i]!),
      relay,
      options,
    );
  const limiter = makeLimiter(options.inFlight ?? 2);
  let isStopped = false;
  const readFile = async (index: number) => {
    throwIfAborted(options.signal);
    if (isStopped) return;
    try {
      await onEntry({ index, bytes: await entryBytes(entries[index]!, options) });
    } catch (error) {
      isStopped = true;
      throw error;
    }
  };
  const loose = [...entries.keys()].filter((i) => entries[i]!.method === WHOLE_FILE);
  await Promise.all(loose.map((index) => limiter(() => readFile(index))));
}

export interface EntrySourceOptions extends InflateOptions {
  /** The largest deflated entry that is unpacked into memory. */
  readonly maxInflated?: number;
}

const MAX_INFLATED = 512 * 2 ** 20;

/**
 * Random access to an entry. Whole files and stored entries are sliced in place, without a checksum; a deflated one is unpacked,
 * verified and kept at the first read, and refused as `Unsafe` above `maxInflated` bytes. Errors otherwise as `readZipEntry`.
 */
export function entrySource(entry: ListingEntry, options: EntrySourceOptions = {}): ByteSource {
  if (entry.method === WHOLE_FILE) return { ...sourceOf(entry.file), name: entry.path };
  return entry.method === STORED ? storedSource(entry) : inflatedSource(entry, options);
}

function storedSource(entry: ListingEntry): ByteSource {
  const { path: name, size } = entry;
  const file = sourceOf(entry.file);
  const data = once(() => findData(file, entry));
  const read = async (offset: number, length: number, signal?: AbortSignal) => {
    checkRange(name, size, offset, length);
    return file.read((await data()) + offset, length, signal);
  };
  return { name, size, read };
}

function inflatedSource(entry: ListingEntry, { maxInflated = MAX_INFLATED, engine }: EntrySourceOptions): ByteSource {
  const { path: name, size } = entry;
  const content = once(async () => {
    if (size > maxInflated) {
      const message = `${name} is compressed and unpacks to ${byteSize(size)}, more than the ${byteSize(maxInflated)} that are unpacked into memory.`;
      throw new SomascopeError('Unsafe', message, placeOf(sourceOf(entry.file), entry), 'Unzip it and open the folder.');
    }
    // Readers share the content, so that none of them may abort it.
    return bytesSource(name, await readZipEntry(entry, { engine }));
  });
  const read = async (offset: number, length: number, signal?: AbortSignal) => {
    throwIfAborted(signal);
    checkRange(name, size, offset, length);
    return (await content()).read(offset, length, signal);
  };
  return { name, size, read };
}

/** The result of `make`, made at the first call and kept unless it fails. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= make().catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}

const HEAD_PIECE = 4096;

/** The first `length` bytes of an entry, or all of a shorter one; not verified. A deflated entry is unpacked only as far as that. */
export async function entryHead(
  entry: ListingEntry,
  length: number,
  options: InflateOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const wanted = Math.min(length, entry.size);
  if (entry.method !== DEFLATED) return entrySource(entry).read(0, wanted, options.signal);
  const file = sourceOf(entry.file);
  const start = await findData(file, entry, options.signal);
  return inflateHead(readPieces(file, start, entry.storedSize, options.signal), wanted, placeOf(file, entry), options);
}

async function* readPieces(
  file: ByteSource,
  start: number,
  length: number,
  signal: AbortSignal | undefined,
): Pieces & AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < length; at += HEAD_PIECE) yield file.read(start + at, Math.min(HEAD_PIECE, length - at), signal);
}
