// How much and how evenly a unit fires. Trains are rising samples.
import type { Steps } from '../../../base/steps.ts';
import type { SpikeTimes, UnitTrains } from '../spikes/unit-trains.ts';
import { countsBetween, quantileOfSorted, sorted } from './statistics.ts';

/** SpikeInterface's: share of the whole bins of `binSeconds` in which the unit fires; NaN where the recording is shorter. */
export function presenceRatio(train: SpikeTimes, duration: number, rate: number, binSeconds = 60): number {
  const bin = Math.trunc(binSeconds * rate);
  const bins = Math.floor(duration / bin);
  if (bins === 0) return Number.NaN;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i * bin);
  return countsBetween(train, edges).filter((count) => count > 0).length / bins;
}

/** Allen's: 99 bins from the first to the last spike of all units, divided by 100, so that a unit that is always there has 0.99. */
export function presenceRatioAllen(train: SpikeTimes, first: number, last: number): number {
  const edges = Float64Array.from({ length: 100 }, (_, i) => (i === 99 ? last : first + (i * (last - first)) / 99));
  return countsBetween(train, edges).filter((count) => count > 0).length / 100;
}

/** 95th minus 5th percentile of the rate in bins of `binSeconds`, in Hz; NaN where the recording is shorter. */
export function firingRange(train: SpikeTimes, duration: number, rate: number, binSeconds = 5): number {
  const bin = Math.trunc(binSeconds * rate);
  const bins = Math.floor(duration / bin);
  if (bins === 0) return Number.NaN;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i * bin);
  const rates = sorted(countsBetween(train, edges).map((count) => count / binSeconds));
  return quantileOfSorted(rates, 0.95) - quantileOfSorted(rates, 0.05);
}

export const SYNCHRONY_SIZES = [2, 4, 8] as const;

/**
 * Per unit and size the share of its spikes that coincide, at the very sample, with so many spikes in all (itself included),
 * [unit][size]; NaN for a unit without spikes. `times` rise.
 */
export function* synchrony(
  times: ArrayLike<number>,
  { spikes, start, unitIds }: UnitTrains,
  sizes: readonly number[] = SYNCHRONY_SIZES,
): Steps<Float64Array<ArrayBuffer>> {
  const group = new Uint16Array(times.length);
  for (let from = 0; from < times.length; ) {
    let to = from + 1;
    while (to < times.length && times[to] === times[from]) to++;
    if (to - from > 1) group.fill(Math.min(65_535, to - from), from, to);
    // The stride of the report: whenever another 2^20 spikes are done.
    if (from >> 20 !== to >> 20) yield (0.5 * to) / times.length;
    from = to;
  }
  const out = new Float64Array(unitIds.length * sizes.length);
  for (let u = 0; u < unitIds.length; u++) {
    const [from, to] = [start[u]!, start[u + 1]!];
    for (let i = from; i < to; i++) {
      const size = group[spikes[i]!]!;
      if (size > 1) for (let k = 0; k < sizes.length; k++) if (size >= sizes[k]!) out[u * sizes.length + k]!++;
    }
    for (let k = 0; k < sizes.length; k++) out[u * sizes.length + k]! /= to - from;
    if (from >> 20 !== to >> 20) yield 0.5 + (0.5 * to) / times.length;
  }
  return out;
}
