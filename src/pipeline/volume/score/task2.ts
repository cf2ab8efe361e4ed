// Task 2 of MTNeuro: microstructure of every voxel. On disk the regions CTX, STR, VP, ZI follow each other along z, all equally
// deep. 3-class: axon counts as background, four regions. 4-class: ZI is left out. Label values as BossDB gives them:
// 0 background, 1 blood vessel, 2 cell, 3 axon.
import { SomascopeError } from '../../../base/errors.ts';
import { classMap, type JointCounts, type Maps, mergeGroups } from './joint-counts.ts';
import { type LabelScores, scoreAll, scoreGroup } from './label-scores.ts';
import { imageStats, type NewMetrics, newMetrics, type OldMetrics, oldMetrics } from './mtneuro-metrics.ts';

export const TASK_REGIONS = ['CTX', 'STR', 'VP', 'ZI'] as const;

/** Slices of a 3-D block. */
export const BLOCK_DEPTH = 8;

export type Task2Classes = '3-class' | '4-class';
/** Slices; blocks as the loader cuts them (the last of a region runs into the next); blocks that end with their region. */
export type Task2Images = '2-D' | '3-D reference' | '3-D clean';

/** The classes that the counts for `scoreTask2` are of. */
export function task2Maps(kind: Task2Classes): Maps {
  const map = kind === '3-class' ? classMap(3, { as: { 3: 0 } }) : classMap(4);
  return { classes: kind === '3-class' ? 3 : 4, truth: map, prediction: map };
}

type Range = readonly [from: number, to: number];

/**
 * The slices of each image. The loader starts a block every 8 slices of a region and takes 8 from there, so that the last block
 * of a region goes on in the next one (ZI too, where it is left out); only the end of the file cuts it short.
 */
export function task2Images(perRegion: number, regions: number, slices: number, images: Task2Images): Range[] {
  const ranges: Range[] = [];
  const step = images === '2-D' ? 1 : BLOCK_DEPTH;
  for (let region = 0; region < regions; region++) {
    const end = (region + 1) * perRegion;
    for (let from = region * perRegion; from < end; from += step) {
      ranges.push([from, Math.min(from + step, images === '3-D reference' ? slices : end)]);
    }
  }
  return ranges;
}

export interface Task2Scores {
  readonly classes: Task2Classes;
  readonly images: Task2Images;
  /** How many images were scored. */
  readonly count: number;
  readonly published: { readonly old: OldMetrics; readonly new: NewMetrics };
  readonly corrected: LabelScores;
  /** The corrected scores of each region, in the order of `TASK_REGIONS`. */
  readonly regions: readonly LabelScores[];
  /** Counts of each slice: curves, and the other kinds of images. */
  readonly slices: JointCounts;
}

/** From counts of all slices that are on disk; throws `Invalid` where they are not four equally deep regions. */
export function scoreTask2(slices: JointCounts, classes: Task2Classes, images: Task2Images): Task2Scores {
  const perRegion = slices.groups / TASK_REGIONS.length;
  if (!Number.isInteger(perRegion) || perRegion === 0) {
    const message = `${slices.groups} slices are not four regions of equal depth.`;
    throw new SomascopeError(
      'Invalid',
      message,
      {},
      'Give the file as it was downloaded: CTX, STR, VP and ZI one after another.',
    );
  }
  const regions = classes === '4-class' ? 3 : 4;
  const ranges = task2Images(perRegion, regions, slices.groups, images);
  const stats = imageStats(mergeGroups(slices, ranges));
  const each = mergeGroups(
    slices,
    Array.from({ length: regions }, (_, r): Range => [r * perRegion, (r + 1) * perRegion]),
  );
  return {
    classes,
    images,
    count: ranges.length,
    published: { old: oldMetrics(stats), new: newMetrics(stats) },
    corrected: scoreAll(each),
    regions: Array.from({ length: regions }, (_, r) => scoreGroup(each, r)),
    slices,
  };
}
