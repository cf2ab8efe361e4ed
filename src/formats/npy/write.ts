// Arrays as .npy files, version 1.0, C order, little-endian, byte for byte as numpy.save writes them.
// Source: _write_array_header and _wrap_header of numpy/lib/format.py (numpy 1.23 and later).
import type { BigArray, NdArray, NumericArray } from '../../base/ndarray.ts';

const ALIGNMENT = 64;
// numpy leaves room for the first extent to grow in place to this many digits.
const GROWTH_DIGITS = 21;

/** The bytes of a .npy file with `array` (C order); `bool` declares a Uint8Array of 0 and 1 as booleans. */
export function writeNpy(array: NdArray<NumericArray | BigArray>, { bool = false } = {}): Uint8Array<ArrayBuffer> {
  const { data, shape } = array;
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (count !== data.length) throw new RangeError(`shape (${shape.join(', ')}) does not hold ${data.length} elements`);
  if (bool && !(data instanceof Uint8Array)) throw new TypeError('booleans are written from a Uint8Array');
  const header = npyHeader(bool ? '|b1' : descrOf(data), shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  // Typed arrays are little-endian on every platform that has a browser.
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

/** What stands before the values: magic, version 1.0, and the header. */
export function npyHeader(descr: string, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = headerText(descr, shape);
  const bytes = new Uint8Array(10 + header.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  return bytes;
}

function headerText(descr: string, shape: readonly number[]): string {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const growth = shape.length > 0 ? ' '.repeat(GROWTH_DIGITS - String(shape[0]).length) : '';
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }${growth}`;
  const padding = ALIGNMENT - ((10 + dict.length + 1) % ALIGNMENT);
  return `${dict}${' '.repeat(padding)}\n`;
}

function descrOf(data: NumericArray | BigArray): string {
  if (data instanceof Int8Array) return '|i1';
  if (data instanceof Uint8Array) return '|u1';
  const letter = data instanceof Float32Array || data instanceof Float64Array ? 'f' : isSigned(data) ? 'i' : 'u';
  return `<${letter}${data.BYTES_PER_ELEMENT}`;
}

function isSigned(data: NumericArray | BigArray): boolean {
  return data instanceof Int16Array || data instanceof Int32Array || data instanceof BigInt64Array;
}
