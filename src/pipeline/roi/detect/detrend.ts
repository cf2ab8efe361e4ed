// Bins of a movie [bin, pixel] minus their running mean over 60 s, over the noise of each pixel: sqrt(mean squared difference
// of successive bins / 2). Near the ends the first and the last bin are repeated; a short movie loses its plain mean instead.
import type { Steps } from '../../../base/steps.ts';

/** Writes one bin after the other, from 0 upwards, in noise units. Pixels that never change are 0. */
export type Detrender = (bin: number, out: Float32Array) => void;

const WINDOW_S = 60;
/** Pixels that go through the whole movie together, so that their sums stay in the nearest cache. */
const TILE = 2048;

export function* makeDetrender(binned: Uint16Array, pixels: number, bins: number, binRate: number): Steps<Detrender> {
  const window = Math.max(3, Math.round(WINDOW_S * binRate) | 1);
  // A plain mean is a running one whose window neither gains nor loses a bin.
  const reach = window < bins ? (window - 1) / 2 : null;
  const scale = 1 / Math.min(window, bins);
  const movie: Trended = { binned, pixels, bins, reach, scale };
  const inverse = new Float32Array(pixels);
  for (let from = 0; from < pixels; from += TILE) {
    measureNoise(movie, from, inverse.subarray(from, Math.min(pixels, from + TILE)));
    yield (0.1 * from) / pixels;
  }
  const sums = firstSums(movie, 0, pixels);
  return (bin, out) => writeBin(movie, bin, sums, inverse, out);
}

interface Trended {
  /** [bin, pixel]. */
  readonly binned: Uint16Array;
  readonly pixels: number;
  readonly bins: number;
  /** Bins of the window on either side; null for all bins. */
  readonly reach: number | null;
  readonly scale: number;
}

/** Where the bin begins that enters the window at `bin`, and the one that leaves it; the same one where the window is all bins. */
function changes({ pixels, bins, reach }: Trended, bin: number): { enter: number; leave: number } {
  if (reach === null) return { enter: 0, leave: 0 };
  return { enter: Math.min(bins - 1, bin + reach) * pixels, leave: Math.max(0, bin - reach - 1) * pixels };
}

/** Exact sums over the window one bin before the first, of the pixels from … to − 1. */
function firstSums({ binned, pixels, bins, reach }: Trended, from: number, to: number): Int32Array<ArrayBuffer> {
  const sums = new Int32Array(to - from);
  const [first, end] = reach === null ? [0, bins] : [-reach - 1, reach];
  for (let k = first; k < end; k++) {
    const start = Math.min(bins - 1, Math.max(0, k)) * pixels + from;
    for (let i = 0; i < sums.length; i++) sums[i]! += binned[start + i]!;
  }
  return sums;
}

function writeBin(movie: Trended, bin: number, sums: Int32Array, inverse: Float32Array, out: Float32Array): void {
  const { binned, pixels, scale } = movie;
  const { enter, leave } = changes(movie, bin);
  const at = bin * pixels;
  for (let i = 0; i < pixels; i++) {
    const sum = sums[i]! + binned[enter + i]! - binned[leave + i]!;
    sums[i] = sum;
    out[i] = (binned[at + i]! - sum * scale) * inverse[i]!;
  }
}

/** inverse[i] = 1 / noise of pixel from + i. */
function measureNoise(movie: Trended, from: number, inverse: Float32Array): void {
  const { binned, pixels, bins, scale } = movie;
  const power = new Float64Array(inverse.length);
  for (let bin = 1; bin < bins; bin++) {
    const { enter, leave } = changes(movie, bin);
    const at = bin * pixels + from;
    addSquares(power, binned, at, at - pixels, enter + from, leave + from, scale);
  }
  for (let i = 0; i < power.length; i++) inverse[i] = power[i]! > 0 ? Math.sqrt((2 * Math.max(1, bins - 1)) / power[i]!) : 0;
}

/** power += (the step from one bin to the next, less that of the trend)². */
function addSquares(
  power: Float64Array,
  binned: Uint16Array,
  now: number,
  before: number,
  enter: number,
  leave: number,
  scale: number,
): void {
  for (let i = 0; i < power.length; i++) {
    const step = binned[now + i]! - binned[before + i]! - (binned[enter + i]! - binned[leave + i]!) * scale;
    power[i]! += step * step;
  }
}
