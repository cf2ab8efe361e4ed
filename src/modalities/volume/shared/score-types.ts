// Scores of a prediction against the truth, as the worker gives them and the view shows them. NaN: the score does not exist.
import type { Triple } from '../../../base/volume.ts';
import type { LabelsInput, StreamInput } from './types.ts';

/** Of task 2 of MTNeuro, or every class over the whole volume. */
export const TASKS = ['all', '4-class', '3-class'] as const;
export type ScoreTask = (typeof TASKS)[number];
export const TASK_TITLES: Readonly<Record<ScoreTask, string>> = {
  all: 'All classes, whole volume',
  '4-class': 'Task 2, 4 classes (without ZI)',
  '3-class': 'Task 2, 3 classes',
};

/** What one image of the published scores is. */
export const BLOCKS = ['2-D', '3-D reference', '3-D clean'] as const;
export type ScoreBlocks = (typeof BLOCKS)[number];

export interface ScoreInput {
  readonly shape: Triple;
  readonly task: ScoreTask;
  readonly blocks: ScoreBlocks;
  /** Classes that the labels have, 0 … classes − 1. */
  readonly classes: number;
}

/** Both volumes are read from their files as they are counted. */
export interface FileScoreInput extends ScoreInput, StreamInput {
  readonly truth: LabelsInput;
  readonly prediction: LabelsInput;
}

/** Planes that are counted together. */
export interface ScorePart {
  readonly from: number;
  readonly to: number;
}

export interface ScorePayload {
  readonly truth: Uint8Array<ArrayBuffer>;
  readonly prediction: Uint8Array<ArrayBuffer>;
}

export interface ClassScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly iou: number;
}

export interface PublishedSet {
  readonly f1: readonly number[];
  readonly iou: readonly number[];
  readonly accuracy: readonly number[];
  readonly meanF1: number;
  readonly meanIou: number;
  readonly balancedAccuracy: number;
}

export interface ScoreOutput extends Omit<ScoreInput, 'shape'> {
  /** Rows are truth, columns prediction, in voxels. */
  readonly confusion: readonly (readonly number[])[];
  readonly corrected: {
    readonly classes: readonly ClassScore[];
    readonly accuracy: number;
    readonly balancedAccuracy: number;
    readonly meanF1: number;
    readonly meanIou: number;
    readonly kappa: number;
  };
  /** MTNeuro's "old" numbers (mean over images, an absent class counts 1) and "new" ones (counts first). */
  readonly old: PublishedSet;
  readonly new: PublishedSet;
  /** How many images (slices or blocks) the published numbers average. */
  readonly images: number;
  /** IoU of each slice: the mean of the classes, then each class. */
  readonly curves: readonly (readonly number[])[];
  /** Voxels whose label no class has, in the prediction. */
  readonly strays: readonly { readonly value: number; readonly voxels: number }[];
}

/** What the store keeps: the scores, and which layers they are of. */
export interface ScoreSummary extends ScoreOutput {
  readonly truth: string;
  readonly prediction: string;
}

export interface CellsOutput {
  readonly truths: number;
  readonly found: number;
  readonly pairs: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly meanDistance: number;
}

export interface TaskOneOutput {
  readonly accuracy: number;
  readonly labelledAccuracy: number;
  readonly patches: number;
  readonly unlabelled: number;
  readonly unscored: number;
  readonly ceiling: number;
  /** Rows are truth: CTX, STR, VP, ZI. */
  readonly confusion: readonly (readonly number[])[];
}

export interface ReadoutRow {
  readonly feature: string;
  readonly published: number;
  readonly heldOut: number;
}

/** One number a slice (task 1; NaN where none is given), or embeddings [sample, dimension] (task 3). */
export interface Answers {
  readonly name: string;
  /** null for one number a slice. */
  readonly shape: readonly number[] | null;
  readonly values: Float64Array<ArrayBuffer>;
}
