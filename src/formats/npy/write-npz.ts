// Arrays as an .npz file, byte for byte the same every time: a zip of .npy members, stored, as numpy.savez writes it.
import type { BigArray, NdArray, NumericArray } from '../../base/ndarray.ts';
import { writeZip } from '../zip/write.ts';
import { writeNpy } from './write.ts';

/** The pieces of the file. Throws `Unsupported` where it would need zip64. */
export function writeNpz(arrays: Readonly<Record<string, NdArray<NumericArray | BigArray>>>): Uint8Array<ArrayBuffer>[] {
  return writeZip(Object.entries(arrays).map(([name, array]) => ({ name: `${name}.npy`, bytes: writeNpy(array) })));
}
