// The motion p that explains displacements of pairs best: minimises Σ w (p_j − p_i − lag)² with a weak tie of neighbouring bins,
// by conjugate gradients on the normal equations; pairs that miss by more than two deviations are then left out, a few times over.
import { type Steps, within } from '../../../base/steps.ts';

export interface PairLag {
  readonly i: number;
  readonly j: number;
  /** p_j − p_i as measured. */
  readonly lag: number;
  readonly weight: number;
}

const ROUNDS = 10;
const OUTLIER = 2;
/** Weight of p_{t+1} = p_t relative to all pairs of a bin: it decides only where these say nothing. */
const PRIOR = 1e-3;

/** [bin]; the mean is 0. */
export function* solveMotion(bins: number, pairs: readonly PairLag[]): Steps<Float64Array<ArrayBuffer>> {
  let position: Float64Array<ArrayBuffer> = new Float64Array(bins);
  const trust = new Float64Array(pairs.length).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    position = yield* within(conjugateGradients(bins, pairs, trust, position), round / ROUNDS, (round + 1) / ROUNDS);
    let square = 0;
    let total = 0;
    const miss = (pair: PairLag) => position[pair.j]! - position[pair.i]! - pair.lag;
    pairs.forEach((pair, k) => {
      square += trust[k]! * pair.weight * miss(pair) ** 2;
      total += trust[k]! * pair.weight;
    });
    const limit = OUTLIER * Math.sqrt(square / total);
    let changed = 0;
    pairs.forEach((pair, k) => {
      const now = Math.abs(miss(pair)) <= limit ? 1 : 0;
      if (now !== trust[k]) changed++;
      trust[k] = now;
    });
    if (changed === 0) break;
  }
  return position;
}

function* conjugateGradients(
  bins: number,
  pairs: readonly PairLag[],
  trust: Float64Array,
  start: Float64Array,
): Steps<Float64Array<ArrayBuffer>> {
  const x = new Float64Array(start);
  const right = new Float64Array(bins);
  const degree = new Float64Array(bins);
  pairs.forEach(({ i, j, lag, weight }, k) => {
    const w = trust[k]! * weight;
    right[j]! += w * lag;
    right[i]! -= w * lag;
    degree[i]! += w;
    degree[j]! += w;
  });
  const tie = Math.max(1e-6, (PRIOR * degree.reduce((sum, d) => sum + d, 0)) / Math.max(1, bins));
  const times = (p: Float64Array) => {
    const out = new Float64Array(bins);
    for (let k = 0; k < pairs.length; k++) {
      const { i, j, weight } = pairs[k]!;
      const w = trust[k]! * weight * (p[j]! - p[i]!);
      out[j]! += w;
      out[i]! -= w;
    }
    for (let t = 1; t < bins; t++) {
      const w = tie * (p[t]! - p[t - 1]!);
      out[t]! += w;
      out[t - 1]! -= w;
    }
    return out;
  };
  const scale = degree.map((d, t) => d + tie * (t === 0 || t === bins - 1 ? 1 : 2));
  const applied = times(x);
  const r = right.map((value, t) => value - applied[t]!);
  let z = r.map((value, t) => value / scale[t]!);
  let p = new Float64Array(z);
  let rho = dot(r, z);
  const stop = 1e-20 * Math.max(rho, 1e-300);
  for (let step = 0; step < 4 * bins + 50 && rho > stop; step++) {
    const q = times(p);
    const alpha = rho / dot(p, q);
    if (!Number.isFinite(alpha)) break;
    for (let t = 0; t < bins; t++) {
      x[t]! += alpha * p[t]!;
      r[t]! -= alpha * q[t]!;
    }
    z = r.map((value, t) => value / scale[t]!);
    const next = dot(r, z);
    const beta = next / rho;
    p = z.map((value, t) => value + beta * p[t]!);
    rho = next;
    if (step % 8 === 7) yield step / (4 * bins + 50);
  }
  const mean = x.reduce((sum, value) => sum + value, 0) / Math.max(1, bins);
  return x.map((value) => value - mean);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
