// Spikes too close to each other to come from one neuron. Trains are rising samples; D is a duration in samples.
// Sources: Hill et al. 2011 (ratio), Llobet et al. 2022 (contamination), Roth et al. 2023 (sliding), Allen's ecephys_spike_sorting.
import { autoCorrelogram } from '../correlogram/correlogram.ts';
import type { SpikeTimes } from '../spikes/unit-trains.ts';
import { poissonCdf } from './statistics.ts';

export interface IsiViolations {
  readonly count: number;
  /** Rate of the contaminating spikes relative to the unit's. */
  readonly ratio: number;
}

export interface IsiParameters {
  readonly thresholdMs: number;
  /** Allen: spikes that close are one; SpikeInterface: it only shortens the time in which violations can be. */
  readonly leastMs: number;
}

export const ISI: IsiParameters = { thresholdMs: 1.5, leastMs: 0 };

/** SpikeInterface's; NaN for a train without spikes. `duration`: of the recording, in samples. */
export function isiViolations(train: SpikeTimes, duration: number, rate: number, { thresholdMs, leastMs } = ISI): IsiViolations {
  const count = intervalsBelow(train, rate, thresholdMs);
  return { count, ratio: violationRatio(count, train.length, duration, rate, thresholdMs - leastMs) };
}

/** Allen's: duplicates are deleted first. `duration`: from the first to the last spike of all units, in samples. */
export function isiViolationsAllen(
  train: SpikeTimes,
  duration: number,
  rate: number,
  { thresholdMs, leastMs } = ISI,
): IsiViolations {
  const kept = withoutDuplicates(train, (leastMs * rate) / 1000);
  const count = intervalsBelow(kept, rate, thresholdMs);
  return { count, ratio: violationRatio(count, train.length, duration, rate, thresholdMs - leastMs) };
}

/** Allen's corrected contamination: NaN where no contamination explains so many violations. */
export function isiContaminationAllen(train: SpikeTimes, duration: number, rate: number, parameters = ISI): number {
  return 1 - Math.sqrt(1 - 2 * isiViolationsAllen(train, duration, rate, parameters).ratio);
}

function violationRatio(count: number, spikes: number, duration: number, rate: number, windowMs: number): number {
  return (count * (duration / rate)) / (2 * spikes * spikes * (windowMs / 1000));
}

/** Intervals shorter than the limit, compared in seconds as the references do: the rounding of an equal one decides. */
function intervalsBelow(train: SpikeTimes, rate: number, limitMs: number): number {
  const limit = limitMs / 1000;
  let count = 0;
  for (let i = 1; i < train.length; i++) if (train[i]! / rate - train[i - 1]! / rate < limit) count++;
  return count;
}

function withoutDuplicates(train: SpikeTimes, least: number): SpikeTimes {
  const kept = new Float64Array(train.length);
  let count = 0;
  for (let i = 0; i < train.length; i++) if (i === 0 || train[i]! - train[i - 1]! > least + 1e-6) kept[count++] = train[i]!;
  return kept.subarray(0, count);
}

export interface RefractoryContamination {
  readonly violations: number;
  readonly contamination: number;
}

/** `asPublished`: pairs closer than the censored period count, too (SpikeInterface 0.105). */
export interface RefractoryParameters {
  readonly refractoryMs: number;
  readonly censoredMs: number;
  readonly asPublished?: boolean;
}

/** Pairs of spikes within the refractory period, not only neighbours; NaN for fewer than two spikes. */
export function refractoryContamination(
  train: SpikeTimes,
  duration: number,
  rate: number,
  { refractoryMs, censoredMs, asPublished = false }: RefractoryParameters = { refractoryMs: 1, censoredMs: 0 },
): RefractoryContamination {
  const n = train.length;
  const refractory = Math.round((refractoryMs * rate) / 1000);
  const censored = Math.round((censoredMs * rate) / 1000);
  const least = asPublished || censored === 0 ? 0 : censored + 1;
  let violations = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n && train[j]! - train[i]! <= refractory; j++) if (train[j]! - train[i]! >= least) violations++;
  }
  if (n <= 1) return { violations, contamination: Number.NaN };
  const rest = 1 - (violations * (duration - 2 * n * censored)) / (n * n * (refractory - censored));
  return { violations, contamination: rest < 0 ? 1 : 1 - Math.sqrt(rest) };
}

export interface SlidingParameters {
  readonly binMs: number;
  readonly longestMs: number;
  readonly shortestMs: number;
  /** Length of the tested periods: multiples of `binMs` (as published) or of the whole samples that were counted. */
  readonly periods: 'as published' | 'as counted';
}

export const SLIDING: SlidingParameters = { binMs: 0.25, longestMs: 10, shortestMs: 0.5, periods: 'as counted' };
/** SpikeInterface 0.105 tests periods of 0.25 ms though its bins hold whole samples: 0.233 ms at 30 kHz. */
export const SLIDING_PUBLISHED: SlidingParameters = { ...SLIDING, periods: 'as published' };

/** The smallest contamination (0.5 % steps) that some refractory period excludes with 90 % confidence; NaN: none below 35 %. */
export function slidingContamination(train: SpikeTimes, duration: number, rate: number, parameters = SLIDING): number {
  const { binMs, longestMs, shortestMs, periods } = parameters;
  const n = train.length;
  if (n === 0) return Number.NaN;
  const bin = Math.max(1, Math.trunc((binMs * rate) / 1000 + 1e-9));
  const bins = Math.round(longestMs / binMs);
  const windowMs = (2 * bins * bin * 1000) / rate;
  const counts = autoCorrelogram(train, { convention: 'spikeinterface', windowMs, binMs: (bin * 1000) / rate, rate });
  const seconds = duration / rate;
  const binSeconds = periods === 'as published' ? binMs / 1000 : bin / rate;
  const tests: { expectedPerPair: number; observed: number }[] = [];
  let observed = 0;
  for (let k = 0; k < bins; k++) {
    observed += counts[bins + k]!;
    if ((k + 0.5) * binMs > shortestMs + 1e-9) tests.push({ expectedPerPair: (2 * (k + 1) * binSeconds) / seconds, observed });
  }
  for (let step = 1; step < 70; step++) {
    const share = step * 0.005;
    const contaminating = n * share;
    const pairs = contaminating * (n - contaminating + (contaminating - 1) / 2);
    if (tests.some(({ expectedPerPair, observed }) => 1 - poissonCdf(observed, expectedPerPair * pairs) > 0.9)) return share;
  }
  return Number.NaN;
}
