// Correlograms of spike trains in samples, counted over every pair of spikes, in the two conventions in use.
//   'spikeinterface': an even number of bins, Δ = t_a − t_b in [−W, W): positive where a fires after b; bin = ⌊Δ / bin⌋.
//   'phy': an odd number of bins about zero, positive where b fires after a; later spikes are counted by ⌊Δ / bin⌋ and mirrored, the
//   bin of lag 0 is the larger of both orders.
import { complete, type Steps } from '../../../base/steps.ts';
import type { SpikeTimes } from '../spikes/unit-trains.ts';

export type CorrelogramConvention = 'spikeinterface' | 'phy';

export interface CorrelogramOptions {
  readonly convention: CorrelogramConvention;
  /** Both sides together. */
  readonly windowMs: number;
  readonly binMs: number;
  /** Hz. */
  readonly rate: number;
}

export interface CorrelogramBins {
  /** Samples in a bin. */
  readonly bin: number;
  readonly count: number;
  /** Edges in ms, count + 1. */
  readonly edgesMs: Float64Array<ArrayBuffer>;
}

export function correlogramBins({ convention, windowMs, binMs, rate }: CorrelogramOptions): CorrelogramBins {
  const bin = Math.max(1, convention === 'phy' ? Math.trunc((rate * binMs) / 1000) : Math.round((rate * binMs) / 1000));
  const half =
    convention === 'phy' ? Math.trunc((0.5 * windowMs) / binMs + 1e-9) : Math.floor(Math.round((rate * windowMs) / 2000) / bin);
  const count = convention === 'phy' ? 2 * half + 1 : 2 * half;
  const first = convention === 'phy' ? -half - 0.5 : -half;
  const edgesMs = Float64Array.from({ length: count + 1 }, (_, i) => ((first + i) * bin * 1000) / rate);
  return { bin, count, edgesMs };
}

/**
 * Counts of two different units. phy counts two spikes at the same sample in the order of its file only, by unit as a rule:
 * give the lower unit first, and reverse the counts for the other order.
 */
export function crossCorrelogram(a: SpikeTimes, b: SpikeTimes, options: CorrelogramOptions): Uint32Array<ArrayBuffer> {
  return options.convention === 'phy' ? phyPair(a, b, options) : lagCounts(a, b, options, false);
}

/** Counts of a unit with itself; a spike is not paired with itself. */
export function autoCorrelogram(train: SpikeTimes, options: CorrelogramOptions): Uint32Array<ArrayBuffer> {
  return options.convention === 'phy' ? phyPair(train, train, options) : lagCounts(train, train, options, true);
}

/** All pairs of `trains`, [a][b][bin]. */
export function* correlogramSteps(trains: readonly SpikeTimes[], options: CorrelogramOptions): Steps<Uint32Array<ArrayBuffer>> {
  const { count } = correlogramBins(options);
  const out = new Uint32Array(trains.length ** 2 * count);
  for (const [i, a] of trains.entries()) {
    for (const [j, b] of trains.entries()) {
      const place = (i * trains.length + j) * count;
      if (i === j) out.set(autoCorrelogram(a, options), place);
      else if (options.convention === 'phy' && i > j) out.set(crossCorrelogram(b, a, options).reverse(), place);
      else out.set(crossCorrelogram(a, b, options), place);
      yield (i * trains.length + j + 1) / trains.length ** 2;
    }
  }
  return out;
}

/** At once, for a few units. */
export function allCorrelograms(trains: readonly SpikeTimes[], options: CorrelogramOptions): Uint32Array<ArrayBuffer> {
  return complete(correlogramSteps(trains, options));
}

function lagCounts(a: SpikeTimes, b: SpikeTimes, options: CorrelogramOptions, same: boolean): Uint32Array<ArrayBuffer> {
  const { bin, count } = correlogramBins(options);
  const window = (count / 2) * bin;
  // A table spares the division in the inner loop.
  const binOf = Uint32Array.from({ length: 2 * window }, (_, lag) => Math.floor(lag / bin));
  const out = new Uint32Array(count);
  let first = 0;
  for (let i = 0; i < a.length; i++) {
    const time = a[i]!;
    while (first < b.length && time - b[first]! >= window) first++;
    for (let j = first; j < b.length; j++) {
      const lag = time - b[j]! + window;
      if (lag < 0) break;
      if (same && i === j) continue;
      out[binOf[lag]!]!++;
    }
  }
  return out;
}

function phyPair(a: SpikeTimes, b: SpikeTimes, options: CorrelogramOptions): Uint32Array<ArrayBuffer> {
  const { count } = correlogramBins(options);
  const half = (count - 1) / 2;
  const after = laterCounts(a, b, options, a === b ? 'same' : 'with ties');
  const before = a === b ? after : laterCounts(b, a, options, 'without ties');
  const out = new Uint32Array(count);
  for (let k = 1; k <= half; k++) {
    out[half + k] = after[k]!;
    out[half - k] = before[k]!;
  }
  out[half] = Math.max(after[0]!, before[0]!);
  return out;
}

/** Spikes of b later than one of a, by ⌊Δ / bin⌋; at the same time only 'with ties'. */
function laterCounts(
  a: SpikeTimes,
  b: SpikeTimes,
  options: CorrelogramOptions,
  mode: 'same' | 'with ties' | 'without ties',
): Uint32Array {
  const { bin, count } = correlogramBins(options);
  const bins = (count + 1) / 2;
  const binOf = Uint32Array.from({ length: bins * bin }, (_, lag) => Math.floor(lag / bin));
  const out = new Uint32Array(bins);
  const least = mode === 'without ties' ? 1 : 0;
  let first = 0;
  for (let i = 0; i < a.length; i++) {
    const time = a[i]!;
    while (first < b.length && b[first]! - time < least) first++;
    for (let j = mode === 'same' ? i + 1 : first; j < b.length; j++) {
      const lag = b[j]! - time;
      if (lag >= binOf.length) break;
      out[binOf[lag]!]!++;
    }
  }
  return out;
}

/** Intervals between neighbouring spikes in bins of `binMs` up to `windowMs`; an interval at the window's end is left out. */
export function intervalHistogram(train: SpikeTimes, windowMs: number, binMs: number, rate: number): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(Math.round(windowMs / binMs));
  const bin = (binMs * rate) / 1000;
  for (let i = 1; i < train.length; i++) {
    const k = Math.floor((train[i]! - train[i - 1]!) / bin);
    if (k < out.length) out[k]!++;
  }
  return out;
}
