// Fortran order to C order: the same items with the last axis varying fastest.
import type { BigArray, NumericArray } from '../../base/ndarray.ts';
import type { NpyArray } from './read.ts';

/** The array in C order; itself when it is already, or when the order makes no difference. Otherwise a copy. */
export function toCOrder(array: NpyArray): NpyArray {
  if (!array.fortranOrder) return array;
  const isLine = array.shape.filter((extent) => extent !== 1).length <= 1;
  const isEmpty = array.header.count === 0;
  return { ...array, fortranOrder: false, data: isLine || isEmpty ? array.data : transposed(array) };
}

function transposed({ data, shape, lanes }: NpyArray): NumericArray | BigArray {
  const out = data.slice();
  const axes = shape.length;
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, extent) => product * extent, lanes));
  const columns = shape[axes - 1]!;
  const step = strides[axes - 1]!;
  const index = new Array<number>(axes).fill(0);
  let from = 0;
  for (let to = 0; to < out.length; ) {
    for (let column = 0; column < columns; column++) {
      for (let lane = 0; lane < lanes; lane++) out[to++] = data[from + column * step + lane]!;
    }
    // Count up all axes but the last, like an odometer.
    for (let axis = axes - 2; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
