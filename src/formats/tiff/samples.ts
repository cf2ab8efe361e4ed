// Bytes of samples as typed arrays: a view where they are little-endian and aligned, else one copy with the bytes swapped.
import type { BigArray, NumericArray } from '../../base/ndarray.ts';
import { halfToFloat } from '../npy/half.ts';
import type { TiffSample } from './page.ts';

const VIEWS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  float16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float64: Float64Array,
} as const satisfies Record<TiffSample, unknown>;

/** All of `bytes` as samples; float16 becomes float32. */
export function samplesFrom(bytes: Uint8Array<ArrayBuffer>, sample: TiffSample, littleEndian: boolean): NumericArray | BigArray {
  const View = VIEWS[sample];
  const size = View.BYTES_PER_ELEMENT;
  const mustSwap = !littleEndian && size > 1;
  const misaligned = bytes.byteOffset % (mustSwap ? 4 : size) !== 0;
  let usable = misaligned ? bytes.slice() : bytes;
  if (mustSwap) usable = swapWords(usable, size, misaligned ? usable : new Uint8Array(bytes.length));
  const data = new View(usable.buffer, usable.byteOffset, usable.byteLength / size);
  return sample === 'float16' ? halfToFloat(data as Uint16Array) : data;
}

/**
 * Reverses the bytes of every word of 2, 4 or 8 bytes, from `bytes` into `into` (the same, if in place); both begin on multiples
 * of 4 in their buffers. Returns `into`.
 */
export function swapWords(bytes: Uint8Array<ArrayBuffer>, size: number, into = bytes): Uint8Array<ArrayBuffer> {
  const from = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  const to = new Uint32Array(into.buffer, into.byteOffset, from.length);
  if (size === 2) {
    // Two samples at a time are twice as fast.
    for (let i = 0; i < from.length; i++) {
      const pair = from[i]!;
      to[i] = ((pair & 0xff00ff) << 8) | ((pair >>> 8) & 0xff00ff);
    }
    const last = 4 * from.length;
    if (bytes.length - last >= 2) into.set([bytes[last + 1]!, bytes[last]!], last);
    return into;
  }
  for (let i = 0; i < from.length; i++) {
    const word = from[i]!;
    to[i] = (word << 24) | ((word << 8) & 0xff0000) | ((word >> 8) & 0xff00) | (word >>> 24);
  }
  if (size === 4) return into;
  for (let i = 0; i + 1 < to.length; i += 2) {
    const low = to[i]!;
    to[i] = to[i + 1]!;
    to[i + 1] = low;
  }
  return into;
}
