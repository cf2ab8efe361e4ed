// Bins of a movie [bin, pixel] minus their running mean over 60 s, over the noise of each pixel: sqrt(mean squared difference
// of successive bins / 2). Near the ends the first and the last bin are repeated; a short movie loses its plain mean instead.
import type { Steps } from '../../../base/steps.ts';

export interface Detrender {
  /** For the pixels from … to − 1, a writer of one bin after the other from 0, in noise units. Pixels that never change are 0. */
  over(from: number, to: number): (bin: number, out: Float32Array) => void;
}

const WINDOW_S = 60;
/** Pixels that go through the whole movie together, so that their sums stay in the nearest cache. */
const TILE = 2048;

export function* makeDetrender(binned: Uint16Array, pixels: number, bins: number, binRate: number): Steps<Detrender> {
  const window = Math.max(3, Math.round(WINDOW_S * binRate) | 1);
  const inverse = new Float32Array(pixels);
  const makeTrend = (from: number, to: number) =>
    window < bins ? runningSums(binned, pixels, bins, window, from, to) : plainSums(binned, pixels, bins, from, to);
  const scale = 1 / Math.min(window, bins);
  for (let from = 0; from < pixels; from += TILE) {
    const to = Math.min(pixels, from + TILE);
    measureNoise(binned, pixels, bins, makeTrend(from, to), scale, from, inverse.subarray(from, to));
    yield (0.1 * from) / pixels;
  }
  return {
    over(from, to) {
      const trend = makeTrend(from, to);
      return (bin, out) => {
        const sums = trend(bin);
        const at = bin * pixels + from;
        for (let i = 0; i < sums.length; i++) out[i] = (binned[at + i]! - sums[i]! * scale) * inverse[from + i]!;
      };
    },
  };
}

/** inverse[i] = 1 / noise of pixel from + i. */
function measureNoise(
  binned: Uint16Array,
  pixels: number,
  bins: number,
  trend: Trend,
  scale: number,
  from: number,
  inverse: Float32Array,
): void {
  const power = new Float64Array(inverse.length);
  const before = new Float64Array(inverse.length);
  for (let bin = 0; bin < bins; bin++) {
    const sums = trend(bin);
    const at = bin * pixels + from;
    // The first bin has none before it, so its difference counts 0 times.
    const weight = bin === 0 ? 0 : 1;
    for (let i = 0; i < power.length; i++) {
      const value = binned[at + i]! - sums[i]! * scale;
      const step = value - before[i]!;
      before[i] = value;
      power[i]! += weight * step * step;
    }
  }
  for (let i = 0; i < power.length; i++) inverse[i] = power[i]! > 0 ? Math.sqrt((2 * Math.max(1, bins - 1)) / power[i]!) : 0;
}

/** Sums over the window around a bin, for some pixels; exact, and asked for from bin 0 upwards. */
type Trend = (bin: number) => Int32Array;

function runningSums(binned: Uint16Array, pixels: number, bins: number, window: number, from: number, to: number): Trend {
  const reach = (window - 1) / 2;
  const sums = new Int32Array(to - from);
  const start = (bin: number) => Math.min(bins - 1, Math.max(0, bin)) * pixels + from;
  for (let k = -reach - 1; k < reach; k++) {
    for (let i = 0, at = start(k); i < sums.length; i++) sums[i]! += binned[at + i]!;
  }
  return (bin) => {
    const enter = start(bin + reach);
    const leave = start(bin - reach - 1);
    for (let i = 0; i < sums.length; i++) sums[i]! += binned[enter + i]! - binned[leave + i]!;
    return sums;
  };
}

function plainSums(binned: Uint16Array, pixels: number, bins: number, from: number, to: number): Trend {
  const sums = new Int32Array(to - from);
  for (let bin = 0; bin < bins; bin++) {
    for (let i = 0, at = bin * pixels + from; i < sums.length; i++) sums[i]! += binned[at + i]!;
  }
  return () => sums;
}
