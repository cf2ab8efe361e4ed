// Task 1 of MTNeuro: the brain region of a slice. Its label is the most frequent region of the slice (the smallest of several),
// and regions are joined to four classes: 0, 1 → CTX; 2, 8 → STR; 3, 4 → VP; 5, 6, 7 → ZI. A slice without labels (0) thus counts
// as cortex; at the end of the test set ten slices each of STR, VP and ZI are such, so that a perfect classifier scores 0.85.
import type { Volume } from '../volume.ts';

/** Class of region label 0…8. */
const CLASS_OF_REGION = [0, 0, 1, 2, 2, 3, 3, 3, 1] as const;
const CLASSES = 4;

/** The most frequent label of each slice; the smallest of several. */
export function sliceModes({ data, shape }: Volume): Int32Array<ArrayBuffer> {
  const [depth, height, width] = shape;
  const pixels = height * width;
  return Int32Array.from({ length: depth }, (_, z) => {
    const voxels = new Map<number, number>();
    for (let i = z * pixels; i < (z + 1) * pixels; ) {
      const value = data[i]!;
      const start = i;
      while (i < (z + 1) * pixels && data[i] === value) i++;
      voxels.set(value, (voxels.get(value) ?? 0) + i - start);
    }
    let mode = Number.NaN;
    let most = 0;
    for (const [value, count] of voxels) {
      if (count > most || (count === most && value < mode)) {
        most = count;
        mode = value;
      }
    }
    return mode;
  });
}

/** The class 0…3 of a region label, or −1 for a label that is no region. */
export function regionClass(label: number): number {
  return CLASS_OF_REGION[label] ?? -1;
}

export interface PatchScores {
  /** Slices scored, and those whose class was found. */
  readonly patches: number;
  readonly correct: number;
  /** NaN without slices. */
  readonly accuracy: number;
  /** [truth, prediction], 4 × 4; a prediction that is none of 0…3 is counted in `patches` alone. */
  readonly confusion: Float64Array<ArrayBuffer>;
}

export interface Task1Scores {
  readonly published: PatchScores;
  /** Without the slices that carry no label. */
  readonly labelled: PatchScores;
  /** Indices of slices without a label, and of slices without a prediction or whose label is no region (not scored at all). */
  readonly unlabelled: readonly number[];
  readonly unscored: readonly number[];
  /** The most that "as published" can give: what a classifier scores that is right about every slice. */
  readonly ceiling: number;
}

/** `modes` per slice; `predicted` the class 0…3 per slice (missing: NaN); slices are four regions of equal depth in order. */
export function scoreTask1(modes: ArrayLike<number>, predicted: ArrayLike<number>): Task1Scores {
  const all = Array.from({ length: modes.length }, (_, i) => i);
  const unscored = all.filter((i) => regionClass(modes[i]!) < 0 || !(predicted[i]! >= 0));
  const without = new Set(unscored);
  const scored = all.filter((i) => !without.has(i));
  const unlabelled = scored.filter((i) => modes[i] === 0);
  const score = (patches: readonly number[]): PatchScores => {
    const confusion = new Float64Array(CLASSES * CLASSES);
    let correct = 0;
    for (const i of patches) {
      const truth = regionClass(modes[i]!);
      const guess = predicted[i]!;
      if (guess === truth) correct++;
      if (guess < CLASSES) confusion[truth * CLASSES + guess]!++;
    }
    return { patches: patches.length, correct, accuracy: correct / patches.length, confusion };
  };
  const perRegion = modes.length / CLASSES;
  const lost = unlabelled.filter((i) => i >= perRegion).length;
  return {
    published: score(scored),
    labelled: score(scored.filter((i) => modes[i] !== 0)),
    unlabelled,
    unscored,
    ceiling: 1 - lost / scored.length,
  };
}
