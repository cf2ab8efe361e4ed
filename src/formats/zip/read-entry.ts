// One entry of a zip, unpacked and verified: local header (APPNOTE.TXT 6.3.10 §4.3.7), sizes, CRC-32.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { DEFLATED, type ListingEntry, STORED } from '../../base/listing.ts';
import { grouped } from '../../base/number-format.ts';
import { type ByteSource, sourceOf } from '../source.ts';
import { crc32 } from './crc32.ts';
import type { ZipEntry } from './directory.ts';
import { type InflateOptions, inflateRaw } from './inflate.ts';
import { refuseMethod } from './methods.ts';

const LOCAL = 0x04034b50;
export const LOCAL_HEADER = 30;
/** Extra fields of a local header are seldom longer (time stamps, owners); longer ones cost a second read. */
const USUAL_EXTRA = 128;

/**
 * The verified content of a zip entry, in a buffer of its own. Throws `Unsupported` (encrypted, other methods), `CutOff`,
 * `Invalid` (header or data damaged), `Unsafe` (more bytes than declared), `Checksum`, `FileChanged`, `Aborted`.
 */
export async function readZipEntry(entry: ListingEntry, options: InflateOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  return readZipEntryFrom(sourceOf(entry.file), entry, options);
}

/** The same for a zip in any source. */
export async function readZipEntryFrom(
  source: ByteSource,
  entry: ZipEntry,
  options: InflateOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const place = placeOf(source, entry);
  refuseUnreadable(source, entry, place);
  if (entry.method === STORED) {
    const start = await findData(source, entry, options.signal);
    return verified(await source.read(start, entry.storedSize, options.signal), entry, place);
  }
  const { offset, storedSize } = entry;
  const length = Math.min(reach(entry), source.size - offset);
  const bytes = await source.read(offset, length, options.signal);
  const start = dataStart(bytes, source, entry, place);
  const packed =
    start + storedSize <= length
      ? bytes.subarray(start, start + storedSize)
      : await source.read(offset + start, storedSize, options.signal);
  return unpackEntry(packed, entry, place, options);
}

/** Byte in the source where the data of the entry start; throws as `readZipEntry` does. */
export async function findData(source: ByteSource, entry: ZipEntry, signal?: AbortSignal): Promise<number> {
  const place = placeOf(source, entry);
  refuseUnreadable(source, entry, place);
  return entry.offset + dataStart(await source.read(entry.offset, LOCAL_HEADER, signal), source, entry, place);
}

/** Unpacks and verifies the stored bytes of an entry; stored ones are copied, because they may be part of a larger read. */
export async function unpackEntry(
  packed: Uint8Array<ArrayBuffer>,
  entry: ZipEntry,
  place: ErrorPlace,
  options: InflateOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.method === DEFLATED) return verified(await inflateRaw(packed, entry.size, place, options), entry, place);
  return verified(packed.slice(), entry, place);
}

/** Bytes from the local header to the end of the data, as far as they can be told without reading it. */
export function reach(entry: ZipEntry): number {
  return LOCAL_HEADER + entry.path.length + USUAL_EXTRA + entry.storedSize;
}

export function placeOf(source: ByteSource, entry: ZipEntry): ErrorPlace {
  return { file: source.name, entry: entry.path };
}

/** Throws what can be told of an entry from the directory alone. */
export function refuseUnreadable(source: ByteSource, entry: ZipEntry, place: ErrorPlace): void {
  const { path, method, size, storedSize, offset } = entry;
  refuseMethod(method, place);
  const end = offset + LOCAL_HEADER + storedSize;
  if (offset < 0 || end > source.size) {
    const missing = offset < 0 ? 'its first bytes are missing' : `it ends at byte ${grouped(end)} or later`;
    const message = `${path} lies outside ${source.name}, which has ${grouped(source.size)} bytes: ${missing}.`;
    throw new SomascopeError('CutOff', message, place, GET_AGAIN);
  }
  if (method === STORED && size !== storedSize) {
    const message = `${path} is stored as it is, yet declares ${grouped(size)} bytes and has ${grouped(storedSize)}.`;
    throw new SomascopeError('Invalid', message, place, GET_AGAIN);
  }
}

const GET_AGAIN = 'It is damaged or cut off; get the file again.';

/** Bytes from the local header to the data. Its name and extra field may differ from those of the directory. */
export function dataStart(header: Uint8Array<ArrayBuffer>, source: ByteSource, entry: ZipEntry, place: ErrorPlace): number {
  const view = new DataView(header.buffer, header.byteOffset, LOCAL_HEADER);
  if (view.getUint32(0, true) !== LOCAL) {
    const message = `${entry.path} is not where the directory of ${source.name} says: no entry begins at byte ${grouped(entry.offset)}.`;
    throw new SomascopeError('Invalid', message, { ...place, byte: entry.offset }, GET_AGAIN);
  }
  const start = LOCAL_HEADER + view.getUint16(26, true) + view.getUint16(28, true);
  if (entry.offset + start + entry.storedSize <= source.size) return start;
  const message = `${entry.path} runs past the end of ${source.name}.`;
  throw new SomascopeError('CutOff', message, place, GET_AGAIN);
}

function verified(bytes: Uint8Array<ArrayBuffer>, entry: ZipEntry, place: ErrorPlace): Uint8Array<ArrayBuffer> {
  if (crc32(bytes) === entry.crc) return bytes;
  const message = `${entry.path} is damaged: its bytes do not match their checksum (CRC-32).`;
  throw new SomascopeError('Checksum', message, place, 'Get the file again.');
}
