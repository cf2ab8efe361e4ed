// What the amplitudes of a unit's spikes say about spikes that were missed and about noise. Amplitudes are signed, in any unit.
import { lowerBound } from '../../../base/rising.ts';
import { medianOf } from '../reference/median.ts';
import type { SpikeTimes } from '../spikes/unit-trains.ts';
import { binCounts, deviation, mean, quantileInPlace, quantileOfSorted, smoothGaussian, sorted } from './statistics.ts';

export function amplitudeMedian(amplitudes: ArrayLike<number>): number {
  return medianOf(amplitudes);
}

/** Median amplitudes below zero are turned round. */
function upright(amplitudes: ArrayLike<number>): Float64Array {
  const values = new Float64Array(amplitudes);
  if (amplitudeMedian(values) < 0) for (let i = 0; i < values.length; i++) values[i] = -values[i]!;
  return values;
}

/**
 * SpikeInterface's share of spikes missed below the threshold, at most 0.5; NaN for fewer than five spikes a bin. The smoothed
 * counts are cut to integers, as in all published values.
 */
export function amplitudeCutoff(amplitudes: ArrayLike<number>, bins = 100, sigma = 3, leastPerBin = 5): number {
  const n = amplitudes.length;
  if (n / bins < leastPerBin) return Number.NaN;
  const pdf = smoothGaussian(binCounts(upright(amplitudes), bins).counts, sigma, 'nearest').map(Math.trunc);
  let mirror = 0;
  pdf.forEach((value, i) => {
    if (value >= pdf[0]!) mirror = i;
  });
  const missing = pdf.subarray(mirror + 1).reduce((sum, value) => sum + value, 0);
  return Math.min(missing / (n + missing), 0.5);
}

/** Allen's: 500 bins of density; NaN of no spikes. */
export function amplitudeCutoffAllen(amplitudes: ArrayLike<number>, bins = 500, sigma = 3): number {
  const n = amplitudes.length;
  if (n === 0) return Number.NaN;
  const { counts, edges } = binCounts(upright(amplitudes), bins);
  const width = (edges[bins]! - edges[0]!) / bins;
  const pdf = smoothGaussian(
    counts.map((count) => count / n / width),
    sigma,
    'reflect',
  );
  let peak = 0;
  pdf.forEach((value, i) => {
    if (value > pdf[peak]!) peak = i;
  });
  let mirror = peak;
  for (let i = peak; i < bins; i++) if (Math.abs(pdf[i]! - pdf[0]!) < Math.abs(pdf[mirror]! - pdf[0]!)) mirror = i;
  return Math.min(pdf.subarray(mirror).reduce((sum, value) => sum + value, 0) * width, 0.5);
}

export interface NoiseCutoff {
  /** Standard deviations by which the lowest amplitudes are too many. */
  readonly cutoff: number;
  /** Height of the lowest bins relative to the highest bin. */
  readonly ratio: number;
}

/** Bins up to the 10 % quantile against bins from the 75 % quantile on; NaN where there are none. */
export function noiseCutoff(amplitudes: ArrayLike<number>, bins = 100): NoiseCutoff {
  const missing = { cutoff: Number.NaN, ratio: Number.NaN };
  if (amplitudes.length === 0) return missing;
  const values = upright(amplitudes);
  const order = values.slice();
  const { counts, edges } = binCounts(values, bins);
  const [q10, q75] = [quantileInPlace(order, 0.1), quantileInPlace(order, 0.75)];
  const low = counts.filter((_, i) => edges[i + 1]! <= q10);
  const high = counts.filter((_, i) => edges[i]! >= q75);
  if (low.length === 0 || high.length === 0) return missing;
  const spread = deviation(high);
  if (spread === 0) return missing;
  return { cutoff: (mean(low) - mean(high)) / spread, ratio: mean(low) / counts.reduce((most, n) => Math.max(most, n), 0) };
}

export interface AmplitudeSpread {
  readonly median: number;
  /** 5 to 95 % range. */
  readonly range: number;
}

/** Coefficient of variation in stretches that hold `perBin` spikes on average; NaN for fewer than `leastBins` stretches. */
export function amplitudeSpread(
  train: SpikeTimes,
  amplitudes: ArrayLike<number>,
  duration: number,
  perBin = 50,
  leastBins = 10,
): AmplitudeSpread {
  const missing = { median: Number.NaN, range: Number.NaN };
  if (train.length === 0) return missing;
  const bin = Math.trunc((perBin / train.length) * duration);
  const edges: number[] = [];
  for (let edge = 0; edge < duration; edge += bin) edges.push(edge);
  if (edges.length < leastBins) return missing;
  const size = Math.abs(mean(amplitudes));
  const values = new Float64Array(amplitudes);
  const spreads = sorted(
    edges.slice(1).map((edge, i) => deviation(values.subarray(lowerBound(train, edges[i]!), lowerBound(train, edge))) / size),
  );
  // A stretch without spikes has no spread, and then neither has the unit.
  if (spreads.length < leastBins || spreads.some(Number.isNaN)) return missing;
  return { median: quantileOfSorted(spreads, 0.5), range: quantileOfSorted(spreads, 0.95) - quantileOfSorted(spreads, 0.05) };
}
