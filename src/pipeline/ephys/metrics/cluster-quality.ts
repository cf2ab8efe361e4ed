// How well a unit stands apart in the space of its features: distances of other spikes in units of its own spread, a linear
// discriminant, silhouettes. Points are [spike][dimension]. Sources: Harris 2001, Schmitzer-Torbert 2005, SpikeInterface, Allen.
import { fullEigen } from '../../linalg/full-eigen.ts';
import { chiSquareSurvival, deviation, mean } from './statistics.ts';

export interface FeaturePoints {
  readonly points: ArrayLike<number>;
  readonly dimensions: number;
  /** Unit of each point. */
  readonly labels: ArrayLike<number>;
}

interface Halves {
  readonly own: Float64Array[];
  readonly other: Float64Array[];
}

function splitPoints({ points, dimensions, labels }: FeaturePoints, unit: number): Halves {
  const halves: Halves = { own: [], other: [] };
  for (let i = 0; i < labels.length; i++) {
    const point = new Float64Array(dimensions);
    for (let d = 0; d < dimensions; d++) point[d] = points[i * dimensions + d]!;
    (labels[i] === unit ? halves.own : halves.other).push(point);
  }
  return halves;
}

export interface Isolation {
  /** Squared Mahalanobis distance of the n-th nearest other spike, n the smaller number of spikes. */
  readonly isolationDistance: number;
  readonly lRatio: number;
}

/** NaN for fewer than two spikes on either side. */
export function isolation(features: FeaturePoints, unit: number): Isolation {
  const { own, other } = splitPoints(features, unit);
  const n = Math.min(own.length, other.length);
  if (n < 2) return { isolationDistance: Number.NaN, lRatio: Number.NaN };
  const centre = centroid(own, features.dimensions);
  const inverse = pseudoInverse(scatter(own, centre, own.length - 1), features.dimensions);
  const distances = Float64Array.from(other, (point) => quadratic(inverse, point, centre)).sort();
  let sum = 0;
  for (const distance of distances) sum += chiSquareSurvival(distance, features.dimensions);
  return { isolationDistance: distances[n - 1]!, lRatio: sum / own.length };
}

/** Separation along the linear discriminant, in pooled deviations; NaN for fewer than two spikes on either side. */
export function dPrime(features: FeaturePoints, unit: number): number {
  const { own, other } = splitPoints(features, unit);
  if (own.length < 2 || other.length < 2) return Number.NaN;
  const { dimensions } = features;
  const [a, b] = [centroid(own, dimensions), centroid(other, dimensions)];
  const [ownScatter, otherScatter] = [scatter(own, a, 1), scatter(other, b, 1)];
  const pooled = ownScatter.map((value, i) => (value + otherScatter[i]!) / (own.length + other.length - 2));
  const inverse = pseudoInverse(pooled, dimensions);
  const axis = Float64Array.from({ length: dimensions }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < dimensions; j++) sum += inverse[i * dimensions + j]! * (a[j]! - b[j]!);
    return sum;
  });
  const project = (points: Float64Array[]) => Float64Array.from(points, (point) => dot(axis, point));
  const [p, q] = [project(own), project(other)];
  return (mean(p) - mean(q)) / Math.sqrt((deviation(p) ** 2 + deviation(q) ** 2) / 2);
}

/** Mean over the unit's spikes of how much nearer the own centroid is than that of the nearest other unit, −1 … 1. */
export function silhouetteSimplified(features: FeaturePoints, unit: number): number {
  const { own } = splitPoints(features, unit);
  const others = new Set(Array.from(features.labels).filter((label) => label !== unit));
  if (own.length === 0 || others.size === 0) return Number.NaN;
  const centre = centroid(own, features.dimensions);
  let nearest = centre;
  let least = Infinity;
  for (const label of others) {
    const candidate = centroid(splitPoints(features, label).own, features.dimensions);
    const distance = Math.sqrt(squaredDistance(candidate, centre));
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return mean(
    own.map((point) => silhouetteOf(Math.sqrt(squaredDistance(point, centre)), Math.sqrt(squaredDistance(point, nearest)))),
  );
}

/** Mean over the unit's spikes, distances averaged over all pairs of spikes (units may differ in size). */
export function silhouetteFull(features: FeaturePoints, unit: number): number {
  const groups = new Map<number, Float64Array[]>();
  for (let i = 0; i < features.labels.length; i++) groups.set(features.labels[i]!, []);
  for (const label of groups.keys()) groups.set(label, splitPoints(features, label).own);
  const own = groups.get(unit) ?? [];
  groups.delete(unit);
  if (own.length < 2 || groups.size === 0) return Number.NaN;
  return mean(
    own.map((point) => {
      let inner = 0;
      for (const mate of own) inner += Math.sqrt(squaredDistance(point, mate));
      let outer = Infinity;
      for (const group of groups.values()) {
        outer = Math.min(outer, mean(group.map((stranger) => Math.sqrt(squaredDistance(point, stranger)))));
      }
      return silhouetteOf(inner / (own.length - 1), outer);
    }),
  );
}

function silhouetteOf(inner: number, outer: number): number {
  const most = Math.max(inner, outer);
  return most === 0 ? 0 : (outer - inner) / most;
}

function centroid(points: readonly Float64Array[], dimensions: number): Float64Array {
  const out = new Float64Array(dimensions);
  for (const point of points) for (let d = 0; d < dimensions; d++) out[d]! += point[d]!;
  return out.map((sum) => sum / points.length);
}

/** Σ (x − c)(x − c)ᵀ / divisor. */
function scatter(points: readonly Float64Array[], centre: Float64Array, divisor: number): Float64Array {
  const n = centre.length;
  const out = new Float64Array(n * n);
  for (const point of points) {
    for (let i = 0; i < n; i++) {
      const x = point[i]! - centre[i]!;
      for (let j = 0; j < n; j++) out[i * n + j]! += x * (point[j]! - centre[j]!);
    }
  }
  return out.map((sum) => sum / divisor);
}

/** Directions without variance are left out (numpy's pinv). */
function pseudoInverse(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = fullEigen(matrix, n);
  const out = new Float64Array(n * n);
  vectors.forEach((vector, k) => {
    if (!(values[k]! > 1e-15 * n * values[0]!)) return;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j]! += (vector[i]! * vector[j]!) / values[k]!;
  });
  return out;
}

function quadratic(matrix: Float64Array, point: Float64Array, centre: Float64Array): number {
  const n = centre.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) row += matrix[i * n + j]! * (point[j]! - centre[j]!);
    sum += row * (point[i]! - centre[i]!);
  }
  return sum;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
