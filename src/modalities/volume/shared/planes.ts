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

/** The planes around `index`, as many as there are, in one: integers are rounded. */
export function slabOf<T extends NumericArray>(
  data: T,
  shape: Triple,
  plane: PlaneName,
  index: number,
  { planes, projection }: Slab,
): Plane<T> {
  const last = shape[PLANE_AXES[plane].across]! - 1;
  const from = Math.max(0, index - Math.floor((planes - 1) / 2));
  const to = Math.min(last, from + planes - 1);
  if (to <= from) return planeOf(data, shape, plane, index);
  const first = planeOf(data, shape, plane, from);
  const sum = Float64Array.from(first.data);
  for (let at = from + 1; at <= to; at++) {
    const next = planeOf(data, shape, plane, at).data;
    if (projection === 'mean') for (let i = 0; i < sum.length; i++) sum[i]! += next[i]!;
    else if (projection === 'maximum') for (let i = 0; i < sum.length; i++) sum[i] = Math.max(sum[i]!, next[i]!);
    else for (let i = 0; i < sum.length; i++) sum[i] = Math.min(sum[i]!, next[i]!);
  }
  const out = empty(data, sum.length);
  const share = projection === 'mean' ? 1 / (to - from + 1) : 1;
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  for (let i = 0; i < sum.length; i++) out[i] = isFloat ? sum[i]! * share : Math.round(sum[i]! * share);
  return { ...first, data: out };
}

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
    const value = data[row + columns[x]!]!;
    out[at + x] = value > 255 ? codeOf(value) : value;
  }
}
