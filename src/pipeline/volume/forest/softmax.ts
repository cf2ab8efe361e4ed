// Softmax (multinomial logistic) regression on standardised features with balanced classes and a quadratic penalty, as
// scikit-learn's LogisticRegression with C = 1, fitted by L-BFGS (Liu and Nocedal 1989).
import type { Steps } from '../../../base/steps.ts';
import type { FeatureBlock } from './features.ts';
import { balancedWeights, type TrainingSet } from './training-set.ts';

export interface Softmax {
  readonly kind: 'softmax';
  readonly classes: number;
  readonly features: number;
  /** [class, feature], then one offset a class, for features as they are. */
  readonly weights: Float64Array<ArrayBuffer>;
}

const ROUNDS = 200;
const MEMORY = 10;
/** Largest slope per sample at which the fit is done. */
const FLAT = 1e-4;

export function* trainSoftmax(set: TrainingSet): Steps<Softmax> {
  const { classes, features, label } = set;
  const weights = balancedWeights(set);
  const { data, mean, scale } = standardise(set);
  const present = weights.map((weight) => Number(weight > 0));
  const loss = makeLoss(data, label, weights, present, features);
  const found = yield* minimise(loss, classes * (features + 1), FLAT * label.length);
  const out = found.slice();
  const offsets = classes * features;
  for (let c = 0; c < classes; c++) {
    for (let f = 0; f < features; f++) {
      out[c * features + f] = found[c * features + f]! * scale[f]!;
      out[offsets + c]! -= out[c * features + f]! * mean[f]!;
    }
    if (!present[c]) out[offsets + c] = -Infinity;
  }
  return { kind: 'softmax', classes, features, weights: out };
}

function standardise({ data, features, label }: TrainingSet) {
  const samples = label.length;
  const mean = new Float64Array(features);
  const scale = new Float64Array(features);
  for (let i = 0; i < data.length; i++) mean[i % features]! += data[i]! / samples;
  for (let i = 0; i < data.length; i++) scale[i % features]! += (data[i]! - mean[i % features]!) ** 2 / samples;
  for (let f = 0; f < features; f++) scale[f] = scale[f]! > 0 ? 1 / Math.sqrt(scale[f]!) : 0;
  return { data: Float64Array.from(data, (value, i) => (value - mean[i % features]!) * scale[i % features]!), mean, scale };
}

/** Fills in the gradient and returns the loss. */
type Loss = (at: Float64Array, gradient: Float64Array) => number;

function makeLoss(data: Float64Array, label: Uint8Array, weights: Float64Array, present: Float64Array, features: number): Loss {
  const classes = weights.length;
  const offsets = classes * features;
  const score = new Float64Array(classes);
  return (at, gradient) => {
    gradient.fill(0);
    let sum = 0;
    for (let i = 0; i < offsets; i++) {
      sum += 0.5 * at[i]! * at[i]!;
      gradient[i] = at[i]!;
    }
    for (let s = 0; s < label.length; s++) {
      const row = s * features;
      let most = -Infinity;
      for (let c = 0; c < classes; c++) {
        if (!present[c]) continue;
        let value = at[offsets + c]!;
        for (let f = 0; f < features; f++) value += at[c * features + f]! * data[row + f]!;
        score[c] = value;
        if (value > most) most = value;
      }
      let total = 0;
      for (let c = 0; c < classes; c++) if (present[c]) total += Math.exp(score[c]! - most);
      const truth = label[s]!;
      const weight = weights[truth]!;
      sum += weight * (Math.log(total) + most - score[truth]!);
      for (let c = 0; c < classes; c++) {
        if (!present[c]) continue;
        const slope = weight * (Math.exp(score[c]! - most) / total - (c === truth ? 1 : 0));
        gradient[offsets + c]! += slope;
        for (let f = 0; f < features; f++) gradient[c * features + f]! += slope * data[row + f]!;
      }
    }
    return sum;
  };
}

/** Least of a smooth convex function, from zero on, until no slope is steeper than `flat`. */
function* minimise(loss: Loss, size: number, flat: number): Steps<Float64Array<ArrayBuffer>> {
  let at = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = loss(at, gradient);
  const steps: { readonly moved: Float64Array; readonly turned: Float64Array; readonly curve: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (gradient.every((slope) => Math.abs(slope) <= flat)) break;
    const direction = quasiNewton(gradient, steps);
    const descent = dot(direction, gradient);
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let length = steps.length === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
    let nextValue = Infinity;
    // Armijo: halve until the loss falls by a share of what the slope promises.
    for (let tries = 0; tries < 30; tries++, length /= 2) {
      for (let i = 0; i < size; i++) next[i] = at[i]! + length * direction[i]!;
      nextValue = loss(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * descent) break;
      yield round / ROUNDS;
    }
    if (!(nextValue < value)) break;
    const moved = next.map((v, i) => v - at[i]!);
    const turned = nextGradient.map((v, i) => v - gradient[i]!);
    const curve = dot(moved, turned);
    if (curve > 0) steps.push({ moved, turned, curve });
    if (steps.length > MEMORY) steps.shift();
    at = next;
    gradient = nextGradient;
    value = nextValue;
    yield (round + 1) / ROUNDS;
  }
  return at;
}

/** The two loops of L-BFGS: minus the gradient, through the curvature seen in the last steps. */
function quasiNewton(
  gradient: Float64Array,
  steps: readonly { readonly moved: Float64Array; readonly turned: Float64Array; readonly curve: number }[],
): Float64Array<ArrayBuffer> {
  const direction = Float64Array.from(gradient, (slope) => -slope);
  const shares: number[] = [];
  for (const { moved, turned, curve } of steps.toReversed()) {
    const share = dot(moved, direction) / curve;
    shares.unshift(share);
    for (let i = 0; i < direction.length; i++) direction[i]! -= share * turned[i]!;
  }
  const last = steps.at(-1);
  if (last) {
    const unit = last.curve / dot(last.turned, last.turned);
    for (let i = 0; i < direction.length; i++) direction[i]! *= unit;
  }
  for (const [k, { moved, turned, curve }] of steps.entries()) {
    const share = shares[k]! - dot(turned, direction) / curve;
    for (let i = 0; i < direction.length; i++) direction[i]! += share * moved[i]!;
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** [voxel, class], shares that add up to 1. */
export function* predictSoftmax(
  { classes, features, weights }: Softmax,
  { planes }: FeatureBlock,
): Steps<Float32Array<ArrayBuffer>> {
  const voxels = planes[0]!.length;
  const shares = new Float32Array(voxels * classes);
  const score = new Float64Array(classes);
  for (let i = 0; i < voxels; i++) {
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      let value = weights[classes * features + c]!;
      for (let f = 0; f < features; f++) value += weights[c * features + f]! * planes[f]![i]!;
      score[c] = value;
      if (value > most) most = value;
    }
    let total = 0;
    for (let c = 0; c < classes; c++) total += Math.exp(score[c]! - most);
    for (let c = 0; c < classes; c++) shares[i * classes + c] = Math.exp(score[c]! - most) / total;
    if (i % 8192 === 8191) yield i / voxels;
  }
  return shares;
}
