// Grows the footprint of an active cell around a seed: the pixels that follow a trace while it is high, weighted by a radial
// prior, connected and without holes; the footprint gives a better trace, three times over.
import { type BandMovies, UNITS } from './band-movies.ts';
import { gaussianFilter, gaussianTaps } from './frame-filters.ts';
import { partAround } from './mask.ts';

export interface Footprint {
  /** Window within the stored rows of the band. */
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  /** [row, column] of the window: 1 inside, and the weights, of unit norm, 0 outside. */
  readonly mask: Uint8Array<ArrayBuffer>;
  readonly weights: Float32Array<ArrayBuffer>;
  /** [bin], noise units. */
  readonly trace: Float32Array<ArrayBuffer>;
}

/** A trace is high above this many noise units and above this share of its maximum. */
export const HIGH = 2.5;
const HIGH_SHARE = 0.25;
const ROUNDS = 3;
const WINDOW_RADII = 2.2;
const EDGE_SHARE = 0.3;
const SMOOTHING = gaussianTaps(0.8, 4);

/** Null where nothing hangs together around the seed (row and column within the stored rows). */
export function grow(movies: BandMovies, row: number, col: number, start: Float32Array, radius: number): Footprint | null {
  const reach = Math.ceil(WINDOW_RADII * radius);
  const top = Math.max(0, row - reach);
  const left = Math.max(0, col - reach);
  const height = Math.min(movies.rows, row + reach + 1) - top;
  const width = Math.min(movies.width, col + reach + 1) - left;
  const size = height * width;
  const distance = Float64Array.from({ length: size }, (_, i) =>
    Math.hypot(Math.floor(i / width) + top - row, (i % width) + left - col),
  );
  const prior = distance.map((d) => Math.exp(-0.5 * (Math.max(0, d - radius) / (0.45 * radius)) ** 2));
  const origins = Int32Array.from(
    { length: size },
    (_, i) => ((top + Math.floor(i / width)) * movies.width + left + (i % width)) * movies.bins,
  );
  const follow = new Float32Array(size);
  const smooth = new Float32Array(size);
  let trace = start;
  let found: Footprint | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    if (!followTrace(movies, origins, trace, follow)) return null;
    gaussianFilter(follow, height, width, SMOOTHING, smooth, { from: 0, to: height });
    let largest = 0;
    let seed = -1;
    for (let i = 0; i < size; i++) {
      smooth[i]! *= prior[i]!;
      largest = Math.max(largest, smooth[i]!);
      if (distance[i]! <= radius && (seed < 0 || smooth[i]! > smooth[seed]!)) seed = i;
    }
    const mask = partAround(
      Uint8Array.from(smooth, (value) => (value > EDGE_SHARE * largest ? 1 : 0)),
      height,
      width,
      seed,
    );
    if (!mask) return null;
    const weights = unitWeights(smooth, mask);
    trace = project(movies, origins, weights);
    found = { top, left, height, width, mask, weights, trace: trace as Float32Array<ArrayBuffer> };
  }
  return found;
}

/** out[i] = w · z / w · w with w the trace where it is high; false where it never is. */
function followTrace({ local, bins }: BandMovies, origins: Int32Array, trace: Float32Array, out: Float32Array): boolean {
  let peak = 0;
  for (let t = 0; t < bins; t++) peak = Math.max(peak, trace[t]!);
  const least = Math.max(HIGH, HIGH_SHARE * peak);
  const active: number[] = [];
  for (let t = 0; t < bins; t++) if (trace[t]! > least) active.push(t);
  if (active.length === 0) return false;
  const times = Int32Array.from(active);
  const power = active.reduce((sum, t) => sum + trace[t]! ** 2, 0);
  const weights = Float64Array.from(active, (t) => trace[t]! / power / UNITS);
  for (let i = 0; i < origins.length; i++) {
    const origin = origins[i]!;
    let sum = 0;
    for (let k = 0; k < times.length; k++) sum += weights[k]! * local[origin + times[k]!]!;
    out[i] = sum;
  }
  return true;
}

function unitWeights(smooth: Float32Array, mask: Uint8Array): Float32Array<ArrayBuffer> {
  const weights = Float32Array.from(mask, (inside, i) => (inside ? Math.max(0, smooth[i]!) : 0));
  const norm = Math.sqrt(weights.reduce((sum, value) => sum + value * value, 0)) + 1e-9;
  return weights.map((value) => value / norm);
}

function project({ local, bins }: BandMovies, origins: Int32Array, weights: Float32Array): Float32Array<ArrayBuffer> {
  const trace = new Float64Array(bins);
  for (let i = 0; i < origins.length; i++) {
    const weight = weights[i]! / UNITS;
    if (weight === 0) continue;
    for (let t = 0, at = origins[i]!; t < bins; t++, at++) trace[t]! += weight * local[at]!;
  }
  return Float32Array.from(trace);
}
