// Centres of regions, and distances between them, in the order of operations of the reference scorer (neurofinder-python
// 1.1.1 on regional 1.1.2), so that every double comes out the same. Any number of axes; coordinates and distances in pixels.
import { SomascopeError } from '../../base/errors.ts';
import type { Region } from '../../base/region.ts';

export interface Centres {
  /** [region, axis], C order. */
  readonly data: Float64Array<ArrayBuffer>;
  readonly dims: number;
  readonly count: number;
}

/** Per-axis sums over the listed pixels divided by their number. `kind` names the list in errors ('truth', 'estimate').
 *  Throws Invalid for a region without pixels, with coordinates that are no finite numbers, or with another number of axes. */
export function centresOf(regions: readonly Region[], kind: string): Centres {
  const dims = regions[0]?.dims ?? 2;
  const data = new Float64Array(regions.length * dims);
  for (let index = 0; index < regions.length; index++) {
    const { points, dims: own } = regions[index]!;
    const refuse = (why: string) => {
      throw new SomascopeError(
        'Invalid',
        `Region ${index} of the ${kind} ${why}.`,
        { index },
        'Remove the region, then score again.',
      );
    };
    if (points.length === 0) refuse('has no pixels');
    if (own !== dims || points.length % dims !== 0) refuse(`has ${own} numbers a pixel where region 0 has ${dims}`);
    const n = points.length / dims;
    const at = index * dims;
    for (let i = 0; i < points.length; i += dims) for (let axis = 0; axis < dims; axis++) data[at + axis]! += points[i + axis]!;
    for (let axis = 0; axis < dims; axis++) {
      data[at + axis]! /= n;
      if (!Number.isFinite(data[at + axis]!)) refuse('has a coordinate that is not a finite number');
    }
  }
  return { data, dims, count: regions.length };
}

/** Square of the Euclidean distance of centre `i` of `a` to centre `j` of `b`, summed in axis order. */
export function squaredDistance(a: Centres, i: number, b: Centres, j: number): number {
  const { dims } = a;
  let sum = 0;
  for (let axis = 0; axis < dims; axis++) {
    const difference = a.data[i * dims + axis]! - b.data[j * dims + axis]!;
    sum += difference * difference;
  }
  return sum;
}

/** Throws Invalid unless the lists have the same number of axes (an empty list goes with any). */
export function requireSameAxes(truth: Centres, estimate: Centres): void {
  if (truth.count === 0 || estimate.count === 0 || truth.dims === estimate.dims) return;
  throw new SomascopeError('Invalid', `The truth has ${truth.dims} numbers a pixel, the estimate ${estimate.dims}.`);
}
