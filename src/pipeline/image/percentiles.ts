// Histograms and percentiles of images and frames, for automatic contrast. Pixels without a value (NaN) are left out.
// Percentiles interpolate linearly between order statistics, as numpy does; exact for 8- and 16-bit data by counting, exact
// for others up to `SAMPLE` values, beyond that from evenly spaced ones.
import { BYTES, dtypeOf, type NumericArray } from '../../base/ndarray.ts';

export interface Histogram {
  /** Lowest and highest value; NaN without any. The bins divide this range evenly. */
  readonly low: number;
  readonly high: number;
  readonly counts: Uint32Array<ArrayBuffer>;
}

const SAMPLE = 65_536;

/** The per cents between which automatic contrast stretches. */
export const AUTO_CONTRAST = [1, 99.8] as const;

/** Counts in `bins` equal bins from the lowest to the highest finite value, or over `range`, values beyond it left out. */
export function histogram(data: NumericArray, bins = 256, range?: readonly [low: number, high: number]): Histogram {
  const [low, high] = range ?? finiteRange(data);
  const counts = new Uint32Array(bins);
  const scale = high > low ? bins / (high - low) : 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value >= low && value <= high) counts[Math.min(bins - 1, Math.floor((value - low) * scale))]!++;
  }
  return { low, high, counts };
}

/** The values below which the given per cents (0…100) of the data lie; NaN without data. */
export function percentiles(data: NumericArray, percents: readonly number[]): number[] {
  const dtype = dtypeOf(data);
  if (BYTES[dtype] <= 2) return percentilesByCounting(data, dtype.startsWith('int') ? 2 ** (8 * BYTES[dtype] - 1) : 0, percents);
  const step = Math.max(1, Math.ceil(data.length / SAMPLE));
  const sample = new Float64Array(Math.ceil(data.length / step));
  let length = 0;
  for (let i = 0; i < data.length; i += step) if (!Number.isNaN(data[i]!)) sample[length++] = data[i]!;
  const sorted = sample.subarray(0, length).sort();
  return percents.map((percent) => interpolate(percent, length, (rank) => sorted[rank]!));
}

/** One percentile; see `percentiles`. */
export function percentile(data: NumericArray, percent: number): number {
  return percentiles(data, [percent])[0]!;
}

function percentilesByCounting(data: NumericArray, shift: number, percents: readonly number[]): number[] {
  const counts = new Uint32Array(65_536);
  for (let i = 0; i < data.length; i++) counts[data[i]! + shift]!++;
  const valueAt = (rank: number) => {
    let seen = 0;
    for (let value = 0; value < counts.length; value++) {
      seen += counts[value]!;
      if (seen > rank) return value - shift;
    }
    return Number.NaN;
  };
  return percents.map((percent) => interpolate(percent, data.length, valueAt));
}

function interpolate(percent: number, length: number, valueAt: (rank: number) => number): number {
  if (length === 0) return Number.NaN;
  const place = ((length - 1) * percent) / 100;
  const rank = Math.floor(place);
  const value = valueAt(rank);
  return place === rank ? value : value + (place - rank) * (valueAt(rank + 1) - value);
}

function finiteRange(data: NumericArray): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [Number.NaN, Number.NaN];
}
