// Separable Gaussian filters and their derivatives on volumes [z, y, x], as scipy.ndimage.gaussian_filter computes them: kernel of
// radius round(4σ), values beyond the border mirrored with the edge voxel repeated (d c b a | a b c d), sums in float64, results
// in float32. σ in voxels. z goes first and may give a few slices of a wider slab, so that a slice costs what a slice costs.
import type { NumericArray } from '../../../base/ndarray.ts';
import { type Steps, within } from '../../../base/steps.ts';
import type { FloatVolume, Volume } from '../volume.ts';

export type Order = 0 | 1 | 2;
export type Orders = readonly [z: Order, y: Order, x: Order];

/** Slices of the input for which values are wanted. */
export interface Core {
  readonly from: number;
  readonly to: number;
}

/** Taps 0 … radius; the other half mirrors them, with the opposite sign in odd orders. */
export interface Kernel {
  readonly taps: Float64Array<ArrayBuffer>;
  readonly isOdd: boolean;
}

/** How far a filter of σ reaches. */
export function gaussianRadius(sigma: number): number {
  return Math.floor(4 * sigma + 0.5);
}

export function gaussianKernel(sigma: number, order: Order): Kernel {
  const radius = gaussianRadius(sigma);
  const taps = Float64Array.from({ length: radius + 1 }, (_, x) => Math.exp((-0.5 * x * x) / (sigma * sigma)));
  const sum = taps.reduce((total, value, x) => total + (x === 0 ? value : 2 * value), 0);
  const square = sigma * sigma;
  for (let x = 0; x <= radius; x++) {
    const factor = order === 0 ? 1 : order === 1 ? x / square : (x * x) / (square * square) - 1 / square;
    taps[x]! *= factor / sum;
  }
  return { taps, isOdd: order === 1 };
}

/** The place that stands in for `at` beyond the ends of a line of `length`. */
export function reflect(at: number, length: number): number {
  const period = 2 * length;
  const place = ((at % period) + period) % period;
  return place < length ? place : period - 1 - place;
}

/** Along z: the slices `core` of the volume, from as far around them as there are. */
export function* filterAlongZ({ data, shape }: Volume, { from, to }: Core, kernel: Kernel): Steps<FloatVolume> {
  const [depth, height, width] = shape;
  const pixels = height * width;
  const out = new Float32Array((to - from) * pixels);
  const sum = new Float64Array(pixels);
  const { taps, isOdd } = kernel;
  for (let z = from; z < to; z++) {
    const centre = z * pixels;
    const first = taps[0]!;
    for (let i = 0; i < pixels; i++) sum[i] = first * data[centre + i]!;
    for (let k = 1; k < taps.length; k++) {
      addPair(sum, data, reflect(z + k, depth) * pixels, reflect(z - k, depth) * pixels, taps[k]!, isOdd);
      if (k % 4 === 0) yield (z - from) / (to - from);
    }
    out.set(sum, (z - from) * pixels);
    yield (z + 1 - from) / (to - from);
  }
  return { data: out, shape: [to - from, height, width] };
}

/** Adds a tap and its mirror image to a line of sums. */
function addPair(sum: Float64Array, data: NumericArray, ahead: number, behind: number, tap: number, isOdd: boolean): void {
  const length = sum.length;
  if (isOdd) for (let i = 0; i < length; i++) sum[i]! += tap * (data[ahead + i]! - data[behind + i]!);
  else for (let i = 0; i < length; i++) sum[i]! += tap * (data[ahead + i]! + data[behind + i]!);
}

/** Along y and x, in place, one slice after another. */
export function* filterAlongYX({ data, shape }: FloatVolume, y: Kernel | null, x: Kernel | null): Steps<void> {
  const [depth, height, width] = shape;
  const pixels = height * width;
  const slice = new Float32Array(pixels);
  for (let z = 0; z < depth; z++) {
    const here = data.subarray(z * pixels, (z + 1) * pixels);
    if (y) {
      slice.set(here);
      filterColumns(slice, here, height, width, y);
    }
    if (x) filterRows(here, height, width, x);
    yield (z + 1) / depth;
  }
}

function filterColumns(
  from: Float32Array<ArrayBuffer>,
  to: Float32Array,
  height: number,
  width: number,
  { taps, isOdd }: Kernel,
): void {
  const sum = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < width; i++) sum[i] = taps[0]! * from[y * width + i]!;
    for (let k = 1; k < taps.length; k++) {
      addPair(sum, from, reflect(y + k, height) * width, reflect(y - k, height) * width, taps[k]!, isOdd);
    }
    to.set(sum, y * width);
  }
}

function filterRows(data: Float32Array, height: number, width: number, { taps, isOdd }: Kernel): void {
  const radius = taps.length - 1;
  const line = new Float64Array(width + 2 * radius);
  const places = Int32Array.from(line, (_, i) => reflect(i - radius, width));
  for (let start = 0; start < height * width; start += width) {
    for (let i = 0; i < line.length; i++) line[i] = data[start + places[i]!]!;
    for (let i = 0; i < width; i++) {
      const centre = i + radius;
      let sum = taps[0]! * line[centre]!;
      if (isOdd) for (let k = 1; k <= radius; k++) sum += taps[k]! * (line[centre + k]! - line[centre - k]!);
      else for (let k = 1; k <= radius; k++) sum += taps[k]! * (line[centre + k]! + line[centre - k]!);
      data[start + i] = sum;
    }
  }
}

export function wholeOf({ shape }: Volume): Core {
  return { from: 0, to: shape[0] };
}

/** The Gaussian of σ, or its derivative of the given order along each axis, for the slices `core` (without it: all). */
export function* gaussian(
  volume: Volume,
  sigma: number,
  orders: Orders = [0, 0, 0],
  core: Core = wholeOf(volume),
): Steps<FloatVolume> {
  const along = orders.map((order) => gaussianKernel(sigma, order)) as [Kernel, Kernel, Kernel];
  const out = yield* within(filterAlongZ(volume, core, along[0]), 0, 0.35);
  yield* within(filterAlongYX(out, along[1], along[2]), 0.35, 1);
  return out;
}
