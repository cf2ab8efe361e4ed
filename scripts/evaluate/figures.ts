// One movie through the page's detector and the neurofinder scorer, for each choice of labels. Default parameters: nothing is told
// but the frame rate. Radii in pixels.
import { pixelCount, type Region } from '../../src/base/region.ts';
import type { Detection, Labels } from '../../src/modalities/calcium/shared/detection.ts';
import { findRegions } from '../../src/modalities/calcium/shared/find-regions.ts';
import { type NeurofinderScore, scoreRegions } from '../../src/pipeline/score/neurofinder.ts';
import { calibrationError, type Judged, judge } from './calibration.ts';
import { makeRunner } from './jobs.ts';
import type { ReadMovie } from './movie.ts';

const SENSITIVITY = 0.5;

export interface Figures {
  readonly labels: Labels;
  readonly score: Pick<NeurofinderScore, 'recall' | 'precision' | 'combined' | 'inclusion' | 'exclusion'>;
  /** Regions shown by default, and labels. */
  readonly found: number;
  readonly truths: number;
  readonly radiusFound: number;
  /** Median radius of the discs with the labels' areas. */
  readonly radiusLabel: number;
  /** Of the regions shown, right or not, and the error of their confidence. */
  readonly judged: readonly Judged[];
  readonly calibrationError: number;
  /** Detection alone, and with the reading of the movie. */
  readonly seconds: number;
  readonly secondsInAll: number;
}

export interface Answer {
  readonly figures: Figures;
  readonly chosen: readonly Detection[];
  readonly score: NeurofinderScore;
}

export async function* answers(
  movie: ReadMovie,
  truth: readonly Region[],
  labels: readonly Labels[],
  runner = makeRunner(),
): AsyncGenerator<Answer> {
  for (const one of labels) {
    const output = await findRegions({ ...movie.planes, labels: one, sensitivity: SENSITIVITY, radius: null }, runner);
    const seconds = runner.takeSeconds();
    const chosen = output.detections.filter(({ confidence }) => confidence >= output.defaultCut);
    const score = scoreRegions(
      truth,
      chosen.map(({ region }) => region),
      movie.threshold,
    );
    const judged = judge(chosen, truth, movie.threshold);
    const { recall, precision, combined, inclusion, exclusion } = score;
    const figures: Figures = {
      labels: one,
      score: { recall, precision, combined, inclusion, exclusion },
      found: chosen.length,
      truths: truth.length,
      radiusFound: output.radius,
      radiusLabel: median(truth.map((region) => Math.sqrt(pixelCount(region) / Math.PI))),
      judged,
      calibrationError: calibrationError(judged),
      seconds,
      secondsInAll: seconds + movie.readSeconds,
    };
    yield { figures, chosen, score };
  }
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
