// Reads the .npy files of golden vectors (version 1, little-endian, C order): a few dtypes, for tests only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DType, type NdArray, type NumericArray, viewArray } from '../base/ndarray.ts';

const DTYPES: Readonly<Record<string, DType>> = {
  '<f4': 'float32',
  '<f8': 'float64',
  '<u2': 'uint16',
  '<i2': 'int16',
  '<i4': 'int32',
  '|u1': 'uint8',
};

export function loadNpy(path: string): NdArray<NumericArray> {
  return parseNpy(readFileSync(path), path);
}

/** Labels of 64 bits, which must be small, come as bytes. */
export function parseNpy(file: Buffer, name: string): NdArray<NumericArray> {
  const start = 10 + file.readUInt16LE(8);
  const header = file.toString('latin1', 10, start);
  const descr = /'descr': '(.+?)'/.exec(header)?.[1] ?? '';
  const isWide = descr === '<u8' || descr === '<i8';
  const dtype = isWide ? 'float64' : DTYPES[descr];
  const shape = /'shape': \((.*?)\)/.exec(header)?.[1];
  if (!dtype || shape === undefined || !header.includes("'fortran_order': False")) throw new Error(`${name}: ${header}`);
  const extents = shape
    .split(',')
    .filter((part) => part.trim())
    .map(Number);
  const length = extents.reduce((product, extent) => product * extent, 1);
  const bytes = new Uint8Array(file.length - start);
  bytes.set(file.subarray(start));
  if (descr === '<u8') return { data: Uint8Array.from(new BigUint64Array(bytes.buffer), Number), shape: extents };
  // 64-bit integers of golden vectors lie far below 2^53.
  if (descr === '<i8') return { data: Float64Array.from(new BigInt64Array(bytes.buffer, 0, length), Number), shape: extents };
  return { data: viewArray(dtype, bytes.buffer, 0, length), shape: extents };
}

/** A golden vector that lies in the project: `loadGolden('calcium/traces.F.npy')`. */
export function loadGolden(relative: string): NdArray<NumericArray> {
  return loadNpy(join(import.meta.dirname, 'golden', relative));
}

/** The frames of a movie [frame, row, column] as views. */
export function framesOf({ data, shape }: NdArray<NumericArray>): NumericArray[] {
  const pixels = shape[1]! * shape[2]!;
  return Array.from({ length: shape[0]! }, (_, t) => data.subarray(t * pixels, (t + 1) * pixels));
}
