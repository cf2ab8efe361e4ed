// Reads .npz files (and zips of .npy) for tests, stored or deflated entries only; 64-bit label arrays are narrowed to bytes.
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import type { NdArray, NumericArray } from '../base/ndarray.ts';
import { parseNpy } from './load-npy.ts';

export function loadNpz(path: string): Readonly<Record<string, NdArray<NumericArray>>> {
  const file = readFileSync(path);
  const end = file.lastIndexOf('PK\x05\x06', -1, 'latin1');
  const arrays: Record<string, NdArray<NumericArray>> = {};
  let at = file.readUInt32LE(end + 16);
  for (let i = 0; i < file.readUInt16LE(end + 10); i++) {
    const nameBytes = file.readUInt16LE(at + 28);
    const name = file.toString('latin1', at + 46, at + 46 + nameBytes);
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(start, start + file.readUInt32LE(at + 20));
    const isNumpy = name.endsWith('.npy') && !name.startsWith('__MACOSX');
    if (isNumpy) arrays[name.slice(0, -4)] = parseNpy(file.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed), name);
    at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return arrays;
}
