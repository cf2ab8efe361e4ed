// Writes zips, file by file as they come or all at once: entries are stored (not compressed) and have no time of their own, so
// equal content gives equal bytes. Zip64 fields only where a number does not fit, since old readers (ImageJ) know none. After APPNOTE.TXT 6.3.10.
import { type Bytes, joinBytes } from '../../base/bytes.ts';
import { SomascopeError } from '../../base/errors.ts';
import { crc32 } from './crc32.ts';

export interface ZipFile {
  /** Path with '/' between folders. */
  readonly name: string;
  readonly bytes: Bytes;
}

/** A file as the directory lists it. */
export interface StoredFile {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
  /** Byte of its header in the zip. */
  readonly at: number;
}

type Field = readonly [width: number, value: number];

const FULL_2 = 0xffff;
const FULL_4 = 0xffffffff;
const PLAIN_VERSION = 10;
const ZIP64_VERSION = 45;
const UTF8_NAME = 0x800;
/** 1 January 1980, the first day that the format knows. */
const FIRST_DAY = 0x21;

const fits = (value: number) => value < FULL_4;
const narrow = (value: number) => (fits(value) ? value : FULL_4);

/** The pieces of an archive of `files` in this order. Throws Unsupported for a comment above 65,535 bytes. */
export function writeZip(files: readonly ZipFile[], comment = ''): Bytes[] {
  const parts: Bytes[] = [];
  const stored: StoredFile[] = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const { header, file } = storedHeader(name, bytes, at);
    parts.push(header, bytes);
    stored.push(file);
    at += header.length + bytes.length;
  }
  return [...parts, zipDirectory(stored, at, comment)];
}

/** What stands before the file's bytes, and its line of the directory; `at` is the byte at which it will be written. */
export function storedHeader(name: string, bytes: Uint8Array, at: number): { header: Bytes; file: StoredFile } {
  const file = { name, size: bytes.length, crc: crc32(bytes), at };
  return { header: headerOf(file), file };
}

/** The same for a file whose size is known before its bytes: written once with any checksum, and again when that is known. */
export function headerOf(file: StoredFile): Bytes {
  const wide = fits(file.size) ? [] : [file.size, file.size];
  return joinBytes([fields([4, 0x04034b50]), record(file, wide)]);
}

/** The end of the zip, from the byte `at` on. Throws Unsupported for a comment above 65,535 bytes. */
export function zipDirectory(files: readonly StoredFile[], at: number, comment = ''): Bytes {
  const note = new TextEncoder().encode(comment);
  if (note.length > FULL_2) {
    throw new SomascopeError('Unsupported', `A zip's comment has at most 65,535 bytes; this one would have ${note.length}.`);
  }
  const entries = joinBytes(files.map(directoryEntry));
  const many = files.length >= FULL_2;
  const count = many ? FULL_2 : files.length;
  const wide = many || !fits(at) || !fits(entries.length);
  return joinBytes([
    entries,
    ...(wide ? [zip64End(files.length, entries.length, at)] : []),
    fields([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, narrow(entries.length)], [4, narrow(at)]),
    fields([2, note.length]),
    note,
  ]);
}

function directoryEntry(file: StoredFile): Bytes {
  const { size, at } = file;
  const wide = [...(fits(size) ? [] : [size, size]), ...(fits(at) ? [] : [at])];
  const place: Field[] = [
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, narrow(at)],
  ];
  return joinBytes([fields([4, 0x02014b50], [2, versionFor(wide)]), record(file, wide, place)]);
}

const versionFor = (wide: readonly number[]) => (wide.length > 0 ? ZIP64_VERSION : PLAIN_VERSION);

/** What a header and a line of the directory share; `wide` are the numbers that need eight bytes. */
function record({ name, size, crc }: StoredFile, wide: readonly number[], place: readonly Field[] = []): Bytes {
  const path = new TextEncoder().encode(name);
  const extra =
    wide.length > 0 ? fields([2, 1], [2, 8 * wide.length], ...wide.map((value): Field => [8, value])) : new Uint8Array(0);
  const facts = fields(
    [2, versionFor(wide)],
    [2, UTF8_NAME],
    [2, 0],
    [2, 0],
    [2, FIRST_DAY],
    [4, crc],
    [4, narrow(size)],
    [4, narrow(size)],
    [2, path.length],
    [2, extra.length],
    ...place,
  );
  return joinBytes([facts, path, extra]);
}

/** The end record for what the classic one cannot count, and the locator that points at it. */
function zip64End(count: number, length: number, at: number): Bytes {
  return fields(
    [4, 0x06064b50],
    [8, 44],
    [2, ZIP64_VERSION],
    [2, ZIP64_VERSION],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, length],
    [8, at],
    [4, 0x07064b50],
    [4, 0],
    [8, at + length],
    [4, 1],
  );
}

/** Little-endian numbers of the given widths in bytes. */
function fields(...list: readonly Field[]): Bytes {
  const bytes = new Uint8Array(list.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of list) {
    for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 256)) bytes[at++] = rest % 256;
  }
  return bytes;
}
