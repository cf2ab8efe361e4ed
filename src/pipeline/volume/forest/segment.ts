// From scribbles to labels: features of the marked voxels train a classifier, which then labels slabs of the volume [z, y, x]. Only
// one slab's features are in memory at a time; a single slice is a slab, so that what is on screen can be labelled first.
import { SomascopeError } from '../../../base/errors.ts';
import { type Steps, within } from '../../../base/steps.ts';
import type { Core } from '../filter/gaussian.ts';
import { cutoutAt, type LabelVolume, slicesOf, type Volume, voxelCount } from '../volume.ts';
import { computeFeatures, DEFAULT_BANK, type FeatureBank, featureNames } from './features.ts';
import { predictForest } from './predict-forest.ts';
import { predictSoftmax, type Softmax, trainSoftmax } from './softmax.ts';
import { type Forest, type ForestOptions, trainForest } from './train-forest.ts';
import { gatherRows, type TrainingSet } from './training-set.ts';

export type Classifier = Forest | Softmax;

/** Voxels that somebody marked, in any order. */
export interface Scribbles {
  /** (z · height + y) · width + x */
  readonly voxel: Float64Array<ArrayBuffer>;
  /** Class 0…classes−1 of each. */
  readonly label: Uint8Array<ArrayBuffer>;
}

export interface Segmented {
  readonly labels: LabelVolume;
  /** Share of the chosen class, 0 … 255. */
  readonly confidence: Uint8Array<ArrayBuffer>;
}

/** Features of the scribbles that lie in the slices `core` of a slab whose first slice is slice `first` of the volume. */
export function* scribbleFeatures(
  slab: Volume,
  core: Core,
  first: number,
  scribbles: Scribbles,
  bank: FeatureBank = DEFAULT_BANK,
): Steps<Pick<TrainingSet, 'data' | 'label'>> {
  const pixels = slab.shape[1] * slab.shape[2];
  const start = (first + core.from) * pixels;
  const end = (first + core.to) * pixels;
  const mine = Array.from(scribbles.voxel.keys()).filter((s) => scribbles.voxel[s]! >= start && scribbles.voxel[s]! < end);
  if (mine.length === 0) return { data: new Float32Array(0), label: new Uint8Array(0) };
  const block = yield* computeFeatures(slab, bank, core);
  return {
    data: gatherRows(
      block,
      mine.map((s) => scribbles.voxel[s]! - start),
    ),
    label: Uint8Array.from(mine, (s) => scribbles.label[s]!),
  };
}

/** Joins what several slabs gave. */
export function joinTraining(
  parts: readonly Pick<TrainingSet, 'data' | 'label'>[],
  classes: number,
  bank: FeatureBank,
): TrainingSet {
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  const label = new Uint8Array(parts.reduce((sum, part) => sum + part.label.length, 0));
  let [atData, atLabel] = [0, 0];
  for (const part of parts) {
    data.set(part.data, atData);
    label.set(part.label, atLabel);
    atData += part.data.length;
    atLabel += part.label.length;
  }
  return { classes, features: featureNames(bank).length, data, label };
}

/** Features of all scribbles of a volume in memory, one marked slice at a time; those of a cutout see nothing beyond its `seams`. */
export function* collectTraining(
  volume: Volume,
  scribbles: Scribbles,
  classes: number,
  bank: FeatureBank = DEFAULT_BANK,
  seams: readonly number[] = [],
): Steps<TrainingSet> {
  const pixels = volume.shape[1] * volume.shape[2];
  const slices = [...new Set(Array.from(scribbles.voxel, (voxel) => Math.floor(voxel / pixels)))].sort((a, b) => a - b);
  const parts: Pick<TrainingSet, 'data' | 'label'>[] = [];
  for (const [i, z] of slices.entries()) {
    const [start, end] = cutoutAt(z, volume.shape[0], seams);
    const core = { from: z - start, to: z + 1 - start };
    const features = scribbleFeatures(slicesOf(volume, start, end), core, start, scribbles, bank);
    parts.push(yield* within(features, i / slices.length, (i + 1) / slices.length));
  }
  return joinTraining(parts, classes, bank);
}

export function* trainClassifier(set: TrainingSet, method: Classifier['kind'], options: ForestOptions = {}): Steps<Classifier> {
  return method === 'forest' ? yield* trainForest(set, options) : yield* trainSoftmax(set);
}

/** Labels the slices `core` of a slab that is read with `bankReach` slices around them. Throws `Invalid` for a classifier of another bank. */
export function* segmentSlab(
  slab: Volume,
  core: Core,
  classifier: Classifier,
  bank: FeatureBank = DEFAULT_BANK,
): Steps<Segmented> {
  const wanted = featureNames(bank).length;
  if (classifier.features !== wanted) {
    const message = `It was learnt on ${classifier.features} features of a voxel; here there are ${wanted}.`;
    throw new SomascopeError('Invalid', message, {}, 'Press Train to learn from the scribbles anew.');
  }
  const block = yield* within(computeFeatures(slab, bank, core), 0, 0.6);
  const predict = classifier.kind === 'forest' ? predictForest(classifier, block) : predictSoftmax(classifier, block);
  const shares = yield* within(predict, 0.6, 1);
  const { classes } = classifier;
  const labels = new Uint8Array(voxelCount(block.shape));
  const confidence = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (shares[i * classes + c]! > shares[i * classes + best]!) best = c;
    labels[i] = best;
    confidence[i] = Math.round(255 * shares[i * classes + best]!);
  }
  return { labels: { data: labels, shape: block.shape }, confidence };
}
