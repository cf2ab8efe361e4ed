// Fills the voxels [z, y, x] that hang together with the one clicked and have its label: within a plane or in three dimensions, and,
// if an image is given, only where its grey level is like the clicked one. Scan-line filling (Heckbert 1990).
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import { type PlaneName, planeWalk } from '../slice/orthogonal.ts';
import { type Volume, voxelCount } from '../volume.ts';
import type { Stroke } from './stroke.ts';

export interface FloodOptions {
  /** The plane to stay in; everywhere without it. */
  readonly within?: PlaneName;
  /** Grey levels up to `tolerance` away from that of the seed. */
  readonly image?: Volume<NumericArray>;
  readonly tolerance?: number;
}

/** Paints with the stroke from voxel (z · height + y) · width + x on; returns the voxels filled. */
export function* floodFill(stroke: Stroke, seed: number, { within, image, tolerance = 0 }: FloodOptions = {}): Steps<number> {
  const { data, shape } = stroke.labels;
  const [depth, height, width] = shape;
  const label = data[seed]!;
  const grey = image?.data[seed];
  const seen = new Uint8Array(voxelCount(shape));
  const isSame = (i: number) => !seen[i] && data[i] === label && (!image || Math.abs(image.data[i]! - grey!) <= tolerance);
  const walk = planeWalk(shape, within ?? 'XY');
  // Lines to fill run along the plane's columns; without a plane along x, with rows and planes to either side.
  const along = walk.column;
  const length = walk.width;
  const sides: readonly (readonly [step: number, count: number])[] = within
    ? [[walk.row, walk.height]]
    : [
        [width, height],
        [height * width, depth],
      ];
  const stack = [seed];
  let filled = 0;
  for (let start = stack.pop(); start !== undefined; start = stack.pop()) {
    if (!isSame(start)) continue;
    const place = Math.floor(start / along) % length;
    let first = start;
    for (let k = place; k > 0 && isSame(first - along); k--) first -= along;
    let end = start;
    for (let k = place; k < length - 1 && isSame(end + along); k++) end += along;
    for (let i = first; i <= end; i += along) seen[i] = 1;
    for (const [step, count] of sides) {
      const row = Math.floor(first / step) % count;
      if (row > 0) pushStarts(first - step, end - step);
      if (row < count - 1) pushStarts(first + step, end + step);
    }
    const voxels = (end - first) / along + 1;
    if (along === 1) stroke.paint(first, voxels);
    else for (let i = first; i <= end; i += along) stroke.paint(i, 1);
    filled += voxels;
    if (stack.length % 256 === 0) yield filled / data.length;
  }
  return filled;

  /** One start for each stretch of a neighbouring line that is to be filled. */
  function pushStarts(from: number, to: number): void {
    let isInside = false;
    for (let i = from; i <= to; i += along) {
      const same = isSame(i);
      if (same && !isInside) stack.push(i);
      isInside = same;
    }
  }
}
