// Agreement of two sortings, and the verdict on each spike of a pair.
import { singleJob } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { assignUnits, classifyUnits, compareSortings, scoreUnits } from '../../../pipeline/ephys/compare/agreement.ts';
import { deltaFrames, judgeSpikes, type LabelledSpikes } from '../../../pipeline/ephys/compare/match.ts';
import { type CompareInput, type Comparison, MATCH_MS, type Matched, type MatchInput } from '../shared/compare.ts';
import type { SpikeTable } from '../shared/metrics.ts';

/** Spikes that belong to a unit. */
function labelled({ times, units, count }: SpikeTable): LabelledSpikes {
  if (units.every((unit) => unit >= 0)) return { times, units, count };
  const kept = Array.from(units.keys()).filter((i) => units[i]! >= 0);
  return { times: Float64Array.from(kept, (i) => times[i]!), units: Int32Array.from(kept, (i) => units[i]!), count };
}

export const compareJob = singleJob<CompareInput, Comparison>(async ({ first, second, rate }, { signal, progress }) => {
  const options = { delta: deltaFrames(MATCH_MS, rate), symmetric: true };
  const agreement = await drive(compareSortings(labelled(first), labelled(second), options), { signal, onProgress: progress });
  const pairs = scoreUnits(agreement, assignUnits(agreement)).map(
    ({ column, accuracy, precision, recall, truePositives, falsePositives, falseNegatives }) => ({
      column,
      accuracy,
      precision,
      recall,
      tp: truePositives,
      fp: falsePositives,
      fn: falseNegatives,
    }),
  );
  const { rows, columns, scores, counts } = agreement;
  return { rows, columns, scores, counts, pairs, classes: classifyUnits(agreement) };
});

export const matchJob = singleJob<MatchInput, Matched>(({ truth, tested, rate }) => {
  const { found, extra, missed } = judgeSpikes(truth, tested, deltaFrames(MATCH_MS, rate));
  return { tp: found, fp: extra, fn: missed };
});
