// Boundary F1: how much of a class's outline in each slice lies within a tolerance of the other's outline (Csurka et al. 2013).
// Labels are [z, y, x]; an outline pixel has one of its four neighbours in the slice in another class.
import { type Steps, within } from '../../../base/steps.ts';
import { squaredDistance, WITHIN_SLICE } from '../label/distance.ts';
import { NONZERO } from '../label/run-components.ts';
import { type LabelVolume, requireSameShape, slabsOf, slicesOf } from '../volume.ts';

export interface BoundaryScore {
  /** Outline pixels of the truth and of the prediction. */
  readonly truth: number;
  readonly predicted: number;
  /** Shares within the tolerance; NaN without an outline on that side. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

const SLAB = 16;

/** One score a class; `tolerance` in pixels. */
export function* boundaryScores(
  truth: LabelVolume,
  prediction: LabelVolume,
  classes: number,
  tolerance = 2,
): Steps<BoundaryScore[]> {
  requireSameShape(truth.shape, prediction.shape, 'truth', 'prediction');
  const scores: BoundaryScore[] = [];
  const [depth] = truth.shape;
  for (let c = 0; c < classes; c++) {
    let [truths, found, predicted, right] = [0, 0, 0, 0];
    for (const { from, to } of slabsOf(depth, SLAB, 0)) {
      const a = outlineOf(slicesOf(truth, from, to), c);
      const b = outlineOf(slicesOf(prediction, from, to), c);
      const start = (c + from / depth) / classes;
      const toTruth = yield* within(squaredDistance(a, NONZERO, WITHIN_SLICE), start, start);
      const toPrediction = yield* within(squaredDistance(b, NONZERO, WITHIN_SLICE), start, start);
      const limit = tolerance * tolerance;
      for (let i = 0; i < a.data.length; i++) {
        if (a.data[i]) truths++;
        if (b.data[i]) predicted++;
        if (a.data[i] && toPrediction.data[i]! <= limit) found++;
        if (b.data[i] && toTruth.data[i]! <= limit) right++;
      }
    }
    const [precision, recall] = [right / predicted, found / truths];
    const f1 = right + found === 0 && truths + predicted > 0 ? 0 : (2 * precision * recall) / (precision + recall);
    scores.push({ truth: truths, predicted, precision, recall, f1 });
  }
  return scores;
}

function outlineOf({ data, shape }: LabelVolume, c: number): LabelVolume {
  const [, height, width] = shape;
  const out = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== c) continue;
    const x = i % width;
    const y = Math.floor(i / width) % height;
    const differs =
      (x > 0 && data[i - 1] !== c) ||
      (x < width - 1 && data[i + 1] !== c) ||
      (y > 0 && data[i - width] !== c) ||
      (y < height - 1 && data[i + width] !== c);
    if (differs) out[i] = 1;
  }
  return { data: out, shape };
}
