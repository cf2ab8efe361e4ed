// Planes of a volume [z, y, x] in memory, for the screen: XY is [y, x], XZ [z, x], YZ [y, z]. A slab is the mean, maximum or minimum
// of several planes around one.
import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import type { Triple } from '../../../base/volume.ts';

export const PLANES = ['xy', 'xz', 'yz'] as const;
export type PlaneName = (typeof PLANES)[number];
export const PLANE_TITLES: Readonly<Record<PlaneName, string>> = { xy: 'XY', xz: 'XZ', yz: 'YZ' };

/** Axes [z 0, y 1, x 2] of a plane: the one across it, and those of its rows and columns. */
export const PLANE_AXES: Readonly<Record<PlaneName, { readonly across: number; readonly row: number; readonly col: number }>> = {
  xy: { across: 0, row: 1, col: 2 },
  xz: { across: 1, row: 0, col: 2 },
  yz: { across: 2, row: 1, col: 0 },
};
export const AXIS_NAMES = ['z', 'y', 'x'] as const;

export type Projection = 'mean' | 'maximum' | 'minimum';
export interface Slab {
  readonly planes: number;
  readonly projection: Projection;
}

const empty = <T extends NumericArray>(like: T, length: number): T => new (like.constructor as new (length: number) => T)(length);

/** One plane; XY is a view of the volume, the others are copies. */
export function planeOf<T extends NumericArray>(
  data: T,
  [depth, height, width]: Triple,
  plane: PlaneName,
  index: number,
): Plane<T> {
  const area = height * width;
  if (plane === 'xy') return { data: data.subarray(index * area, (index + 1) * area) as T, height, width };
  if (plane === 'xz') {
    const out = empty(data, depth * width);
    for (let z = 0; z < depth; z++)
      out.set(data.subarray(z * area + index * width, z * area + (index + 1) * width) as never, z * width);
    return { data: out, height: depth, width };
  }
  const out = empty(data, height * depth);
  for (let z = 0; z < depth; z++) {
    let from = z * area + index;
    let to = z;
    for (let y = 0; y < height; y++, from += width, to += depth) out[to] = data[from]!;
  }
  return { data: out, height, width: depth };
}

/**
 * `planes` planes around `index` (one more behind than before where it is even, fewer at the border) projected onto one. The mean of
 * whole numbers is rounded; a voxel without a value (NaN) is left out, and a pixel of only such voxels has none.
 */
export function slabOf<T extends NumericArray>(
  data: T,
  shape: Triple,
  plane: PlaneName,
  index: number,
  { planes, projection }: Slab,
): Plane<T> {
  const { across, row, col } = PLANE_AXES[plane];
  const strides = [shape[1] * shape[2], shape[2], 1];
  const first = Math.max(0, index - Math.floor((planes - 1) / 2));
  const last = Math.min(shape[across]! - 1, index + Math.floor(planes / 2));
  if (first === last) return planeOf(data, shape, plane, index);
  const [height, width, step] = [shape[row]!, shape[col]!, strides[col]!];
  const out = empty(data, height * width);
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  const project = PROJECTIONS[projection];
  const total = new Float64Array(width);
  const count = new Uint32Array(width);
  for (let r = 0; r < height; r++) {
    total.fill(project.start);
    count.fill(0);
    for (let p = first; p <= last; p++) {
      let from = p * strides[across]! + r * strides[row]!;
      for (let c = 0; c < width; c++, from += step) {
        const value = data[from]!;
        if (Number.isNaN(value)) continue;
        count[c]!++;
        total[c] = project.take(total[c]!, value);
      }
    }
    for (let c = 0; c < width; c++) {
      const value = count[c] === 0 ? Number.NaN : projection === 'mean' ? total[c]! / count[c]! : total[c]!;
      out[r * width + c] = isFloat ? value : Math.round(value);
    }
  }
  return { data: out, height, width };
}

const PROJECTIONS: Readonly<Record<Projection, { start: number; take: (total: number, value: number) => number }>> = {
  mean: { start: 0, take: (total, value) => total + value },
  maximum: { start: Number.NEGATIVE_INFINITY, take: Math.max },
  minimum: { start: Number.POSITIVE_INFINITY, take: Math.min },
};

/** Labels as codes of a byte: themselves up to 255, larger ones spread over 1…255, so that neighbours differ. 0 stays 0. */
export function labelCodes(plane: Plane): Plane<Uint8Array<ArrayBuffer>> {
  const { data, height, width } = plane;
  if (data instanceof Uint8Array) return { data, height, width };
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = codeOf(data[i]!);
  return { data: out, height, width };
}

/** The code of one label. */
export function codeOf(label: number): number {
  return label === 0 ? 0 : 1 + ((Math.imul(label, 0x9e3779b1) >>> 0) % 255);
}

/** A label as a byte where some of its volume fit into bytes and some do not: itself up to 255. */
export function byteOf(label: number): number {
  return label > 255 ? codeOf(label) : label;
}

/** All of them as bytes. */
export function bytesOf(labels: NumericArray): Uint8Array<ArrayBuffer> {
  return labels instanceof Uint8Array ? (labels as Uint8Array<ArrayBuffer>) : Uint8Array.from(labels, byteOf);
}

/** Every `step`-th voxel of the planes `from` … `to`, so that no edge exceeds `most`; nearest, as bytes between `low` and `high`. */
export function* coarseBytes(
  data: NumericArray,
  [, height, width]: Triple,
  range: { readonly from: number; readonly to: number },
  most: number,
  limits: Limits | null,
): Steps<{ data: Uint8Array<ArrayBuffer>; shape: Triple }> {
  const planes = range.to - range.from;
  const steps = [planes, height, width].map((extent) => Math.max(1, extent / most));
  const shape = [planes, height, width].map((extent, i) => Math.max(1, Math.floor(extent / steps[i]!))) as unknown as Triple;
  const out = new Uint8Array(shape[0] * shape[1] * shape[2]);
  const columns = Int32Array.from({ length: shape[2] }, (_, x) => Math.min(width - 1, Math.floor((x + 0.5) * steps[2]!)));
  let at = 0;
  for (let z = 0; z < shape[0]; z++) {
    const plane = (range.from + Math.floor((z + 0.5) * steps[0]!)) * height;
    for (let y = 0; y < shape[1]; y++, at += columns.length) {
      const row = (plane + Math.floor((y + 0.5) * steps[1]!)) * width;
      if (limits) pickGrey(data, row, columns, out, at, limits);
      else pickLabels(data, row, columns, out, at);
    }
    yield (z + 1) / shape[0];
  }
  return { data: out, shape };
}

interface Limits {
  readonly low: number;
  readonly high: number;
}

function pickGrey(data: NumericArray, row: number, columns: Int32Array, out: Uint8Array, at: number, { low, high }: Limits) {
  const gain = 255 / (high - low || 1);
  for (let x = 0; x < columns.length; x++) out[at + x] = Math.min(255, Math.max(0, (data[row + columns[x]!]! - low) * gain));
}

function pickLabels(data: NumericArray, row: number, columns: Int32Array, out: Uint8Array, at: number): void {
  for (let x = 0; x < columns.length; x++) {
    out[at + x] = byteOf(data[row + columns[x]!]!);
  }
}
