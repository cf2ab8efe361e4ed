// Scores, curves and outlines: quick answers while sliders move.
import { singleJob } from '../../../base/job.ts';
import { outlineRegions } from '../../../pipeline/roi/outline.ts';
import { type NeurofinderScore, scoreRegions } from '../../../pipeline/score/neurofinder.ts';
import { confidenceCurve, type ScoreCurve, thresholdCurve } from '../../../pipeline/score/score-curve.ts';
import { compareTransposed } from '../../../pipeline/score/transposition.ts';
import type { Curve, Curves, CurvesInput, OutlinesInput, OutlinesOutput, Score, ScoreInput } from '../shared/score.ts';

function distances(count: number, pairs: readonly { index: number; distance: number }[]): Float64Array<ArrayBuffer> {
  const out = new Float64Array(count).fill(Number.NaN);
  for (const { index, distance } of pairs) out[index] = Number.isFinite(distance) ? distance : Number.NaN;
  return out;
}

function toScore(score: NeurofinderScore, truths: number, estimates: number): Score {
  const { recall, precision, combined, inclusion, exclusion, match, pairs, missed, extra, note = '' } = score;
  return {
    recall,
    precision,
    combined,
    inclusion,
    exclusion,
    match,
    note,
    truthDistance: distances(truths, [...pairs.map(({ truth, distance }) => ({ index: truth, distance })), ...missed]),
    estimateDistance: distances(estimates, [...pairs.map(({ estimate, distance }) => ({ index: estimate, distance })), ...extra]),
  };
}

const toCurve = ({ at, recall, precision, combined }: ScoreCurve): Curve => ({ x: at, recall, precision, combined });

export const score = singleJob<ScoreInput, Score>(({ truth, estimate, threshold }) =>
  toScore(scoreRegions(truth, estimate, threshold), truth.length, estimate.length),
);

/** By confidence over all estimates, by threshold over those at or above the cut. */
export const curves = singleJob<CurvesInput, Curves>(({ truth, estimate, confidence, threshold, cut }) => {
  const chosen = estimate.filter((_, i) => !(confidence[i]! < cut));
  const { asIs, exchanged, suspect } = compareTransposed(truth, chosen, threshold);
  return {
    byConfidence: toCurve(confidenceCurve(truth, estimate, confidence, threshold)),
    byThreshold: toCurve(thresholdCurve(truth, chosen)),
    asIs: asIs.combined,
    exchanged: exchanged.combined,
    looksTransposed: suspect,
  };
});

export const outlines = singleJob<OutlinesInput, OutlinesOutput>(({ regions, height, width }) =>
  outlineRegions(regions, height, width),
);
