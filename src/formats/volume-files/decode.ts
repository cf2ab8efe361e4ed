// Bytes of voxels as numbers: byte order, float16 and, without BigInt, 64-bit integers in the narrowest type that holds them.
import { SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { grouped } from '../../base/number-format.ts';
import { samplesFrom } from '../tiff/samples.ts';
import type { StoredType } from '../volume.ts';

/** All of `bytes` as voxels; may share their buffer. Throws `Unsupported` for 64-bit integers of 2^53 and more. */
export function decodeVoxels(
  bytes: Uint8Array<ArrayBuffer>,
  stored: StoredType,
  littleEndian: boolean,
  file: string,
): NumericArray {
  const data = samplesFrom(bytes, stored, littleEndian);
  if (data instanceof BigUint64Array) return narrowIntegers(data, false, file);
  return data instanceof BigInt64Array ? narrowIntegers(data, true, file) : data;
}

/** 64-bit integers as the narrowest of uint8, uint16, uint32 and float64 that holds them all; `signed` ones below 0 as float64. */
export function narrowIntegers(data: BigUint64Array | BigInt64Array, signed: boolean, file: string): NumericArray {
  const halves = new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
  let low = 0;
  let high = 0;
  for (let i = 0; i < halves.length; i += 2) {
    low |= halves[i]!;
    high |= halves[i + 1]!;
  }
  if (high !== 0) return wideIntegers(halves, signed, file);
  const length = data.length;
  const out = low >>> 8 === 0 ? new Uint8Array(length) : low >>> 16 === 0 ? new Uint16Array(length) : new Uint32Array(length);
  for (let i = 0; i < length; i++) out[i] = halves[2 * i]!;
  return out;
}

function wideIntegers(halves: Uint32Array, signed: boolean, file: string): Float64Array<ArrayBuffer> {
  const out = new Float64Array(halves.length / 2);
  let first = -1;
  let count = 0;
  for (let i = 0; i < out.length; i++) {
    const high = halves[2 * i + 1]!;
    const value = (signed ? high | 0 : high) * 4294967296 + halves[2 * i]!;
    out[i] = value;
    if (Number.isSafeInteger(value)) continue;
    count++;
    if (first < 0) first = i;
  }
  if (count === 0) return out;
  const value = (BigInt(halves[2 * first + 1]!) << 32n) | BigInt(halves[2 * first]!);
  const shown = signed ? BigInt.asIntN(64, value) : value;
  const message = `${grouped(count)} of the 64-bit integers are 2^53 or more (the first is ${shown}): they cannot be held exactly.`;
  throw new SomascopeError('Unsupported', message, { file, index: first }, 'Save the labels as uint8, uint16 or uint32.');
}
