// Small arrays of a sorter's folder, read whole as numbers.
import { SomascopeError } from '../../base/errors.ts';
import type { NdArray } from '../../base/ndarray.ts';
import { byteSize } from '../../base/number-format.ts';
import type { ByteSource } from '../source.ts';
import { toNumbers } from './convert.ts';
import { readNpy } from './read.ts';

const MOST_BYTES = 2 ** 30;

/** The numbers of a .npy file in C order. Throws as `readNpy` and `toNumbers`, and Unsafe above 1 GB. */
export async function readNpyNumbers(source: ByteSource, signal?: AbortSignal): Promise<NdArray> {
  const { name, size } = source;
  if (size > MOST_BYTES) {
    const message = `${name} takes ${byteSize(size)}; arrays up to ${byteSize(MOST_BYTES)} are read whole.`;
    throw new SomascopeError('Unsafe', message, { file: name }, 'Save fewer items.');
  }
  return toNumbers(readNpy(await source.read(0, size, signal), name), name);
}

/** The same numbers without axes of extent 1: (n, 1) and (1, n) are lists of n. */
export function squeezed({ data, shape }: NdArray): NdArray {
  return { data, shape: shape.filter((extent) => extent !== 1) };
}

/** A list of numbers, whatever axes of extent 1 it was saved with. Throws as `readNpyNumbers`, and Invalid for a table. */
export async function readNpyList(source: ByteSource, signal?: AbortSignal): Promise<NdArray['data']> {
  const array = await readNpyNumbers(source, signal);
  if (squeezed(array).shape.length <= 1) return array.data;
  const message = `${source.name} holds an array (${array.shape.join(', ')}) where a list of numbers is needed.`;
  throw new SomascopeError('Invalid', message, { file: source.name }, 'Save it with one number an item.');
}
