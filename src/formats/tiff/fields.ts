// Fields of a TIFF directory: 12 bytes each (20 in BigTIFF), with the values inline when they fit, else elsewhere in the file.
// Source: TIFF 6.0 (1992) section 2; BigTIFF: https://www.awaresystems.be/imaging/tiff/bigtiff.html
import { SomascopeError } from '../../base/errors.ts';
import type { Reads } from './reads.ts';

export interface TiffLayout {
  readonly file: string;
  /** Bytes in the file. */
  readonly size: number;
  readonly littleEndian: boolean;
  readonly big: boolean;
}

/** Where the values of a field lie. Plain data. */
export interface TiffField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Byte of the first value. */
  readonly offset: number;
  /** The values, where they stand in the directory itself. */
  readonly inline?: readonly number[];
}

// BYTE, ASCII, SHORT, LONG, IFD, LONG8, IFD8: the types that counts, sizes and places are written in.
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 };

export function fieldBytes({ type, count }: TiffField): number {
  return (TYPE_BYTES[type] ?? Number.NaN) * count;
}

/** The field whose entry begins at byte `at` of `entry`, which lies at `entryOffset` in the file. */
export function parseField(entry: DataView, at: number, entryOffset: number, { littleEndian, big }: TiffLayout): TiffField {
  const tag = entry.getUint16(at, littleEndian);
  const type = entry.getUint16(at + 2, littleEndian);
  const count = big ? readUint64(entry, at + 4, littleEndian) : entry.getUint32(at + 4, littleEndian);
  const valueAt = at + (big ? 12 : 8);
  const room = big ? 8 : 4;
  const size = TYPE_BYTES[type] ?? Number.NaN;
  if (size * count <= room) {
    const inline = Array.from({ length: count }, (_, i) => readValue(entry, valueAt + i * size, type, littleEndian));
    return { tag, type, count, offset: entryOffset + valueAt, inline };
  }
  return { tag, type, count, offset: big ? readUint64(entry, valueAt, littleEndian) : entry.getUint32(valueAt, littleEndian) };
}

/** The first `limit` whole numbers of a field; throws `Invalid` for types that hold none. */
export function* readValues(field: TiffField, layout: TiffLayout, limit = field.count): Reads<readonly number[] | Float64Array> {
  if (field.inline) return field.inline.length <= limit ? field.inline : field.inline.slice(0, limit);
  const size = TYPE_BYTES[field.type];
  if (size === undefined) throw badField(field, layout);
  const count = Math.min(field.count, limit);
  const bytes = yield { offset: field.offset, length: count * size };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = readValue(view, i * size, field.type, layout.littleEndian);
  return values;
}

/** The text of an ASCII field, at most `limit` bytes of it, without the closing zero. */
export function* readText(field: TiffField, layout: TiffLayout, limit: number): Reads<string> {
  const codes = yield* readValues(field, layout, limit);
  return String.fromCharCode(...codes).replace(/\0[\s\S]*$/, '');
}

export function readUint64(view: DataView, at: number, littleEndian: boolean): number {
  const low = view.getUint32(littleEndian ? at : at + 4, littleEndian);
  const high = view.getUint32(littleEndian ? at + 4 : at, littleEndian);
  return high * 4294967296 + low;
}

function readValue(view: DataView, at: number, type: number, littleEndian: boolean): number {
  const size = TYPE_BYTES[type];
  if (size === 1) return view.getUint8(at);
  if (size === 2) return view.getUint16(at, littleEndian);
  return size === 4 ? view.getUint32(at, littleEndian) : readUint64(view, at, littleEndian);
}

export function badField({ tag, type, offset }: TiffField, { file }: TiffLayout): SomascopeError {
  const byte = Number.isSafeInteger(offset) ? offset : 0;
  return new SomascopeError('Invalid', `TIFF tag ${tag} is written in type ${type}, which holds no whole numbers.`, {
    file,
    byte,
  });
}
