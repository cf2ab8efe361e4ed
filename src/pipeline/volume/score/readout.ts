// How well features [sample, feature] predict numbers by a linear map with an intercept: the coefficient of determination R².
// MTNeuro fits and scores on the same samples; a proper figure is of samples that the fit has not seen. Least squares by Cholesky
// decomposition of the centred normal equations; a feature that depends on those before it gets no weight.
import { SomascopeError } from '../../../base/errors.ts';
import type { Steps } from '../../../base/steps.ts';

export interface Features {
  /** [sample, feature] */
  readonly data: Float64Array | Float32Array;
  readonly samples: number;
  readonly features: number;
}

export interface Readout {
  readonly weights: Float64Array<ArrayBuffer>;
  readonly intercept: number;
}

export interface ReadoutScore {
  /** Fitted and scored on all samples, as published. */
  readonly published: number;
  /** Fitted on some, scored on the others. */
  readonly heldOut: number;
}

/** A pivot below this share of the feature's own variance counts as dependent. */
const DEPENDENT = 1e-10;

/** Fits `targets` (one a sample) on the samples listed. */
export function* fitReadout(
  { data, features }: Features,
  targets: ArrayLike<number>,
  samples: ArrayLike<number>,
): Steps<Readout> {
  const count = samples.length;
  if (count === 0) throw new SomascopeError('Invalid', 'There is no sample to fit a read-out on.');
  const mean = new Float64Array(features);
  let targetMean = 0;
  for (let s = 0; s < count; s++) {
    const row = samples[s]! * features;
    for (let f = 0; f < features; f++) mean[f]! += data[row + f]! / count;
    targetMean += targets[samples[s]!]! / count;
  }
  const gram = new Float64Array(features * features);
  const right = new Float64Array(features);
  const x = new Float64Array(features);
  for (let s = 0; s < count; s++) {
    const row = samples[s]! * features;
    for (let f = 0; f < features; f++) x[f] = data[row + f]! - mean[f]!;
    const y = targets[samples[s]!]! - targetMean;
    for (let f = 0; f < features; f++) {
      const value = x[f]!;
      right[f]! += value * y;
      for (let g = 0; g <= f; g++) gram[f * features + g]! += value * x[g]!;
    }
    if (s % 64 === 63) yield (0.9 * s) / count;
  }
  const weights = yield* solveDropping(gram, right, features);
  const intercept = weights.reduce((sum, weight, f) => sum - weight * mean[f]!, targetMean);
  return { weights, intercept };
}

/** Solves a positive semidefinite system, given its lower half, in place. */
function* solveDropping(a: Float64Array, b: Float64Array, n: number): Steps<Float64Array<ArrayBuffer>> {
  const dropped = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const own = a[i * n + i]!;
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      if (j < i) a[i * n + j] = dropped[j] ? 0 : sum / a[j * n + j]!;
      else if (sum > DEPENDENT * own) a[i * n + i] = Math.sqrt(sum);
      else dropped[i] = 1;
    }
    if (dropped[i]) a.fill(0, i * n, (i + 1) * n);
    yield 0.9 + (0.1 * i) / n;
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= a[i * n + k]! * x[k]!;
    x[i] = dropped[i] ? 0 : x[i]! / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= a[k * n + i]! * x[k]!;
    x[i] = dropped[i] ? 0 : x[i]! / a[i * n + i]!;
  }
  return x;
}

/** 1 − squared errors / squared deviations from the mean, over the samples listed; NaN where the targets do not vary. */
export function readoutR2(
  { data, features }: Features,
  targets: ArrayLike<number>,
  samples: ArrayLike<number>,
  { weights, intercept }: Readout,
): number {
  const count = samples.length;
  let mean = 0;
  for (let s = 0; s < count; s++) mean += targets[samples[s]!]! / count;
  let [errors, spread] = [0, 0];
  for (let s = 0; s < count; s++) {
    let guess = intercept;
    for (let f = 0; f < features; f++) guess += weights[f]! * data[samples[s]! * features + f]!;
    const target = targets[samples[s]!]!;
    errors += (target - guess) ** 2;
    spread += (target - mean) ** 2;
  }
  return spread === 0 ? Number.NaN : 1 - errors / spread;
}

/**
 * R² as published, and of samples kept back. Neighbouring slices are nearly the same picture, so samples are kept back in whole
 * stretches: the last quarter of each of `groups` equal parts (the regions). Targets that are NaN take no part.
 */
export function* scoreReadout(features: Features, targets: ArrayLike<number>, groups: number): Steps<ReadoutScore> {
  if (targets.length !== features.samples) {
    const message = `There are ${features.samples} embeddings for ${targets.length} image quadrants.`;
    throw new SomascopeError('Invalid', message, {}, 'Give one embedding a quadrant: slices in order, four quadrants each.');
  }
  const all = Array.from({ length: targets.length }, (_, i) => i).filter((i) => !Number.isNaN(targets[i]!));
  const part = targets.length / groups;
  const isKept = (i: number) => (i % part) / part >= 0.75;
  const seen = all.filter((i) => !isKept(i));
  const kept = all.filter(isKept);
  const whole = yield* fitReadout(features, targets, all);
  const published = readoutR2(features, targets, all, whole);
  if (seen.length === 0 || kept.length === 0) return { published, heldOut: Number.NaN };
  return { published, heldOut: readoutR2(features, targets, kept, yield* fitReadout(features, targets, seen)) };
}
