// Second opinions on a score, and the story of each match.
import { singleJob } from '../../../base/job.ts';
import { explainMatch } from '../../../pipeline/score/explain-match.ts';
import { scoreRegions } from '../../../pipeline/score/neurofinder.ts';
import { type Opinion, scoreByOverlap, scoreOptimally } from '../../../pipeline/score/second-opinions.ts';
import type { LayerScore, MatchStories } from '../shared/compare.ts';
import type { ScoreInput } from '../shared/score.ts';

const figures = ({ recall, precision, combined }: Opinion) => ({ recall, precision, combined });

export const layerScore = singleJob<ScoreInput, LayerScore>(({ truth, estimate, threshold }) => {
  const { recall, precision, combined, inclusion, exclusion } = scoreRegions(truth, estimate, threshold);
  return {
    regions: estimate.length,
    recall,
    precision,
    combined,
    inclusion,
    exclusion,
    optimal: figures(scoreOptimally(truth, estimate, threshold)),
    overlap: figures(scoreByOverlap(truth, estimate)),
  };
});

export const matchStories = singleJob<ScoreInput, MatchStories>(({ truth, estimate, threshold }) =>
  explainMatch(truth, estimate, threshold),
);
