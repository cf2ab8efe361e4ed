// A volume: a typed array [z, y, x], C order, and how it is cut into slabs, so that no computation needs more than a part at once.

import { SomascopeError } from '../../base/errors.ts';
import { dtypeOf, makeArray, type NumericArray } from '../../base/ndarray.ts';

/** Extents along z, y and x. */
export type Shape3 = readonly [depth: number, height: number, width: number];

export interface Volume<T extends NumericArray = NumericArray> {
  readonly data: T;
  readonly shape: Shape3;
}

/** Labels as they are kept everywhere here: one byte a voxel. */
export type LabelVolume = Volume<Uint8Array<ArrayBuffer>>;
export type FloatVolume = Volume<Float32Array<ArrayBuffer>>;

export function voxelCount([depth, height, width]: Shape3): number {
  return depth * height * width;
}

/** Throws `Invalid`, naming both shapes, where two volumes do not cover the same voxels. */
export function requireSameShape(a: Shape3, b: Shape3, nameA: string, nameB: string): void {
  if (a.every((extent, axis) => extent === b[axis])) return;
  const message = `The ${nameA} is ${a.join(' × ')} voxels, the ${nameB} ${b.join(' × ')} (z × y × x).`;
  throw new SomascopeError('Invalid', message, {}, 'Give both the same cutout and the same axis order.');
}

/** A zeroed array of the same kind. */
export function sameKind<T extends NumericArray>(data: T, length: number): T {
  return makeArray(dtypeOf(data), length) as T;
}

/** Slices from `from` up to `to` as a view. */
export function slicesOf<T extends NumericArray>({ data, shape }: Volume<T>, from: number, to: number): Volume<T> {
  const pixels = shape[1] * shape[2];
  return { data: data.subarray(from * pixels, to * pixels) as T, shape: [to - from, shape[1], shape[2]] };
}

/** A block of slices, and the wider block that must be read for its values to be those of the whole volume. */
export interface Slab {
  readonly from: number;
  readonly to: number;
  readonly readFrom: number;
  readonly readTo: number;
}

/** First slice and end of the cutout that slice `z` lies in; `seams` are the first slices of further cutouts in the same stack. */
export function cutoutAt(z: number, depth: number, seams: readonly number[]): readonly [start: number, end: number] {
  return [seams.findLast((seam) => seam <= z) ?? 0, seams.find((seam) => seam > z) ?? depth];
}

/**
 * Cuts the slices `from` … `to` of `depth` into slabs of `thickness`, each read with `halo` slices on either side where there are any.
 * No slab and no halo goes across a seam.
 */
export function slabsOf(
  depth: number,
  thickness: number,
  halo: number,
  { from = 0, to = depth, seams = [] }: { readonly from?: number; readonly to?: number; readonly seams?: readonly number[] } = {},
): Slab[] {
  const slabs: Slab[] = [];
  for (let first = from; first < to; ) {
    const [start, end] = cutoutAt(first, depth, seams);
    const last = Math.min(to, end, first + thickness);
    slabs.push({ from: first, to: last, readFrom: Math.max(start, first - halo), readTo: Math.min(end, last + halo) });
    first = last;
  }
  return slabs;
}
