// What can be added up slab by slab about each region of a volume [z, y, x]: voxels of each class, grey levels, cell profiles, and
// the direction of its texture within slices. Regions are the values 0 … regions − 1 of the region labels; others are left out.
import { dtypeOf, type NumericArray } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import { filterAlongYX, gaussianKernel } from '../filter/gaussian.ts';
import { findComponents, membersOf } from '../label/run-components.ts';
import { type LabelVolume, requireSameShape, slicesOf, type Volume, voxelCount } from '../volume.ts';

export const LEVELS = 256;

export interface TallyOptions {
  readonly regions: number;
  readonly classes: number;
  /** Grey levels of the first and last of the 256 bins; 0 … 255 for 8-bit data. */
  readonly range?: readonly [low: number, high: number];
}

export interface RegionTally {
  readonly regions: number;
  readonly classes: number;
  readonly low: number;
  readonly high: number;
  /** [region, class] */
  readonly voxels: Float64Array<ArrayBuffer>;
  /** [region, level] */
  readonly levels: Float64Array<ArrayBuffer>;
  /** Sum and sum of squares of the grey levels of each region, and how many have one. */
  readonly sum: Float64Array<ArrayBuffer>;
  readonly squares: Float64Array<ArrayBuffer>;
  readonly valued: Float64Array<ArrayBuffer>;
  /** Cell outlines seen in slices (one cell is seen in several). */
  readonly profiles: Float64Array<ArrayBuffer>;
  /** Structure tensor within slices, summed: yy, xx, yx of each region. */
  readonly texture: Float64Array<ArrayBuffer>;
}

export function makeTally({ regions, classes, range = [0, LEVELS - 1] }: TallyOptions): RegionTally {
  const each = (per: number) => new Float64Array(regions * per);
  const [low, high] = range;
  return {
    regions,
    classes,
    low,
    high,
    voxels: each(classes),
    levels: each(LEVELS),
    sum: each(1),
    squares: each(1),
    valued: each(1),
    profiles: each(1),
    texture: each(3),
  };
}

/** Adds what was tallied of other slabs of the same volume. */
export function joinTally(tally: RegionTally, other: RegionTally): void {
  for (const key of ['voxels', 'levels', 'sum', 'squares', 'valued', 'profiles', 'texture'] as const) {
    const [into, from] = [tally[key], other[key]];
    for (let i = 0; i < into.length; i++) into[i]! += from[i]!;
  }
}

/** Adds a slab to the tally; `cell` is the class whose outlines are counted. A slab needs no halo. */
export function* addToTally(
  tally: RegionTally,
  image: Volume,
  labels: LabelVolume,
  regions: LabelVolume,
  cell: number,
): Steps<void> {
  requireSameShape(image.shape, labels.shape, 'image', 'labels');
  requireSameShape(image.shape, regions.shape, 'image', 'region labels');
  const pixels = image.shape[1] * image.shape[2];
  for (let z = 0; z < image.shape[0]; z++) {
    const region = slicesOf(regions, z, z + 1).data;
    addLevels(tally, image.data, labels.data, region, z * pixels);
    yield* addTexture(tally, slicesOf(image, z, z + 1), region);
    yield* addProfiles(tally, slicesOf(labels, z, z + 1), region, cell);
    yield (z + 1) / image.shape[0];
  }
}

function addLevels(tally: RegionTally, image: NumericArray, labels: Uint8Array, region: Uint8Array, start: number): void {
  const { regions, classes, low, high, voxels, levels, sum, squares, valued } = tally;
  const scale = (LEVELS - 1) / (high - low);
  for (let i = 0; i < region.length; i++) {
    const r = region[i]!;
    if (r >= regions) continue;
    const c = labels[start + i]!;
    if (c < classes) voxels[r * classes + c]!++;
    const value = image[start + i]!;
    if (Number.isNaN(value)) continue;
    const level = Math.round((value - low) * scale);
    levels[r * LEVELS + (level < 0 ? 0 : level >= LEVELS ? LEVELS - 1 : level)]!++;
    sum[r]! += value;
    squares[r]! += value * value;
    valued[r]!++;
  }
}

/** Products of the gradient within the slice, σ = 1 pixel. */
function* addTexture(tally: RegionTally, slice: Volume, region: Uint8Array): Steps<void> {
  const [smooth, slope] = [gaussianKernel(1, 0), gaussianKernel(1, 1)];
  const copy = () => ({ data: new Float32Array(slice.data), shape: slice.shape });
  const [down, right] = [copy(), copy()];
  yield* filterAlongYX(down, slope, smooth);
  yield* filterAlongYX(right, smooth, slope);
  for (let i = 0; i < region.length; i++) {
    const r = region[i]!;
    if (r >= tally.regions) continue;
    const [y, x] = [down.data[i]!, right.data[i]!];
    if (Number.isNaN(y) || Number.isNaN(x)) continue;
    tally.texture[3 * r]! += y * y;
    tally.texture[3 * r + 1]! += x * x;
    tally.texture[3 * r + 2]! += y * x;
  }
}

/** A profile belongs to the region of its first pixel in reading order. */
function* addProfiles(tally: RegionTally, labels: LabelVolume, region: Uint8Array, cell: number): Steps<void> {
  const { rowStart, from, component, count } = yield* findComponents(labels, 4, membersOf(cell));
  const seen = new Uint8Array(count);
  const width = labels.shape[2];
  for (let y = 0; y + 1 < rowStart.length; y++) {
    for (let run = rowStart[y]!; run < rowStart[y + 1]!; run++) {
      if (seen[component[run]!]) continue;
      seen[component[run]!] = 1;
      const r = region[y * width + from[run]!]!;
      if (r < tally.regions) tally.profiles[r]!++;
    }
  }
}

/** Grey levels of a volume for `TallyOptions.range`: those of 8-bit data are themselves. */
export function greyRange({ data, shape }: Volume): readonly [low: number, high: number] {
  if (dtypeOf(data) === 'uint8') return [0, LEVELS - 1];
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < voxelCount(shape); i++) {
    const value = data[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > low ? [low, high] : [0, 1];
}
