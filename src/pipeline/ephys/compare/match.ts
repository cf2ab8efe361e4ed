// Coincidences of spikes of two sortings. Both are swept in time; a spike of one train and one of the other are each used at most
// once for a pair of units, the earliest first. Source: SpikeInterface `compute_matching_matrix`.
import type { Steps } from '../../../base/steps.ts';
import type { SpikeTimes } from '../spikes/unit-trains.ts';

/** Spikes of a sorting in the order of time, with the index of their unit. */
export interface LabelledSpikes {
  readonly times: ArrayLike<number>;
  /** Index of the unit, 0 … units − 1. */
  readonly units: ArrayLike<number>;
  readonly count: number;
}

/** Samples that count as coincident, inclusive. */
export function deltaFrames(deltaMs: number, rate: number): number {
  return Math.trunc((deltaMs * rate) / 1000 + 1e-9);
}

const STRIDE = 1 << 16;

/** Counts [unit of a][unit of b]. */
export function* matchCounts(a: LabelledSpikes, b: LabelledSpikes, delta: number): Steps<Uint32Array<ArrayBuffer>> {
  const size = a.count * b.count;
  const counts = new Uint32Array(size);
  const lastA = new Float64Array(size).fill(-1);
  const lastB = new Float64Array(size).fill(-1);
  const n = a.times.length;
  const m = b.times.length;
  let first = 0;
  for (let i = 0; i < n; i++) {
    const time = a.times[i]!;
    const row = a.units[i]! * b.count;
    while (first < m && time - b.times[first]! > delta) first++;
    for (let j = first; j < m && b.times[j]! - time <= delta; j++) {
      const pair = row + b.units[j]!;
      if (lastA[pair] === i || lastB[pair] === j) continue;
      lastA[pair] = i;
      lastB[pair] = j;
      counts[pair]!++;
    }
    if (i % STRIDE === STRIDE - 1) yield i / n;
  }
  return counts;
}

/** Partner of each spike of `a` in `b` (an index), or −1; the same rule for one pair of units. */
export function matchTrains(a: SpikeTimes, b: SpikeTimes, delta: number): Int32Array<ArrayBuffer> {
  const partner = new Int32Array(a.length).fill(-1);
  let first = 0;
  for (let i = 0; i < a.length; i++) {
    while (first < b.length && a[i]! - b[first]! > delta) first++;
    if (first < b.length && b[first]! - a[i]! <= delta) partner[i] = first++;
  }
  return partner;
}

export interface SpikeVerdicts {
  /** Times of `truth` that were found, and that were missed. */
  readonly found: SpikeTimes;
  readonly missed: SpikeTimes;
  /** Times of `tested` without a partner. */
  readonly extra: SpikeTimes;
}

/** True positives, false negatives and false positives of a pair of units. */
export function judgeSpikes(truth: SpikeTimes, tested: SpikeTimes, delta: number): SpikeVerdicts {
  const partner = matchTrains(truth, tested, delta);
  const used = new Uint8Array(tested.length);
  for (const j of partner) if (j >= 0) used[j] = 1;
  return {
    found: truth.filter((_, i) => partner[i]! >= 0),
    missed: truth.filter((_, i) => partner[i]! < 0),
    extra: tested.filter((_, j) => !used[j]),
  };
}
