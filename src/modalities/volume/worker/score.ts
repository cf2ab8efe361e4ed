// Scores of a prediction: MTNeuro's task 2 as published and corrected, or all classes of any two label volumes.
import type { Job, JobContext } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { drive } from '../../../base/steps.ts';
import { extentOf } from '../../../base/volume.ts';
import { componentStats } from '../../../pipeline/volume/label/component-stats.ts';
import { findComponents, membersOf } from '../../../pipeline/volume/label/run-components.ts';
import { matchCells } from '../../../pipeline/volume/score/cell-match.ts';
import {
  addCounts,
  countPerSlice,
  type JointCounts,
  joinCounts,
  mergeGroups,
  sameClasses,
} from '../../../pipeline/volume/score/joint-counts.ts';
import { type LabelScores, scoreAll, scoreCurve } from '../../../pipeline/volume/score/label-scores.ts';
import { imageStats, newMetrics, type OldMetrics, oldMetrics } from '../../../pipeline/volume/score/mtneuro-metrics.ts';
import { scoreTask2, task2Maps } from '../../../pipeline/volume/score/task2.ts';
import { type Slab, slabsOf } from '../../../pipeline/volume/volume.ts';
import type {
  CellsOutput,
  FileScoreInput,
  PublishedSet,
  ScoreInput,
  ScoreOutput,
  ScorePart,
  ScorePayload,
} from '../shared/score-types.ts';
import { readerOf } from './readers.ts';
import { slabsIn, tilesRead } from './stream.ts';

const BLOCK = 8;
/** Planes that are counted at once. */
const THICKNESS = 32;

/** Slabs are counted for themselves, so that never more than a few are held twice; the scores follow from all counts. */
export const score: Job<ScoreInput, ScorePart, JointCounts, never, ScoreOutput> = {
  split: ({ shape }) => slabsOf(shape[0], THICKNESS, 0).map(({ from, to }: Slab) => ({ from, to })),
  run: (input, { from, to }, { signal }, payload) => {
    const { truth, prediction } = payload as ScorePayload;
    const shape = [to - from, input.shape[1], input.shape[2]] as const;
    return drive(countPerSlice({ data: truth, shape }, { data: prediction, shape }, mapsOf(input)), { signal });
  },
  merger: (input) => {
    const blocks: JointCounts[] = [];
    return { add: (counts) => void blocks.push(counts), finish: () => scoresOf(input, joinCounts(blocks)) };
  },
};

/** The same of volumes that are read from their files, tile by tile. */
export const scoreFiles: Job<FileScoreInput, ScorePart, JointCounts, never, ScoreOutput> = {
  split: slabsIn,
  run: async (input, part, { signal, progress }) => {
    const maps = mapsOf(input);
    const readers = [await readerOf(input.truth, signal), await readerOf(input.prediction, signal)] as const;
    const blocks: JointCounts[][] = [];
    for await (const { from, to, data, share } of tilesRead(readers, part, signal)) {
      const shape = extentOf(from, to);
      const [truth, prediction] = data as [NumericArray, NumericArray];
      const counts = await drive(countPerSlice({ data: truth, shape }, { data: prediction, shape }, maps), { signal });
      if (from[1] === 0 && from[2] === 0) blocks.push([counts]);
      else blocks.at(-1)!.push(counts);
      progress(share);
    }
    return joinCounts(blocks.map(addCounts));
  },
  merger: (input) => score.merger(input),
};

const mapsOf = ({ task, classes }: ScoreInput) => (task === 'all' ? sameClasses(classes) : task2Maps(task));

function scoresOf({ task, blocks, classes }: ScoreInput, counts: JointCounts): ScoreOutput {
  if (task !== 'all') {
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
  const depth = counts.groups;
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
    classes,
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

export interface CentresInput {
  readonly shape: ScoreInput['shape'];
  readonly cell: number;
}

/** Centres of the cells of a volume: z, y, x of each in turn. */
export async function findCentres(
  { shape, cell }: CentresInput,
  labels: Uint8Array<ArrayBuffer>,
  context: JobContext,
): Promise<Float64Array<ArrayBuffer>> {
  return componentStats(await drive(findComponents({ data: labels, shape }, 6, membersOf(cell)), context)).centres;
}

/** Centres of the cells in both volumes, paired one to one within the usual radius. */
export async function scoreCells(
  { truth, prediction }: { readonly truth: Float64Array; readonly prediction: Float64Array },
  context: JobContext,
): Promise<CellsOutput> {
  const { truths, found, pairs, precision, recall, f1, meanDistance } = await drive(matchCells(truth, prediction), context);
  return { truths, found, pairs, precision, recall, f1, meanDistance };
}
