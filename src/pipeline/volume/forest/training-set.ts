// Labelled voxels for a classifier: features [sample, feature] and a class 0…classes−1 each.
import { SomascopeError } from '../../../base/errors.ts';
import type { FeatureBlock } from './features.ts';

export interface TrainingSet {
  readonly classes: number;
  readonly features: number;
  readonly data: Float32Array<ArrayBuffer>;
  readonly label: Uint8Array<ArrayBuffer>;
}

/** Rows of a block's features for the voxels at `indices` (within the block). */
export function gatherRows({ planes }: FeatureBlock, indices: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const features = planes.length;
  const rows = new Float32Array(indices.length * features);
  for (const [f, plane] of planes.entries())
    for (let s = 0; s < indices.length; s++) rows[s * features + f] = plane[indices[s]!]!;
  return rows;
}

/** Samples of each class; throws `Invalid` where fewer than two classes have any. */
export function requireTwoClasses({ classes, label }: TrainingSet): Float64Array<ArrayBuffer> {
  const counts = new Float64Array(classes);
  for (const value of label) counts[value]!++;
  if (counts.filter((count) => count > 0).length < 2) {
    throw new SomascopeError('Invalid', 'A classifier needs marks of at least two classes.', {}, 'Mark some of another class.');
  }
  return counts;
}

/** Weight of a sample of each class that gives all classes present the same say. */
export function balancedWeights(set: TrainingSet): Float64Array<ArrayBuffer> {
  const counts = requireTwoClasses(set);
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count > 0 ? set.label.length / (present * count) : 0));
}
