// Spikes as peaks beyond a multiple of each channel's noise that are the largest within a sweep of time and a radius on the probe
// ("locally exclusive"). Works on filtered samples [frame][channel].
import type { FloatBlock } from '../block.ts';
import { channelsWithin } from '../template/location.ts';
import type { PeakSign } from '../template/shape.ts';

export interface DetectionParameters {
  /** In units of the noise (median absolute deviation as σ). */
  readonly threshold: number;
  readonly sign: PeakSign;
  /** Samples on each side in which a larger peak wins. */
  readonly sweep: number;
  /** µm in which a larger peak wins; 0: each channel alone. */
  readonly radius: number;
}

/** SpikeInterface's: 5 σ, negative, 0.1 ms, 50 µm. */
export function detectionDefaults(rate: number): DetectionParameters {
  return { threshold: 5, sign: 'neg', sweep: Math.max(1, Math.round(0.0001 * rate)), radius: 50 };
}

export interface DetectedSpikes {
  /** Frame within the block, rising. */
  readonly frames: Int32Array<ArrayBuffer>;
  readonly channels: Int32Array<ArrayBuffer>;
  /** Sample at the peak. */
  readonly amplitudes: Float32Array<ArrayBuffer>;
}

/**
 * Of equal peaks the first in time, then the lowest channel stays. Channels without noise (0 or NaN) have no spikes.
 * `neighbours`: see `neighboursWithin`.
 */
export function detectSpikes(
  { data, frames, channels }: FloatBlock,
  noise: ArrayLike<number>,
  neighbours: readonly ArrayLike<number>[],
  { threshold, sign, sweep }: DetectionParameters,
): DetectedSpikes {
  const limit = Float64Array.from(noise, (level) => (level > 0 ? threshold * level : Infinity));
  const size = sign === 'neg' ? (x: number) => -x : sign === 'pos' ? (x: number) => x : Math.abs;
  const found: number[] = [];
  const amplitudes: number[] = [];
  const isLargest = (t: number, c: number, own: number): boolean => {
    const from = Math.max(0, t - sweep);
    const to = Math.min(frames - 1, t + sweep);
    const near = neighbours[c]!;
    for (let k = 0; k < near.length; k++) {
      const other = near[k]!;
      for (let s = from; s <= to; s++) {
        const value = size(data[s * channels + other]!);
        if (value > own || (value === own && (s < t || (s === t && other < c)))) return false;
      }
    }
    return true;
  };
  for (let t = 0, at = 0; t < frames; t++) {
    for (let c = 0; c < channels; c++, at++) {
      const own = size(data[at]!);
      if (own < limit[c]! || !isLargest(t, c, own)) continue;
      found.push(t, c);
      amplitudes.push(data[at]!);
    }
  }
  return {
    frames: Int32Array.from({ length: amplitudes.length }, (_, i) => found[2 * i]!),
    channels: Int32Array.from({ length: amplitudes.length }, (_, i) => found[2 * i + 1]!),
    amplitudes: Float32Array.from(amplitudes),
  };
}

/** Per channel itself and those within `radius` µm. `positions` [channel][x, y]. */
export function neighboursWithin(positions: ArrayLike<number>, radius: number): Int32Array<ArrayBuffer>[] {
  return Array.from({ length: positions.length / 2 }, (_, c) => channelsWithin(positions, c, radius));
}
