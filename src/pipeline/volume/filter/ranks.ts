// The median of the 27 voxels around each of a volume [z, y, x], borders mirrored with the edge voxel repeated
// (scipy.ndimage.median_filter of size 3).

import type { NumericArray } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import { sameKind, type Volume } from '../volume.ts';
import { reflect } from './gaussian.ts';

/** Takes salt-and-pepper noise away and keeps edges; the result is of the same kind of number. */
export function* medianOf27<T extends NumericArray>({ data, shape }: Volume<T>): Steps<Volume<T>> {
  const [depth, height, width] = shape;
  const out = sameKind(data, data.length);
  const around = new Float64Array(27);
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let count = 0;
        for (let dz = -1; dz <= 1; dz++) {
          for (let dy = -1; dy <= 1; dy++) {
            const row = (reflect(z + dz, depth) * height + reflect(y + dy, height)) * width;
            for (let dx = -1; dx <= 1; dx++) insert(around, count++, data[row + reflect(x + dx, width)]!);
          }
        }
        out[(z * height + y) * width + x] = around[13]!;
      }
      if (y % 16 === 15) yield (z + y / height) / depth;
    }
  }
  return { data: out, shape };
}

/** Puts a value in its place among the `count` sorted ones. */
function insert(sorted: Float64Array, count: number, value: number): void {
  let at = count;
  for (; at > 0 && sorted[at - 1]! > value; at--) sorted[at] = sorted[at - 1]!;
  sorted[at] = value;
}
