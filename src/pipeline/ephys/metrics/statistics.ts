// Statistics that the metrics share: quantiles and histograms as numpy makes them, and the incomplete gamma function.
import { selectInPlace } from '../reference/median.ts';

/** Quantile 0…1 of rising values, linear between ranks; NaN of none. */
export function quantileOfSorted(rising: ArrayLike<number>, quantile: number): number {
  if (rising.length === 0) return Number.NaN;
  const place = (rising.length - 1) * quantile;
  const rank = Math.floor(place);
  const low = rising[rank]!;
  return rank + 1 < rising.length ? low + (rising[rank + 1]! - low) * (place - rank) : low;
}

/** Quantile 0…1 by selection: much faster than sorting. Reorders `values`; NaN of none. */
export function quantileInPlace(values: Float64Array, quantile: number): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const place = (n - 1) * quantile;
  const rank = Math.floor(place);
  const low = selectInPlace(values, n, rank);
  if (rank + 1 >= n || place === rank) return low;
  let high = Infinity;
  for (let i = rank + 1; i < n; i++) if (values[i]! < high) high = values[i]!;
  return low + (high - low) * (place - rank);
}

export function sorted(values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  return new Float64Array(values).sort();
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Population standard deviation; NaN of none. */
export function deviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return Math.sqrt(sum / values.length);
}

export interface BinCounts {
  readonly counts: Float64Array<ArrayBuffer>;
  readonly edges: Float64Array<ArrayBuffer>;
}

/** Counts in equal bins from the lowest to the highest value, which belongs to the last bin. */
export function binCounts(values: ArrayLike<number>, bins: number): BinCounts {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  if (low === high) {
    low -= 0.5;
    high += 0.5;
  }
  const step = (high - low) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + i * step));
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    let k = Math.min(bins - 1, Math.floor(((x - low) / (high - low)) * bins));
    // Rounding may put a value beside its bin.
    if (x < edges[k]!) k--;
    else if (k < bins - 1 && x >= edges[k + 1]!) k++;
    counts[k]!++;
  }
  return { counts, edges };
}

/** Counts between rising edges; a value at the last edge belongs to the last bin. `rising` values. */
export function countsBetween(rising: ArrayLike<number>, edges: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const counts = new Float64Array(Math.max(0, edges.length - 1));
  let k = 0;
  for (let i = 0; i < rising.length; i++) {
    const x = rising[i]!;
    if (x < edges[0]!) continue;
    while (k < counts.length && x >= edges[k + 1]!) k++;
    if (k < counts.length) counts[k]!++;
    else if (x === edges[counts.length]!) counts[counts.length - 1]!++;
  }
  return counts;
}

/** Convolution with a Gaussian cut at 4 σ; beyond the ends the end value ('nearest'), the mirror image ('reflect') or 'zero'. */
export function smoothGaussian(
  values: Float64Array,
  sigma: number,
  ends: 'nearest' | 'reflect' | 'zero',
): Float64Array<ArrayBuffer> {
  const radius = Math.trunc(4 * sigma + 0.5);
  const raw = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp((-0.5 / (sigma * sigma)) * (i - radius) ** 2));
  const total = pairwiseSum(raw);
  const weights = raw.map((weight) => weight / total);
  const n = values.length;
  const at = (i: number) => {
    if (ends === 'zero') return values[i] ?? 0;
    if (ends === 'nearest') return values[Math.max(0, Math.min(n - 1, i))]!;
    const turn = ((i % (2 * n)) + 2 * n) % (2 * n);
    return values[turn < n ? turn : 2 * n - 1 - turn]!;
  };
  return Float64Array.from({ length: n }, (_, i) => {
    // The order of the additions is scipy's: its integer results are cut off, so the last bit decides.
    let sum = values[i]! * weights[radius]!;
    for (let k = -radius; k < 0; k++) sum += (at(i + k) + at(i - k)) * weights[radius + k]!;
    return sum;
  });
}

/** The order in which numpy adds up to 128 numbers: eight running sums. */
function pairwiseSum(values: Float64Array): number {
  const sums = new Float64Array(8);
  const full = values.length - (values.length % 8);
  for (let i = 0; i < full; i++) sums[i % 8]! += values[i]!;
  let total = full > 0 ? sums[0]! + sums[1]! + (sums[2]! + sums[3]!) + (sums[4]! + sums[5]! + (sums[6]! + sums[7]!)) : 0;
  for (let i = full; i < values.length; i++) total += values[i]!;
  return total;
}

/** Upper regularised incomplete gamma function Q(a, x), by its series or its continued fraction (Lentz). */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 100_000 && Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 100_000; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / nonZero(factor * d + b, tiny);
    c = nonZero(b + factor / c, tiny);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front * h;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** ln Γ(x) for x > 0 (Lanczos, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x + 6.5;
  let sum = 0.99999999999980993;
  LANCZOS.forEach((coefficient, i) => {
    sum += coefficient / (x + i);
  });
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
  9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** P(N ≤ k) of a Poisson distribution. */
export function poissonCdf(k: number, expected: number): number {
  return k < 0 ? 0 : gammaQ(Math.floor(k) + 1, expected);
}

/** P(χ² > x). */
export function chiSquareSurvival(x: number, freedom: number): number {
  return gammaQ(freedom / 2, x / 2);
}
