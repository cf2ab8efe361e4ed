// EBML, the container syntax of Matroska and WebM (RFC 8794): an element is an id, a length and a body. Writing only.
import { type Bytes, joinBytes } from '../../base/bytes.ts';

/** Length field of eight bytes, so that a body may be measured after it was written. */
const LONG_LENGTH = 8;
/** "Not known": all value bits set. */
const UNKNOWN_LENGTH = Uint8Array.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);

/** Big-endian, in as few bytes as it takes unless `width` is given. `value` is a whole number below 2^53. */
export function bigEndian(value: number, width = Math.max(1, Math.ceil(Math.log2(value + 1) / 8))): Bytes {
  const bytes = new Uint8Array(width);
  for (let i = width - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

/** A length: one bit marks how many bytes it takes; the shortest that holds it unless `width` is given. */
function lengthField(length: number, width = 0): Bytes {
  let bytes = width || 1;
  // All value bits set would mean "not known", so the largest value of each width is left out.
  while (length >= 2 ** (7 * bytes) - 1) bytes++;
  const field = bigEndian(length, bytes);
  field[0]! |= 0x80 >> (bytes - 1);
  return field;
}

/** An element with these parts as its body. `id` carries its own length mark, as Matroska's tables print it. */
export function element(id: number, ...body: readonly Uint8Array[]): Bytes {
  const length = body.reduce((sum, part) => sum + part.length, 0);
  return joinBytes([bigEndian(id), lengthField(length), ...body]);
}

/** The start of an element whose body follows: its length in eight bytes, or "not known". */
export function elementStart(id: number, length: number | null): Bytes {
  return joinBytes([bigEndian(id), length === null ? UNKNOWN_LENGTH : lengthField(length, LONG_LENGTH)]);
}

export const unsigned = (id: number, value: number, width?: number): Bytes => element(id, bigEndian(value, width));
export const text = (id: number, value: string): Bytes => element(id, new TextEncoder().encode(value));

/** A 64-bit float. */
export function float(id: number, value: number): Bytes {
  const body = new Uint8Array(8);
  new DataView(body.buffer).setFloat64(0, value);
  return element(id, body);
}
