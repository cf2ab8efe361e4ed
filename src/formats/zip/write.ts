// Small archives: stored entries (not compressed), no time of their own, so equal content gives equal bytes. Source: APPNOTE.TXT 6.3.
import { SomascopeError } from '../../base/errors.ts';
import { crc32 } from './crc32.ts';

export interface ZipFile {
  /** Path with '/' between folders. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const MOST_ENTRIES = 65_534;
const MOST_BYTES = 2 ** 32 - 2;
const UTF8_NAME = 0x800;
/** 1 January 1980, the first day that the format knows. */
const FIRST_DAY = 0x21;

/** The pieces of an archive of `files` in this order. Throws Unsupported where it would need zip64, or a comment above 65,535 bytes. */
export function writeZip(files: readonly ZipFile[], comment = ''): Uint8Array<ArrayBuffer>[] {
  const encoder = new TextEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const path = encoder.encode(name);
    const facts = [10, UTF8_NAME, 0, 0, FIRST_DAY] as const;
    const sizes = [crc32(bytes), bytes.length, bytes.length] as const;
    const local = fields(30, [0x04034b50], facts, sizes, [path.length, 0]);
    directory.push(fields(46, [0x02014b50], [20, ...facts], sizes, [path.length, 0, 0, 0, 0], [0, offset]), path);
    parts.push(local, path, bytes);
    offset += local.length + path.length + bytes.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const note = encoder.encode(comment);
  if (files.length > MOST_ENTRIES || offset + length > MOST_BYTES || note.length > 0xffff) {
    const message = `An archive of ${files.length} entries and ${offset + length} bytes would need zip64.`;
    throw new SomascopeError('Unsupported', message, {}, 'Save fewer regions at once.');
  }
  const end = fields(22, [0x06054b50], [0, 0, files.length, files.length], [length, offset], [note.length]);
  return [...parts, ...directory, end, note];
}

/** Groups of numbers, little-endian: by turns of 4 and of 2 bytes, beginning with 4. */
function fields(length: number, ...groups: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(length));
  let at = 0;
  for (const [i, group] of groups.entries()) {
    for (const value of group) {
      if (i % 2 === 0) view.setUint32(at, value, true);
      else view.setUint16(at, value, true);
      at += i % 2 === 0 ? 4 : 2;
    }
  }
  return new Uint8Array(view.buffer);
}
