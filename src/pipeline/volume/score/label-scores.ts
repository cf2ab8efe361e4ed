// Scores of a segmentation from its confusion matrix (rows truth). A score that does not exist (a class that is neither in the
// truth nor predicted) is NaN and left out of means; scikit-learn prints 0 or warns there. A prediction outside the classes is
// wrong; a voxel whose truth is outside the classes is left out.
import { groupTable, type JointCounts, mergeGroups } from './joint-counts.ts';

export interface ClassScore {
  /** Voxels of the class in the truth and in the prediction, and in both. */
  readonly truth: number;
  readonly predicted: number;
  readonly both: number;
  readonly precision: number;
  readonly recall: number;
  /** The same as Dice. */
  readonly f1: number;
  readonly iou: number;
}

export interface LabelScores {
  /** Voxels scored. */
  readonly voxels: number;
  /** [truth, prediction], classes × classes. */
  readonly confusion: Float64Array<ArrayBuffer>;
  readonly accuracy: number;
  /** Mean recall of the classes that are in the truth. */
  readonly balancedAccuracy: number;
  readonly classes: readonly ClassScore[];
  /** Means over the classes that have the score. */
  readonly meanF1: number;
  readonly meanIou: number;
  /** Cohen 1960: agreement beyond chance. */
  readonly kappa: number;
  /** Hubert and Arabie 1985. */
  readonly adjustedRand: number;
}

/** Mean of what is there; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  const there = values.filter((value) => !Number.isNaN(value));
  return there.reduce((sum, value) => sum + value, 0) / there.length;
}

/** Scores of one group (slice, region or block). */
export function scoreGroup(counts: JointCounts, group: number): LabelScores {
  const { classes } = counts;
  const side = classes + 1;
  const table = groupTable(counts, group).subarray(0, classes * side);
  const confusion = new Float64Array(classes * classes);
  const truth = new Float64Array(classes);
  const predicted = new Float64Array(side);
  for (let t = 0; t < classes; t++) {
    for (let p = 0; p < side; p++) {
      const voxels = table[t * side + p]!;
      truth[t]! += voxels;
      predicted[p]! += voxels;
      if (p < classes) confusion[t * classes + p] = voxels;
    }
  }
  const voxels = truth.reduce((sum, value) => sum + value, 0);
  const scores = Array.from({ length: classes }, (_, c): ClassScore => {
    const both = confusion[c * classes + c]!;
    const [t, p] = [truth[c]!, predicted[c]!];
    return {
      truth: t,
      predicted: p,
      both,
      precision: both / p,
      recall: both / t,
      f1: (2 * both) / (t + p),
      iou: both / (t + p - both),
    };
  });
  const correct = scores.reduce((sum, { both }) => sum + both, 0);
  return {
    voxels,
    confusion,
    accuracy: correct / voxels,
    balancedAccuracy: meanOf(scores.map(({ recall }) => recall)),
    classes: scores,
    meanF1: meanOf(scores.map(({ f1 }) => f1)),
    meanIou: meanOf(scores.map(({ iou }) => iou)),
    kappa: kappaFrom(correct, truth, predicted, voxels),
    adjustedRand: adjustedRand(table, truth, predicted, voxels),
  };
}

/** Scores of all groups together. */
export function scoreAll(counts: JointCounts): LabelScores {
  return scoreGroup(mergeGroups(counts, [[0, counts.groups]]), 0);
}

/** One number a group, for a curve along slices: a class's F1 or IoU, or the mean over classes; NaN where it does not exist. */
export function scoreCurve(counts: JointCounts, measure: 'f1' | 'iou', of: number | 'mean'): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: counts.groups }, (_, group) => {
    const { classes } = scoreGroup(counts, group);
    return of === 'mean' ? meanOf(classes.map((score) => score[measure])) : classes[of]![measure];
  });
}

function kappaFrom(correct: number, truth: Float64Array, predicted: Float64Array, voxels: number): number {
  const chance = truth.reduce((sum, count, c) => sum + (count / voxels) * (predicted[c]! / voxels), 0);
  return (correct / voxels - chance) / (1 - chance);
}

/** Agreement of the two as partitions, whatever the classes are called. */
function adjustedRand(table: Float64Array, truth: Float64Array, predicted: Float64Array, voxels: number): number {
  const squares = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
  const both = squares(table);
  const [inTruth, inPrediction] = [squares(truth), squares(predicted)];
  const together = both - voxels;
  const onlyTruth = inTruth - both;
  const onlyPrediction = inPrediction - both;
  const apart = voxels * voxels - onlyTruth - onlyPrediction - both;
  if (onlyTruth === 0 && onlyPrediction === 0) return 1;
  return (
    (2 * (together * apart - onlyTruth * onlyPrediction)) /
    ((together + onlyTruth) * (onlyTruth + apart) + (together + onlyPrediction) * (onlyPrediction + apart))
  );
}
