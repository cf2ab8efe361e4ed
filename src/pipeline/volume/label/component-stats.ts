// Size, centre and bounding box of components, from their runs. Voxels; positions z, y, x.
import type { Runs } from './run-components.ts';

export interface ComponentStats {
  readonly count: number;
  /** Voxels of each. */
  readonly sizes: Float64Array<ArrayBuffer>;
  /** Mean position of the voxels: z, y, x of each in turn. */
  readonly centres: Float64Array<ArrayBuffer>;
  /** First and last voxel along z, y and x: six numbers each. */
  readonly boxes: Int32Array<ArrayBuffer>;
}

export function componentStats({ shape, rowStart, from, to, component, count }: Runs): ComponentStats {
  const [depth, height] = shape;
  const sizes = new Float64Array(count);
  const centres = new Float64Array(3 * count);
  const boxes = new Int32Array(6 * count);
  for (let c = 0; c < count; c++) boxes.set([depth, -1, height, -1, shape[2], -1], 6 * c);
  for (let row = 0; row < depth * height; row++) {
    const z = Math.floor(row / height);
    const y = row % height;
    for (let run = rowStart[row]!; run < rowStart[row + 1]!; run++) {
      const c = component[run]!;
      const [first, end] = [from[run]!, to[run]!];
      const length = end - first;
      sizes[c]! += length;
      centres[3 * c]! += length * z;
      centres[3 * c + 1]! += length * y;
      centres[3 * c + 2]! += (length * (first + end - 1)) / 2;
      const box = 6 * c;
      boxes[box] = Math.min(boxes[box]!, z);
      boxes[box + 1] = z;
      boxes[box + 2] = Math.min(boxes[box + 2]!, y);
      boxes[box + 3] = Math.max(boxes[box + 3]!, y);
      boxes[box + 4] = Math.min(boxes[box + 4]!, first);
      boxes[box + 5] = Math.max(boxes[box + 5]!, end - 1);
    }
  }
  for (let i = 0; i < centres.length; i++) centres[i]! /= sizes[Math.floor(i / 3)]!;
  return { count, sizes, centres, boxes };
}
