// A whole .npy file as a typed array. Little-endian data that lies aligned is viewed in place; anything else is copied once.
// float16 becomes float32, bool uint8, complex numbers pairs (real, imaginary); text, dates and structs stay raw bytes.
import type { BigArray, NumericArray } from '../../base/ndarray.ts';
import type { NpyStorage } from './descr.ts';
import { halfToFloat } from './half.ts';
import { type NpyHeader, parseNpyHeader } from './header.ts';

export interface NpyArray {
  /** `lanes` elements an item; in the file's order of axes (see `fortranOrder`). May share its buffer with the file's bytes. */
  readonly data: NumericArray | BigArray;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  /** 1 for numbers, 2 for complex numbers, the item's bytes for text, dates and structs. */
  readonly lanes: number;
  readonly complex: boolean;
  readonly header: NpyHeader;
}

const VIEWS = {
  int8: Int8Array,
  uint8: Uint8Array,
  bytes: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  float16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float64: Float64Array,
} as const satisfies Record<NpyStorage, unknown>;

/** The array in `bytes`, which `file` names in errors. Throws SomascopeError: Invalid, CutOff, Unsupported, Unsafe. */
export function readNpy(bytes: Uint8Array<ArrayBuffer>, file: string): NpyArray {
  const header = parseNpyHeader(bytes, file);
  const { type, shape, fortranOrder, dataOffset, dataBytes } = header;
  const data = decodeItems(bytes.subarray(dataOffset, dataOffset + dataBytes), header);
  const complex = type.kind === 'complex';
  const lanes = complex ? 2 : type.storage === 'bytes' ? type.itemBytes : 1;
  return { data, shape, fortranOrder, lanes, complex, header };
}

/** Items of the header's type that fill `bytes` exactly. */
export function decodeItems(bytes: Uint8Array<ArrayBuffer>, { type }: Pick<NpyHeader, 'type'>): NumericArray | BigArray {
  const View = VIEWS[type.storage];
  const wordBytes = type.storage === 'bytes' ? 1 : type.wordBytes;
  let usable = bytes;
  if (type.bigEndian && type.wordBytes > 1) usable = reversed(bytes, type.wordBytes);
  else if (bytes.byteOffset % wordBytes !== 0) usable = bytes.slice();
  const data = new View(usable.buffer, usable.byteOffset, usable.byteLength / wordBytes);
  return type.storage === 'float16' ? halfToFloat(data as Uint16Array) : data;
}

/** A copy with the bytes of every word of `wordBytes` reversed. */
function reversed(bytes: Uint8Array, wordBytes: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  for (let word = 0; word < bytes.length; word += wordBytes) {
    for (let i = 0; i < wordBytes; i++) copy[word + i] = bytes[word + wordBytes - 1 - i]!;
  }
  return copy;
}
