// A typed array with a shape. `order` 'C': the last axis varies fastest; 'F': the first.
// Images are [row, column], movies [frame, row, column], always 'C' once a reader has handed them over.

export type NumericArray =
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

export type BigArray = BigInt64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer>;

export type DType = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64';

export interface NdArray<T = NumericArray> {
  readonly data: T;
  readonly shape: readonly number[];
}

/** An image [row, column], C order. */
export interface Plane<T extends NumericArray = NumericArray> {
  readonly data: T;
  readonly height: number;
  readonly width: number;
}

const MAKERS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export const BYTES: Readonly<Record<DType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
};

/** A zeroed typed array of `length` elements. */
export function makeArray(dtype: DType, length: number): NumericArray {
  return new MAKERS[dtype](length);
}

/** A typed view of `buffer`; `byteOffset` must be a multiple of the element size. */
export function viewArray(dtype: DType, buffer: ArrayBuffer, byteOffset: number, length: number): NumericArray {
  return new MAKERS[dtype](buffer, byteOffset, length);
}

export function dtypeOf(data: NumericArray): DType {
  for (const [name, Maker] of Object.entries(MAKERS)) if (data instanceof Maker) return name as DType;
  throw new TypeError('not a numeric typed array');
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
