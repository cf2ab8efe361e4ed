// Spikes counted by time and depth: what drift is estimated from. Source: SpikeInterface `make_2d_motion_histogram`.
import { smoothGaussian } from '../metrics/statistics.ts';

/** Spikes with their depth in µm; times in seconds, in any order. */
export interface SpikeRaster {
  readonly times: ArrayLike<number>;
  readonly depths: ArrayLike<number>;
}

export interface MotionHistogramOptions {
  readonly binSeconds: number;
  readonly binMicrometres: number;
  /** Standard deviations of the smoothing; 0: none. */
  readonly smoothSeconds: number;
  readonly smoothMicrometres: number;
}

/** SpikeInterface's. */
export const MOTION_HISTOGRAM: MotionHistogramOptions = {
  binSeconds: 2,
  binMicrometres: 5,
  smoothSeconds: 1,
  smoothMicrometres: 1,
};

/** What suits a recording of `duration` s: in less than 80 s finer bins, or its motion would be averaged away. */
export function suitableHistogram(duration: number): MotionHistogramOptions {
  if (duration >= 80) return MOTION_HISTOGRAM;
  // What moves within a few seconds moves within less than the usual bins.
  const binSeconds = Math.min(Math.max(0.5, duration / 40), duration / 20) || 0.5;
  return { binSeconds, binMicrometres: 2, smoothSeconds: 0, smoothMicrometres: 4 };
}

export interface DepthGrid {
  /** [time bin][depth bin]. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly timeEdges: Float64Array<ArrayBuffer>;
  readonly depthEdges: Float64Array<ArrayBuffer>;
}

/** Counts over [0, `duration`] s and [lowest, highest] µm; what lies outside is left out. */
export function motionHistogram(
  { times, depths }: SpikeRaster,
  duration: number,
  [lowest, highest]: readonly [number, number],
  { binSeconds, binMicrometres, smoothSeconds, smoothMicrometres }: MotionHistogramOptions = MOTION_HISTOGRAM,
): DepthGrid {
  const timeBins = Math.max(1, Math.ceil(duration / binSeconds - 1e-9));
  const depthBins = Math.max(1, Math.ceil((highest - lowest) / binMicrometres - 1e-9));
  const timeEdges = Float64Array.from({ length: timeBins + 1 }, (_, i) => i * binSeconds);
  const depthEdges = Float64Array.from({ length: depthBins + 1 }, (_, i) => lowest + i * binMicrometres);
  const values = new Float64Array(timeBins * depthBins);
  for (let i = 0; i < times.length; i++) {
    const t = binOf(times[i]! / binSeconds, timeBins);
    const y = binOf((depths[i]! - lowest) / binMicrometres, depthBins);
    if (t >= 0 && y >= 0) values[t * depthBins + y]!++;
  }
  if (smoothMicrometres > 0) {
    for (let t = 0; t < timeBins; t++) {
      const row = values.subarray(t * depthBins, (t + 1) * depthBins);
      row.set(smoothGaussian(row, smoothMicrometres / binMicrometres, 'zero'));
    }
  }
  if (smoothSeconds > 0) {
    const column = new Float64Array(timeBins);
    for (let y = 0; y < depthBins; y++) {
      for (let t = 0; t < timeBins; t++) column[t] = values[t * depthBins + y]!;
      const smooth = smoothGaussian(column, smoothSeconds / binSeconds, 'zero');
      for (let t = 0; t < timeBins; t++) values[t * depthBins + y] = smooth[t]!;
    }
  }
  return { values, timeEdges, depthEdges };
}

/** The last bin is closed; −1 outside, and for what is no number. */
function binOf(place: number, bins: number): number {
  const bin = Math.floor(place);
  if (bin >= 0 && bin < bins) return bin;
  return place === bins ? bins - 1 : -1;
}
