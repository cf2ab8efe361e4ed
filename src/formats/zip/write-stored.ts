// A zip written as its files come, each stored as it is (pictures do not shrink any more): header and bytes of every file, then
// the directory. Zip64 throughout, so neither size nor number has a limit. After APPNOTE.TXT 6.3.10.
import { type Bytes, joinBytes } from '../../base/bytes.ts';
import { crc32 } from './crc32.ts';

/** A file as the directory lists it. */
export interface StoredFile {
  readonly name: string;
  readonly size: number;
  readonly crc: number;
  /** Byte of its header in the zip. */
  readonly at: number;
}

const VERSION = 45;
const UTF8 = 0x800;
const IN_ZIP64 = 0xffffffff;
/** 1 January 1980, the earliest: the same files make the same zip. */
const DATE = 0x21;

/** What stands before the file's bytes, and its line of the directory; `at` is the byte at which it will be written. */
export function storedHeader(name: string, bytes: Uint8Array, at: number): { header: Bytes; file: StoredFile } {
  const file = { name, size: bytes.length, crc: crc32(bytes), at };
  return { header: headerOf(file), file };
}

/** The same for a file whose size is known before its bytes: written once with any checksum and again when that is known. */
export function headerOf(file: StoredFile): Bytes {
  const nameBytes = new TextEncoder().encode(file.name);
  const extra = fields([2, 1], [2, 16], [8, file.size], [8, file.size]);
  const header = fields(
    [4, 0x04034b50],
    [2, VERSION],
    [2, UTF8],
    [2, 0],
    [2, 0],
    [2, DATE],
    [4, file.crc],
    [4, IN_ZIP64],
    [4, IN_ZIP64],
    [2, nameBytes.length],
    [2, extra.length],
  );
  return joinBytes([header, nameBytes, extra]);
}

/** The end of the zip, from the byte `at` on. */
export function zipDirectory(files: readonly StoredFile[], at: number): Bytes {
  const entries = files.map(directoryEntry);
  const length = entries.reduce((sum, entry) => sum + entry.length, 0);
  const end64 = fields(
    [4, 0x06064b50],
    [8, 44],
    [2, VERSION],
    [2, VERSION],
    [4, 0],
    [4, 0],
    [8, files.length],
    [8, files.length],
    [8, length],
    [8, at],
  );
  const locator = fields([4, 0x07064b50], [4, 0], [8, at + length], [4, 1]);
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, 0xffff], [2, 0xffff], [4, IN_ZIP64], [4, IN_ZIP64], [2, 0]);
  return joinBytes([...entries, end64, locator, end]);
}

function directoryEntry({ name, size, crc, at }: StoredFile): Bytes {
  const nameBytes = new TextEncoder().encode(name);
  const extra = fields([2, 1], [2, 24], [8, size], [8, size], [8, at]);
  const entry = fields(
    [4, 0x02014b50],
    [2, VERSION],
    [2, VERSION],
    [2, UTF8],
    [2, 0],
    [2, 0],
    [2, DATE],
    [4, crc],
    [4, IN_ZIP64],
    [4, IN_ZIP64],
    [2, nameBytes.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, IN_ZIP64],
  );
  return joinBytes([entry, nameBytes, extra]);
}

/** Little-endian numbers of the given widths in bytes. */
function fields(...list: readonly (readonly [width: number, value: number])[]): Bytes {
  const bytes = new Uint8Array(list.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of list) {
    for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 256)) bytes[at++] = rest % 256;
  }
  return bytes;
}
