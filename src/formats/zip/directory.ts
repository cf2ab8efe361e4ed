// The central directory of a zip: names and one row of numbers an entry, read without touching the entries.
// APPNOTE.TXT 6.3.10 §4.3.12 and §4.5.3 (zip64). Offsets are those of local headers within the source, in bytes.
import { SomascopeError } from '../../base/errors.ts';
import { ENTRY_FIELDS } from '../../base/listing.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import type { ByteSource } from '../source.ts';
import { type DirectoryPlace, findDirectory, readUint64 } from './end-record.ts';
import { ZIP_LIMITS, type ZipLimits } from './limits.ts';
import { ENCRYPTED } from './methods.ts';
import { decodeName, extraFields } from './names.ts';
import { type EntrySpan, refuseOverlap } from './overlap.ts';

export interface ZipDirectory {
  /** Path of each entry in directory order, '/' between folders; folders themselves are left out. */
  readonly paths: readonly string[];
  /** Per entry `ENTRY_FIELDS` numbers as in `FileListing.table`; the file index is 0. An encrypted entry has `ENCRYPTED` added to its method. */
  readonly table: Float64Array<ArrayBuffer>;
}

/** An entry of a zip, as `ListingEntry` has it but for the file. */
export interface ZipEntry {
  readonly path: string;
  readonly size: number;
  readonly method: number;
  readonly offset: number;
  readonly storedSize: number;
  readonly crc: number;
}

const CENTRAL = 0x02014b50;
const HEADER = 46;
const ZIP64_EXTRA = 0x0001;
const SENTINEL = 0xffffffff;

/**
 * Lists a zip: two reads, whatever its size. Throws `CutOff`, `Invalid`, `Unsupported` (split) or `Unsafe` (too many entries,
 * too large a directory, entries that overlap). Entries that cannot be unpacked (encrypted, other methods) are listed all the same.
 */
export async function readZipDirectory(
  source: ByteSource,
  { limits = ZIP_LIMITS, signal }: DirectoryOptions = {},
): Promise<ZipDirectory> {
  const place = await findDirectory(source, signal);
  const { name } = source;
  const at = { file: name, byte: place.start };
  if (place.length > limits.directoryBytes) {
    const sizes = `${byteSize(place.length)}, more than ${byteSize(limits.directoryBytes)}`;
    throw new SomascopeError('Unsafe', `The directory of ${name} is too large: ${sizes}.`, at, SPLIT_UP);
  }
  if (place.count > limits.entries) throw tooMany(name, place.count, limits.entries, at.byte);
  const bytes = await source.read(place.start, place.length, signal);
  return parseDirectory(bytes, place, source, limits);
}

export interface DirectoryOptions {
  readonly limits?: ZipLimits | undefined;
  readonly signal?: AbortSignal | undefined;
}

const SPLIT_UP = 'Unzip it and open the folders one by one.';

/** Entry `index` of a directory. */
export function zipEntryAt({ paths, table }: ZipDirectory, index: number): ZipEntry {
  const path = paths[index];
  if (path === undefined) throw new RangeError(`no entry ${index} in the zip`);
  const at = index * ENTRY_FIELDS;
  return {
    path,
    size: table[at + 1]!,
    method: table[at + 2]!,
    offset: table[at + 3]!,
    storedSize: table[at + 4]!,
    crc: table[at + 5]!,
  };
}

function parseDirectory(
  bytes: Uint8Array<ArrayBuffer>,
  place: DirectoryPlace,
  source: ByteSource,
  limits: ZipLimits,
): ZipDirectory {
  const { name, size: fileSize } = source;
  const view = new DataView(bytes.buffer);
  const paths: string[] = [];
  const spans: EntrySpan[] = [];
  const table = new Float64Array(Math.min(limits.entries, Math.floor(bytes.length / HEADER)) * ENTRY_FIELDS);
  let at = 0;
  let seen = 0;
  // A plain count wraps at 65,536, so there may be more entries than it says.
  for (; at + HEADER <= bytes.length && view.getUint32(at, true) === CENTRAL; seen++) {
    if (place.zip64 && seen === place.count) break;
    if (seen === limits.entries) throw tooMany(name, seen + 1, limits.entries, place.start + at);
    const row = readHeader(view, at, place, name);
    at = row.next;
    if (row.offset >= 0 && row.end <= fileSize) spans.push({ start: row.offset, end: row.end, path: row.path });
    if (row.path.endsWith('/')) continue;
    table.set([0, row.size, row.method, row.offset, row.storedSize, row.crc], paths.length * ENTRY_FIELDS);
    paths.push(row.path);
  }
  if (place.zip64 ? seen !== place.count : seen % 65_536 !== place.count) {
    const found = `it counts ${grouped(place.count)} entries, but ${grouped(seen)} can be read`;
    throw new SomascopeError(
      'Invalid',
      `The directory of ${name} is damaged: ${found}.`,
      { file: name, byte: place.start + at },
      GET_AGAIN,
    );
  }
  refuseOverlap(spans, place.start, name);
  return { paths, table: table.slice(0, paths.length * ENTRY_FIELDS) };
}

interface HeaderRow extends ZipEntry {
  /** Byte of the next header in the directory. */
  readonly next: number;
  /** First byte after the entry's local header, name and data, if it has no extra field. */
  readonly end: number;
}

function readHeader(view: DataView<ArrayBuffer>, at: number, place: DirectoryPlace, file: string): HeaderRow {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true) + (flags & 1 ? ENCRYPTED : 0);
  const crc = view.getUint32(at + 16, true);
  const nameEnd = at + HEADER + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > view.byteLength) {
    throw new SomascopeError(
      'Invalid',
      `The directory of ${file} is damaged: an entry runs past its end.`,
      { file, byte: place.start + at },
      GET_AGAIN,
    );
  }
  const raw = new Uint8Array(view.buffer, view.byteOffset + at + HEADER, nameEnd - at - HEADER);
  const extra = new Uint8Array(view.buffer, view.byteOffset + nameEnd, extraEnd - nameEnd);
  const path = decodeName(raw, (flags & 0x800) !== 0, view.getUint16(at + 4, true) >> 8, extra);
  const plain = {
    size: view.getUint32(at + 24, true),
    storedSize: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  const { size, storedSize, offset } = widen(plain, extra, { file, entry: path, byte: place.start + at });
  const from = offset + place.shift;
  return { path, method, crc, size, storedSize, offset: from, next, end: from + 30 + raw.length + storedSize };
}

type Sizes = Pick<ZipEntry, 'size' | 'storedSize' | 'offset'>;

/** The 64-bit numbers of the zip64 extra field, which holds only those whose 32-bit field is full, in this order. */
function widen(plain: Sizes, extra: Uint8Array, place: { file: string; entry: string; byte: number }): Sizes {
  if (plain.size !== SENTINEL && plain.storedSize !== SENTINEL && plain.offset !== SENTINEL) return plain;
  const [field] = extraFields(extra, ZIP64_EXTRA);
  if (!field) return plain;
  const view = new DataView(field.buffer, field.byteOffset, field.length);
  let at = 0;
  const next = (value: number) => {
    if (value !== SENTINEL) return value;
    if (at + 8 > field.length) {
      throw new SomascopeError(
        'Invalid',
        `The directory of ${place.file} is damaged: the zip64 field of ${place.entry} is too short.`,
        place,
        GET_AGAIN,
      );
    }
    at += 8;
    return readUint64(view, at - 8);
  };
  const size = next(plain.size);
  const storedSize = next(plain.storedSize);
  return { size, storedSize, offset: next(plain.offset) };
}

const GET_AGAIN = 'Was the download complete? Get the file again.';

function tooMany(file: string, count: number, limit: number, byte: number): SomascopeError {
  return new SomascopeError(
    'Unsafe',
    `${file} holds ${grouped(count)} entries, more than ${grouped(limit)}.`,
    { file, byte },
    SPLIT_UP,
  );
}
