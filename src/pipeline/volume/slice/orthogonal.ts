// Planes of a volume [z, y, x] along its axes. XY is [y, x]; XZ is [z, x], so that it stands under XY; YZ is [y, z], so that it
// stands beside XY, as neuroglancer and Fiji lay them out. A slab of several planes is projected onto one.
import { SomascopeError } from '../../../base/errors.ts';
import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import { type Shape3, sameKind, type Volume } from '../volume.ts';

export type PlaneName = 'XY' | 'XZ' | 'YZ';
export type Projection = 'max' | 'min' | 'mean';

/** How a plane lies in the volume's array. */
export interface PlaneWalk {
  readonly height: number;
  readonly width: number;
  /** How far apart in the volume's array: neighbouring planes, rows and columns. */
  readonly plane: number;
  readonly row: number;
  readonly column: number;
  readonly planes: number;
}

export function planeWalk([depth, height, width]: Shape3, name: PlaneName): PlaneWalk {
  const slice = height * width;
  if (name === 'XY') return { height, width, plane: slice, row: width, column: 1, planes: depth };
  if (name === 'XZ') return { height: depth, width, plane: width, row: slice, column: 1, planes: height };
  return { height, width: depth, plane: 1, row: width, column: slice, planes: width };
}

/** How many planes of this name there are. */
export function planeCount(shape: Shape3, name: PlaneName): number {
  return planeWalk(shape, name).planes;
}

function requirePlane(index: number, planes: number, name: PlaneName): void {
  if (Number.isInteger(index) && index >= 0 && index < planes) return;
  throw new SomascopeError('Bug', `There is no ${name} plane ${index}; they go from 0 to ${planes - 1}.`);
}

/** One plane: XY is a view of the volume, the others are copies. */
export function slicePlane<T extends NumericArray>({ data, shape }: Volume<T>, name: PlaneName, index: number): Plane<T> {
  const { height, width, plane, row, column, planes } = planeWalk(shape, name);
  requirePlane(index, planes, name);
  const start = index * plane;
  if (name === 'XY') return { data: data.subarray(start, start + height * width) as T, height, width };
  const out = sameKind(data, height * width);
  let at = 0;
  for (let r = 0; r < height; r++) {
    let from = start + r * row;
    for (let c = 0; c < width; c++, from += column) out[at++] = data[from]!;
  }
  return { data: out, height, width };
}

/**
 * `thickness` planes around `index` (one more behind than before where it is even, fewer at the border) projected onto one.
 * The mean of whole numbers is rounded; a voxel without a value (NaN) is left out, and a pixel of only such voxels has none.
 */
export function projectSlab<T extends NumericArray>(
  volume: Volume<T>,
  name: PlaneName,
  index: number,
  thickness: number,
  projection: Projection,
): Plane<T> {
  const { data, shape } = volume;
  const { height, width, plane, row, column, planes } = planeWalk(shape, name);
  requirePlane(index, planes, name);
  const first = Math.max(0, index - Math.floor((thickness - 1) / 2));
  const last = Math.min(planes - 1, index + Math.floor(thickness / 2));
  if (first === last) return slicePlane(volume, name, index);
  const out = sameKind(data, height * width);
  const total = new Float64Array(width);
  const count = new Uint32Array(width);
  const isFloat = out instanceof Float32Array || out instanceof Float64Array;
  for (let r = 0; r < height; r++) {
    total.fill(projection === 'max' ? -Infinity : projection === 'min' ? Infinity : 0);
    count.fill(0);
    for (let p = first; p <= last; p++) {
      let from = p * plane + r * row;
      for (let c = 0; c < width; c++, from += column) {
        const value = data[from]!;
        if (Number.isNaN(value)) continue;
        count[c]!++;
        if (projection === 'mean') total[c]! += value;
        else if (projection === 'max' ? value > total[c]! : value < total[c]!) total[c] = value;
      }
    }
    for (let c = 0; c < width; c++) {
      const value = count[c] === 0 ? Number.NaN : projection === 'mean' ? total[c]! / count[c]! : total[c]!;
      out[r * width + c] = isFloat ? value : Math.round(value);
    }
  }
  return { data: out, height, width };
}
