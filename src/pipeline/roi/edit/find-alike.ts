// Places that look like a region: the normalised cross-correlation of its surroundings with those of every pixel, on each of a few
// images [row, column], whitened at the soma radius and averaged over the eight orientations; the mean over the images counts.
// Places already taken are left out. The same question gives the same answer.
import type { Plane } from '../../../base/ndarray.ts';
import { centre, type Region } from '../../../base/region.ts';
import { type Steps, within } from '../../../base/steps.ts';
import { whiten } from '../detect/whiten.ts';

export interface AlikeQuery {
  readonly images: readonly Plane<Float64Array<ArrayBuffer>>[];
  readonly region: Region;
  /** Centres (row, column, …) at which nothing more is wanted; the region's own among them. */
  readonly taken: Float64Array;
  /** Soma radius, px. */
  readonly radius: number;
}

export interface Alike {
  readonly row: number;
  readonly col: number;
  /** −1 … 1. */
  readonly similarity: number;
}

/** Half the side of what is compared, in radii. */
const REACH = 1.5;
const LEAST_SIMILARITY = 0.5;
const MOST = 10;
/** Places nearer to each other than this, in radii, are one. */
const ONE_PLACE = 1.2;

/** Best first; whole pixels. */
export function* findAlike({ images, region, taken, radius }: AlikeQuery): Steps<Alike[]> {
  const { height, width } = images[0]!;
  const [row, col] = centre(region).map(Math.round) as [number, number];
  const total = new Float64Array(height * width);
  for (const [i, image] of images.entries()) {
    const white = yield* within(whiten(image, radius), i / images.length, (i + 0.3) / images.length);
    const similarity = similarities(white, row, col, Math.round(REACH * radius));
    yield* within(adding(similarity, total, 1 / images.length), (i + 0.3) / images.length, (i + 1) / images.length);
  }
  const limit = (ONE_PLACE * radius) ** 2;
  const found: Alike[] = [];
  const isFree = (r: number, c: number) => {
    for (let k = 0; k < taken.length; k += 2) if ((taken[k]! - r) ** 2 + (taken[k + 1]! - c) ** 2 < limit) return false;
    return found.every((one) => (one.row - r) ** 2 + (one.col - c) ** 2 >= limit);
  };
  const order = [...total.keys()].filter((i) => total[i]! >= LEAST_SIMILARITY).sort((a, b) => total[b]! - total[a]! || a - b);
  for (const i of order) {
    const [r, c] = [Math.floor(i / width), i % width];
    if (found.length < MOST && isFree(r, c)) found.push({ row: r, col: c, similarity: total[i]! });
  }
  return found;
}

/** Adds each row of similarities, times `share`, to `total`. */
function* adding(rows: Generator<Float64Array>, total: Float64Array, share: number): Steps<void> {
  let at = 0;
  for (const row of rows) {
    for (const value of row) total[at++]! += share * value;
    yield at / total.length;
  }
}

/** Row by row: the correlation of every pixel's surroundings with those of (row, col); 0 where they reach over the edge. */
function* similarities(
  { data, height, width }: Plane<Float64Array<ArrayBuffer>>,
  row: number,
  col: number,
  half: number,
): Generator<Float64Array> {
  const offsets: [number, number][] = [];
  for (let y = -half; y <= half; y++)
    for (let x = -half; x <= half; x++) if (y * y + x * x <= (half + 0.3) ** 2) offsets.push([y, x]);
  const at = (y: number, x: number) => data[clamp(row + y, height) * width + clamp(col + x, width)]!;
  const turned = ([y, x]: [number, number]) =>
    [at(y, x), at(y, -x), at(-y, x), at(-y, -x), at(x, y), at(x, -y), at(-x, y), at(-x, -y)].reduce((sum, v) => sum + v, 0) / 8;
  const template = centred(Float64Array.from(offsets, turned));
  const steps = Int32Array.from(offsets, ([y, x]) => y * width + x);
  for (let y = 0; y < height; y++) {
    const line = new Float64Array(width);
    for (let x = half; y >= half && y < height - half && x < width - half; x++) {
      let [dot, sum, squares] = [0, 0, 0];
      for (let k = 0; k < steps.length; k++) {
        const value = data[y * width + x + steps[k]!]!;
        dot += template[k]! * value;
        sum += value;
        squares += value * value;
      }
      const power = squares - (sum * sum) / steps.length;
      line[x] = power > 0 ? dot / Math.sqrt(power) : 0;
    }
    yield line;
  }
}

const clamp = (place: number, size: number) => Math.min(size - 1, Math.max(0, place));

/** Minus its mean, over its norm. */
function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const norm = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return values.map((value) => (norm > 0 ? (value - mean) / norm : 0));
}
