// How far a unit moves along the probe: medians of its spikes' depths in stretches of time, µm. Sources: SpikeInterface, Allen.
import { lowerBound } from '../../../base/rising.ts';
import { medianOf } from '../reference/median.ts';
import type { SpikeTimes } from '../spikes/unit-trains.ts';
import { deviation } from './statistics.ts';

export interface PositionDrift {
  readonly ptp: number;
  readonly std: number;
  readonly mad: number;
}

const NONE: PositionDrift = { ptp: Number.NaN, std: Number.NaN, mad: Number.NaN };

/** Medians in whole intervals with at least `least` spikes, against the median of all; NaN where over half have fewer. */
export function positionDrift(
  train: SpikeTimes,
  depths: ArrayLike<number>,
  duration: number,
  rate: number,
  intervalSeconds = 60,
  least = 100,
): PositionDrift {
  const interval = Math.trunc(intervalSeconds * rate);
  const count = Math.floor(duration / interval);
  if (count < 2 || train.length === 0) return NONE;
  const all = new Float64Array(depths);
  const reference = medianOf(all);
  const differences: number[] = [];
  for (let k = 0; k < count; k++) {
    const [from, to] = [lowerBound(train, k * interval), lowerBound(train, (k + 1) * interval)];
    if (to - from >= least) differences.push(medianOf(all.subarray(from, to)) - reference);
  }
  if (differences.length === 0 || count - differences.length > 0.5 * count) return NONE;
  const centre = medianOf(differences);
  return {
    ptp: Math.max(...differences) - Math.min(...differences),
    std: deviation(differences),
    mad: medianOf(differences.map((value) => Math.abs(value - centre))),
  };
}

export interface PositionDriftAllen {
  readonly most: number;
  readonly cumulative: number;
}

/** Allen's: stretches of 100 s with at least 10 spikes, from the first spike of all units on; rounded to 0.01 µm. */
export function positionDriftAllen(
  train: SpikeTimes,
  depths: ArrayLike<number>,
  first: number,
  last: number,
  rate: number,
  intervalSeconds = 100,
  least = 10,
): PositionDriftAllen {
  const all = new Float64Array(depths);
  const interval = intervalSeconds * rate;
  const medians: number[] = [];
  for (let from = first; from + interval <= last; from += interval) {
    const [i, j] = [lowerBound(train, from), lowerBound(train, from + interval)];
    if (j - i >= least) medians.push(medianOf(all.subarray(i, j)));
  }
  if (medians.length === 0) return { most: Number.NaN, cumulative: Number.NaN };
  const steps = medians.slice(1).map((value, i) => Math.abs(value - medians[i]!));
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    most: round(Math.max(...medians) - Math.min(...medians)),
    cumulative: round(steps.reduce((sum, value) => sum + value, 0)),
  };
}
