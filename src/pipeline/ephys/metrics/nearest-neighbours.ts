// Shares of nearest neighbours in feature space that are of the unit: of its own spikes (hits) and of all others (misses).
// Exact: points are ordered along their widest dimension, and the search goes outward until that alone is too far.
import type { Steps } from '../../../base/steps.ts';
import type { FeaturePoints } from './cluster-quality.ts';

export interface NeighbourParameters {
  /** Neighbours of each spike, itself not counted. */
  readonly neighbours: number;
  /** More spikes than this are thinned evenly. */
  readonly mostSpikes: number;
}

export const NEIGHBOURS: NeighbourParameters = { neighbours: 5, mostSpikes: 10_000 };
/** Allen's four count the spike itself. */
export const NEIGHBOURS_ALLEN: NeighbourParameters = { neighbours: 3, mostSpikes: 10_000 };

export interface NeighbourRates {
  readonly hitRate: number;
  readonly missRate: number;
}

const STRIDE = 64;

/** NaN where there are no spikes on one side or too few neighbours. */
export function* neighbourRates(
  { points, dimensions, labels }: FeaturePoints,
  unit: number,
  { neighbours, mostSpikes } = NEIGHBOURS,
): Steps<NeighbourRates> {
  const order = Array.from({ length: labels.length }, (_, i) => i);
  const own = order.filter((i) => labels[i] === unit);
  let members = own.length;
  let chosen = [...own, ...order.filter((i) => labels[i] !== unit)];
  const share = mostSpikes / chosen.length;
  if (share < 1) {
    const count = Math.ceil((chosen.length - 1) * share - 1e-9);
    chosen = Array.from({ length: count }, (_, k) => chosen[Math.trunc(k * (1 / share))]!);
    members = Math.trunc(members * share);
  }
  const total = chosen.length;
  if (members === 0 || members === total || total <= neighbours) return { hitRate: Number.NaN, missRate: Number.NaN };
  const search = orderPoints(points, dimensions, chosen);
  let hits = 0;
  let misses = 0;
  for (let k = 0; k < total; k++) {
    const found = countMembers(search, k, neighbours, members);
    if (search.place[k]! < members) hits += found;
    else misses += found;
    if (k % STRIDE === STRIDE - 1) yield k / total;
  }
  return { hitRate: hits / (members * neighbours), missRate: misses / ((total - members) * neighbours) };
}

interface OrderedPoints {
  /** [point][dimension], the widest dimension first, points rising along it. */
  readonly points: Float64Array;
  readonly dimensions: number;
  /** Index before ordering: the unit's spikes come first. */
  readonly place: Int32Array;
}

function orderPoints(points: ArrayLike<number>, dimensions: number, chosen: readonly number[]): OrderedPoints {
  const spread = Array.from({ length: dimensions }, (_, d) => {
    let [sum, square] = [0, 0];
    for (const i of chosen) {
      const x = points[i * dimensions + d]!;
      sum += x;
      square += x * x;
    }
    return { d, variance: square / chosen.length - (sum / chosen.length) ** 2 };
  }).sort((a, b) => b.variance - a.variance);
  const widest = spread[0]!.d;
  const place = Int32Array.from(chosen, (_, k) => k).sort(
    (a, b) => points[chosen[a]! * dimensions + widest]! - points[chosen[b]! * dimensions + widest]!,
  );
  const out = new Float64Array(chosen.length * dimensions);
  place.forEach((k, to) => {
    spread.forEach(({ d }, j) => {
      out[to * dimensions + j] = points[chosen[k]! * dimensions + d]!;
    });
  });
  return { points: out, dimensions, place };
}

/** Members of the unit among the nearest neighbours of ordered point `k`. */
function countMembers({ points, dimensions, place }: OrderedPoints, k: number, neighbours: number, members: number): number {
  const total = place.length;
  const best = new Float64Array(neighbours).fill(Infinity);
  const bestPlace = new Int32Array(neighbours);
  const base = k * dimensions;
  let low = k - 1;
  let high = k + 1;
  while (low >= 0 || high < total) {
    const down = low >= 0 ? (points[base]! - points[low * dimensions]!) ** 2 : Infinity;
    const up = high < total ? (points[high * dimensions]! - points[base]!) ** 2 : Infinity;
    const limit = best[neighbours - 1]!;
    if (Math.min(down, up) >= limit) break;
    const other = down <= up ? low-- : high++;
    let distance = 0;
    for (let d = 0, a = base, b = other * dimensions; d < dimensions && distance < limit; d++, a++, b++) {
      distance += (points[a]! - points[b]!) ** 2;
    }
    if (distance >= limit) continue;
    let at = neighbours - 1;
    for (; at > 0 && best[at - 1]! > distance; at--) {
      best[at] = best[at - 1]!;
      bestPlace[at] = bestPlace[at - 1]!;
    }
    best[at] = distance;
    bestPlace[at] = place[other]!;
  }
  return bestPlace.reduce((count, other, i) => count + (best[i]! < Infinity && other < members ? 1 : 0), 0);
}
