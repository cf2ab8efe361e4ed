// Spikes over time and depth, and the motion of the probe that they show.
import type { ChainSettings } from './chain.ts';
import type { RecordingSource } from './info.ts';

/** Where and when spikes were: one entry a spike, in order of time. */
export interface SpikePlaces {
  /** s. */
  readonly seconds: Float64Array<ArrayBuffer>;
  /** µm from the tip up. */
  readonly depths: Float64Array<ArrayBuffer>;
  /** µV or the sorter's own unit, positive. */
  readonly amplitudes: Float64Array<ArrayBuffer>;
}

export interface PeaksInput {
  readonly source: RecordingSource;
  readonly frames: number;
  /** Hz. */
  readonly rate: number;
  readonly chain: ChainSettings;
  /** Times the noise. */
  readonly threshold: number;
}

export interface MotionInput extends SpikePlaces {
  /** s of the whole recording. */
  readonly length: number;
}

export interface Motion {
  /** s, and µm by which what lay at its place then was moved up. */
  readonly times: Float64Array<ArrayBuffer>;
  readonly positions: Float64Array<ArrayBuffer>;
}

/** The value of a piecewise linear curve; its ends are held beyond them. */
export function motionAt({ times, positions }: Motion, time: number): number {
  const last = times.length - 1;
  if (last < 0) return 0;
  if (time <= times[0]!) return positions[0]!;
  if (time >= times[last]!) return positions[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle;
    else high = middle;
  }
  const share = (time - times[low]!) / (times[high]! - times[low]! || 1);
  return positions[low]! + share * (positions[high]! - positions[low]!);
}

/** Root mean square between two curves at the times of the first, each about its own median: where zero lies is nobody's choice. */
export function motionError(estimate: Motion, truth: Motion): number {
  const pairs = Array.from(estimate.times, (time, i) => estimate.positions[i]! - motionAt(truth, time));
  if (pairs.length === 0) return Number.NaN;
  const sorted = [...pairs].sort((a, b) => a - b);
  const centre = sorted[sorted.length >> 1]!;
  return Math.sqrt(pairs.reduce((sum, one) => sum + (one - centre) ** 2, 0) / pairs.length);
}
