// Shape of a trace in single numbers, and where its strongest transients are. Missing samples are NaN and take no part.
import { percentile } from '../image/percentiles.ts';
import { deltaF } from './delta-f.ts';

/** Third standardised moment; NaN for fewer than three samples or a flat trace. */
export function skewness(trace: ArrayLike<number>): number {
  const values = Array.from(trace).filter(Number.isFinite);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let square = 0;
  let cube = 0;
  for (const value of values) {
    square += (value - mean) ** 2 / values.length;
    cube += (value - mean) ** 3 / values.length;
  }
  return values.length > 2 && square > 0 ? cube / square ** 1.5 : Number.NaN;
}

/** (largest − median) / median; NaN where the median is not positive. */
export function largestRise(trace: ArrayLike<number>): number {
  const values = Float64Array.from(Array.from(trace).filter(Number.isFinite));
  if (values.length === 0) return Number.NaN;
  const median = percentile(values, 50);
  const largest = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return median > 0 ? (largest - median) / median : Number.NaN;
}

/** Seconds between two peaks that count as two. */
const APART_S = 2;

/**
 * Samples of the `count` highest peaks of the trace above its maximin baseline, at least 2 s apart, strongest first. Fewer where
 * the trace is short.
 */
export function strongestTransients(trace: ArrayLike<number>, rateHz: number, count: number): number[] {
  const above = deltaF(trace, rateHz);
  const isPeak = (value: number, t: number) =>
    Number.isFinite(value) && value > 0 && !(above[t - 1]! > value) && !(above[t + 1]! >= value);
  const peaks = [...above.keys()].filter((t) => isPeak(above[t]!, t)).sort((a, b) => above[b]! - above[a]! || a - b);
  const apart = APART_S * rateHz;
  const taken: number[] = [];
  for (const peak of peaks) {
    if (taken.length === count) break;
    if (taken.every((other) => Math.abs(other - peak) >= apart)) taken.push(peak);
  }
  return taken;
}
