// How many hits are real: false-discovery rates from null hits, and the monotone fit behind the local rate.
// Tail rate: Benjamini and Hochberg 1995 with an empirical null; monotone fit: pool adjacent violators (Ayer et al. 1955).
import type { Steps } from '../../../base/steps.ts';

/** The non-increasing sequence nearest to `values` in least squares. */
export function poolAdjacentViolators(values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const means: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < values.length; i++) {
    let mean = values[i]!;
    let weight = 1;
    while (means.length > 0 && means[means.length - 1]! < mean) {
      const before = weights.pop()!;
      mean = (means.pop()! * before + mean * weight) / (before + weight);
      weight += before;
    }
    means.push(mean);
    weights.push(weight);
  }
  const fit = new Float64Array(values.length);
  let at = 0;
  for (const [k, weight] of weights.entries()) {
    fit.fill(means[k]!, at, at + weight);
    at += weight;
  }
  return fit;
}

export interface FalseDiscovery {
  /** Per rank: expected share of false hits among this and all better ones, or fewer where a longer list has fewer; non-decreasing,
   *  at most 1. */
  readonly tail: Float64Array<ArrayBuffer>;
  /** Per rank: 1 − local false-discovery rate, non-increasing, 0…1. */
  readonly real: Float64Array<ArrayBuffer>;
}

/** Of so few hits one more may be false than expected: a handful that beats a few surrogates by luck is no discovery. The allowance
 *  fades out at twice as many. */
const FEW = 20;

/** Rates of hits with falling `gains`, from the pooled gains of hits in `surrogates` images without cells. */
export function falseDiscovery(gains: Float64Array, nullGains: Float64Array, surrogates: number): FalseDiscovery {
  const sorted = nullGains.slice().sort();
  const tail = new Float64Array(gains.length);
  const worth = new Float64Array(gains.length);
  let above = sorted.length;
  let before = 0;
  for (let i = 0; i < gains.length; i++) {
    while (above > 0 && sorted[above - 1]! >= gains[i]!) above--;
    const expected = (sorted.length - above) / surrogates;
    tail[i] = (expected + Math.min(1, Math.max(0, 2 - (i + 1) / FEW))) / (i + 1);
    worth[i] = 1 - (expected - before);
    before = expected;
  }
  let least = 1;
  for (let i = gains.length - 1; i >= 0; i--) {
    least = Math.min(least, tail[i]!);
    tail[i] = least;
  }
  return { tail, real: poolAdjacentViolators(worth).map((value) => Math.min(1, Math.max(0, value))) };
}

/** Number of hits with a tail rate of at most `rate`. */
export function discoveries(tail: Float64Array, rate: number): number {
  let count = 0;
  while (count < tail.length && tail[count]! <= rate) count++;
  return count;
}

/** So few discoveries at this rate may be the luck of a few surrogates: so many times more are drawn then. */
const HANDFUL = { found: 40, rate: 0.2, more: 2 };

/**
 * The same from surrogates that `draw` makes: `count` of them, after `first` others. A single surrogate is a rough answer, which is
 * left as it is.
 */
export function* checkedDiscovery(
  gains: Float64Array,
  surrogates: number,
  draw: (count: number, first: number) => Steps<Float64Array>,
): Steps<FalseDiscovery> {
  const nulls = yield* draw(surrogates, 0);
  const rates = falseDiscovery(gains, nulls, surrogates);
  const found = discoveries(rates.tail, HANDFUL.rate);
  if (surrogates === 1 || found === 0 || found > HANDFUL.found) return rates;
  const more = HANDFUL.more * surrogates;
  return falseDiscovery(gains, Float64Array.of(...nulls, ...(yield* draw(more, surrogates))), surrogates + more);
}
