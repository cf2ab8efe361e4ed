// Scores of a prediction: MTNeuro's task 2 as published and corrected, or all classes of any two label volumes.
import type { JobContext } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { componentStats } from '../../../pipeline/volume/label/component-stats.ts';
import { findComponents, membersOf } from '../../../pipeline/volume/label/run-components.ts';
import { matchCells } from '../../../pipeline/volume/score/cell-match.ts';
import { countPerSlice, mergeGroups, sameClasses } from '../../../pipeline/volume/score/joint-counts.ts';
import { type LabelScores, scoreAll, scoreCurve } from '../../../pipeline/volume/score/label-scores.ts';
import { imageStats, newMetrics, type OldMetrics, oldMetrics } from '../../../pipeline/volume/score/mtneuro-metrics.ts';
import { countTask2, scoreTask2 } from '../../../pipeline/volume/score/task2.ts';
import type { LabelVolume } from '../../../pipeline/volume/volume.ts';
import type { CellsOutput, PublishedSet, ScoreInput, ScoreOutput, ScorePayload } from '../shared/score-types.ts';

const BLOCK = 8;

export async function scoreLabels(input: ScoreInput, payload: ScorePayload, { signal }: JobContext): Promise<ScoreOutput> {
  const { shape, task, blocks } = input;
  const truth = { data: payload.truth, shape };
  const prediction = { data: payload.prediction, shape };
  if (task !== 'all') {
    const counts = await drive(countTask2(truth, prediction, task), { signal });
    const { corrected, published, count } = scoreTask2(counts, task, blocks);
    return {
      task,
      blocks,
      classes: counts.classes,
      ...partsOf(corrected),
      old: setOf(published.old),
      new: setOf(published.new),
      images: count,
      curves: curvesOf(counts),
      strays: counts.strays.prediction,
    };
  }
  const counts = await drive(countPerSlice(truth, prediction, sameClasses(input.classes)), { signal });
  const [depth] = shape;
  const images =
    blocks === '2-D'
      ? counts
      : mergeGroups(
          counts,
          Array.from({ length: Math.ceil(depth / BLOCK) }, (_, i) => [i * BLOCK, Math.min(depth, (i + 1) * BLOCK)] as const),
        );
  const stats = imageStats(images);
  return {
    task,
    blocks,
    classes: input.classes,
    ...partsOf(scoreAll(counts)),
    old: setOf(oldMetrics(stats)),
    new: setOf(newMetrics(stats)),
    images: images.groups,
    curves: curvesOf(counts),
    strays: counts.strays.prediction,
  };
}

function partsOf({ confusion, classes, ...scores }: LabelScores): Pick<ScoreOutput, 'confusion' | 'corrected'> {
  const { accuracy, balancedAccuracy, meanF1, meanIou, kappa } = scores;
  return {
    confusion: classes.map((_, row) => Array.from(confusion.subarray(row * classes.length, (row + 1) * classes.length))),
    corrected: {
      classes: classes.map(({ precision, recall, f1, iou }) => ({ precision, recall, f1, iou })),
      accuracy,
      balancedAccuracy,
      meanF1,
      meanIou,
      kappa,
    },
  };
}

function setOf({ f1, iou, accuracy, meanF1, meanIou, balancedAccuracy }: OldMetrics): PublishedSet {
  return { f1, iou, accuracy, meanF1, meanIou, balancedAccuracy };
}

function curvesOf(counts: Parameters<typeof scoreCurve>[0]): number[][] {
  const wanted = ['mean' as const, ...Array.from({ length: counts.classes }, (_, c) => c)];
  return wanted.map((of) => Array.from(scoreCurve(counts, 'iou', of)));
}

export interface CellsInput {
  readonly shape: ScoreInput['shape'];
  readonly cell: number;
}

/** Centres of the cells in both volumes, paired one to one within the usual radius. */
export async function scoreCells(
  { shape, cell }: CellsInput,
  { truth, prediction }: ScorePayload,
  context: JobContext,
): Promise<CellsOutput> {
  const centres = async (volume: LabelVolume) =>
    componentStats(await drive(findComponents(volume, 6, membersOf(cell)), context)).centres;
  const [a, b] = [await centres({ data: truth, shape }), await centres({ data: prediction, shape })];
  const { truths, found, pairs, precision, recall, f1, meanDistance } = await drive(matchCells(a, b), context);
  return { truths, found, pairs, precision, recall, f1, meanDistance };
}
