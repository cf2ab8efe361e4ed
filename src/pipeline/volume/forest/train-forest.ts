// Random forest (Breiman 2001) as scikit-learn grows it: bootstrap samples, √F features tried a split, Gini impurity, balanced
// classes. Features are cut into 65,536 even levels between the least and the greatest of the training set; a split is looked for
// at up to 255 of these, taken at quantiles. A tree is a row of nodes, two numbers each: feature · 65,536 + level, and the node
// to go to where the feature is at or below it (the next one where above); a leaf leads to itself.
import { makeRng, type Rng } from '../../../base/rng.ts';
import type { Steps } from '../../../base/steps.ts';
import { balancedWeights, type TrainingSet } from './training-set.ts';

export interface Forest {
  readonly kind: 'forest';
  readonly classes: number;
  readonly features: number;
  /** Lowest value and levels per unit of each feature. */
  readonly low: Float64Array<ArrayBuffer>;
  readonly scale: Float64Array<ArrayBuffer>;
  readonly trees: readonly Tree[];
}

export interface Tree {
  readonly nodes: Int32Array<ArrayBuffer>;
  /** Share of each class in a leaf: [node, class]. */
  readonly shares: Float32Array<ArrayBuffer>;
  /** Steps to the deepest leaf. */
  readonly depth: number;
}

export interface ForestOptions {
  readonly trees?: number;
  readonly depth?: number;
  readonly seed?: number;
}

export const LEVELS = 65_536;
const BINS = 256;

/** The level of a value: 0 … 65,535. */
export function levelOf(value: number, low: number, scale: number): number {
  const level = (value - low) * scale;
  return level > 0 ? (level < LEVELS - 1 ? Math.floor(level) : LEVELS - 1) : 0;
}

export function* trainForest(set: TrainingSet, { trees = 50, depth = 12, seed = 1 }: ForestOptions = {}): Steps<Forest> {
  const weights = balancedWeights(set);
  const binned = binFeatures(set);
  const rng = makeRng(seed);
  const grown: Tree[] = [];
  for (let t = 0; t < trees; t++) {
    grown.push(yield* growTree(set, binned, weights, depth, rng, t / trees));
    yield (t + 1) / trees;
  }
  return { kind: 'forest', classes: set.classes, features: set.features, low: binned.low, scale: binned.scale, trees: grown };
}

interface Binned {
  readonly low: Float64Array<ArrayBuffer>;
  readonly scale: Float64Array<ArrayBuffer>;
  /** [feature, sample] */
  readonly bin: Uint8Array<ArrayBuffer>;
  /** Greatest level of each bin: [feature, bin]. */
  readonly edge: Uint16Array<ArrayBuffer>;
}

function binFeatures({ data, features, label }: TrainingSet): Binned {
  const samples = label.length;
  const low = new Float64Array(features);
  const scale = new Float64Array(features);
  const bin = new Uint8Array(features * samples);
  const edge = new Uint16Array(features * BINS).fill(LEVELS - 1);
  const levels = new Uint16Array(samples);
  for (let f = 0; f < features; f++) {
    let [least, most] = [Infinity, -Infinity];
    for (let s = 0; s < samples; s++) {
      least = Math.min(least, data[s * features + f]!);
      most = Math.max(most, data[s * features + f]!);
    }
    low[f] = least;
    scale[f] = most > least ? (LEVELS - 1) / (most - least) : 0;
    for (let s = 0; s < samples; s++) levels[s] = levelOf(data[s * features + f]!, least, scale[f]!);
    const sorted = levels.slice().sort();
    const cuts = edge.subarray(f * BINS, (f + 1) * BINS);
    let used = 0;
    for (let b = 1; b < BINS; b++) {
      const cut = sorted[Math.floor((b * samples) / BINS)]!;
      if (used === 0 || cut > cuts[used - 1]!) cuts[used++] = cut;
    }
    const place = new Uint8Array(LEVELS);
    for (let b = 1; b < BINS; b++) place.fill(b, cuts[b - 1]! + 1);
    for (let s = 0; s < samples; s++) bin[f * samples + s] = place[levels[s]!]!;
  }
  return { low, scale, bin, edge };
}

interface Split {
  readonly feature: number;
  /** Samples in this bin or a lower one go left. */
  readonly bin: number;
}

function* growTree(
  { classes, features, label }: TrainingSet,
  { bin, edge }: Binned,
  weights: Float64Array,
  deepest: number,
  rng: Rng,
  progress: number,
): Steps<Tree> {
  const samples = label.length;
  const drawn = Int32Array.from({ length: samples }, () => rng.below(samples));
  const nodes: number[] = [0, 0];
  const shares: number[] = new Array<number>(classes).fill(0);
  const order = Int32Array.from({ length: features }, (_, f) => f);
  const tries = Math.max(1, Math.floor(Math.sqrt(features)));
  const counts = new Float64Array(BINS * classes);
  const total = new Float64Array(classes);
  const left = new Float64Array(classes);
  const todo: [node: number, from: number, to: number, depth: number][] = [[0, 0, samples, 0]];
  let depthUsed = 0;

  /** The best of a few features drawn at random; of more where none of these parts the node. */
  function bestSplit(from: number, to: number, all: number): Split | null {
    let best: Split | null = null;
    let most = 0;
    for (const value of total) most += (value * value) / all;
    most *= 1 + 1e-12;
    for (let k = 0; k < features && (k < tries || !best); k++) {
      const pick = k + rng.below(features - k);
      const feature = order[pick]!;
      order[pick] = order[k]!;
      order[k] = feature;
      const row = feature * samples;
      counts.fill(0);
      for (let i = from; i < to; i++) {
        const sample = drawn[i]!;
        const c = label[sample]!;
        counts[bin[row + sample]! * classes + c]! += weights[c]!;
      }
      left.fill(0);
      for (let b = 0; b < BINS - 1; b++) {
        let here = 0;
        for (let c = 0; c < classes; c++) {
          const value = counts[b * classes + c]!;
          left[c]! += value;
          here += value;
        }
        if (here === 0) continue;
        let [sum, squares, others] = [0, 0, 0];
        for (let c = 0; c < classes; c++) {
          const l = left[c]!;
          const r = total[c]! - l;
          sum += l;
          squares += l * l;
          others += r * r;
        }
        // Least Gini impurity is the greatest sum of squared class weights over the weight of their side.
        if (all - sum <= 1e-9 * all) break;
        const worth = squares / sum + others / (all - sum);
        if (worth <= most) continue;
        most = worth;
        best = { feature, bin: b };
      }
    }
    return best;
  }

  /** Moves the samples that go left to the front; where the others begin. */
  function partition(from: number, to: number, { feature, bin: cut }: Split): number {
    const row = feature * samples;
    let middle = from;
    for (let i = from; i < to; i++) {
      const sample = drawn[i]!;
      if (bin[row + sample]! > cut) continue;
      drawn[i] = drawn[middle]!;
      drawn[middle++] = sample;
    }
    return middle;
  }

  let work = 0;
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [node, from, to, depth] = next;
    total.fill(0);
    for (let i = from; i < to; i++) total[label[drawn[i]!]!]! += weights[label[drawn[i]!]!]!;
    const all = total.reduce((sum, value) => sum + value, 0);
    for (let c = 0; c < classes; c++) shares[node * classes + c] = total[c]! / all;
    depthUsed = Math.max(depthUsed, depth);
    const isPure = total.filter((value) => value > 0).length < 2;
    const split = depth < deepest && !isPure ? bestSplit(from, to, all) : null;
    if (!split) {
      nodes[2 * node] = LEVELS - 1;
      nodes[2 * node + 1] = node;
      continue;
    }
    const below = nodes.length / 2;
    nodes[2 * node] = split.feature * LEVELS + edge[split.feature * BINS + split.bin]!;
    nodes[2 * node + 1] = below;
    nodes.push(0, 0, 0, 0);
    const middle = partition(from, to, split);
    todo.push([below, from, middle, depth + 1], [below + 1, middle, to, depth + 1]);
    work += to - from;
    if (work > 20_000) {
      work = 0;
      yield progress;
    }
  }
  return { nodes: Int32Array.from(nodes), shares: Float32Array.from(shares), depth: depthUsed };
}
