// What the benchmark is made of: the volume, its channels on BossDB, the parts of each area, the tasks. Sources: MTNeuro/MTNeuro
// taskconfig/*.json; nerdslab/xray-thc (the volume); arXiv 2301.00345.
import type { Triple } from '../../../base/volume.ts';
import { CUTOUTS, SPLITS, type TaskMode } from './published.ts';

/** Voxels of the whole volume, z, y, x; tissue lies in z 15 to 680. */
export const WHOLE: Triple = [720, 1420, 5805];

export interface Channel {
  /** As remote.html takes it. */
  readonly address: string;
  readonly what: string;
  readonly stored: 'uint8' | 'uint64';
}

export const CHANNELS: readonly Channel[] = [
  { address: 'bossdb://prasad/prasad2020/image', what: 'X-ray image', stored: 'uint8' },
  { address: 'bossdb://prasad/prasad_analysis/roi_labels', what: 'brain regions, every slice (task 1)', stored: 'uint64' },
  {
    address: 'bossdb://prasad/prasad_analysis/pixel_labels',
    what: 'microstructure of the four areas (tasks 2, 3)',
    stored: 'uint64',
  },
  { address: 'bossdb://prasad/prasad2020/region_of_interest', what: 'brain regions, nine slices only', stored: 'uint64' },
  { address: 'bossdb://prasad/prasad2020/pixel_annotation', what: 'microstructure, every 30th slice', stored: 'uint64' },
];

export interface Part {
  readonly mode: TaskMode;
  /** Half-open, in slices of the whole volume. */
  readonly z: readonly [from: number, to: number];
  /** Of one area, and of the four together, as they lie in one file. */
  readonly slices: number;
  readonly stacked: Triple;
  /** Bytes of the array of images (uint8) and of labels (uint64). */
  readonly imageBytes: number;
  readonly labelBytes: number;
}

const EDGE = 256;

export const PARTS: readonly Part[] = (['train', 'val', 'test'] as const).map((mode) => {
  const [from, to] = SPLITS[mode];
  const slices = to - from;
  const stacked: Triple = [slices * CUTOUTS.length, EDGE, EDGE];
  const voxels = stacked[0] * EDGE * EDGE;
  return { mode, z: [from, to], slices, stacked, imageBytes: voxels, labelBytes: 8 * voxels };
});

export interface Task {
  /** The name of its configuration, with which its files begin. */
  readonly config: string;
  readonly what: string;
  readonly classes: string;
  readonly areas: string;
  readonly score: string;
}

const ALL = 'CTX, STR, VP, ZI';
const THREE = 'background and axon, vessel, cell';
const FOUR = 'background, vessel, cell, axon';

export const CONFIGS: readonly Task[] = [
  { config: 'task1', what: 'Region of a slice', classes: ALL, areas: ALL, score: 'accuracy' },
  { config: 'task2_2D_3class', what: 'Segmentation of slices', classes: THREE, areas: ALL, score: 'F1, IoU' },
  { config: 'task2_2D_4class', what: 'Segmentation of slices', classes: FOUR, areas: 'CTX, STR, VP', score: 'F1, IoU' },
  { config: 'task2_3D_3class', what: 'Segmentation of blocks of 8 slices', classes: THREE, areas: ALL, score: 'F1, IoU' },
  {
    config: 'task2_3D_4class',
    what: 'Segmentation of blocks of 8 slices',
    classes: FOUR,
    areas: 'CTX, STR, VP',
    score: 'F1, IoU',
  },
  {
    config: 'task3',
    what: 'Semantic features of quadrants',
    classes: 'five features',
    areas: ALL,
    score: 'R² of a linear readout',
  },
];

/** For people to follow: the page itself asks nobody. */
export const LINKS: readonly { readonly label: string; readonly address: string }[] = [
  { label: 'Data on BossDB', address: 'https://bossdb.org/project/prasad2020' },
  { label: 'Benchmark', address: 'https://mtneuro.github.io/' },
  { label: 'Code and notebooks that download the files', address: 'https://github.com/MTNeuro/MTNeuro' },
  { label: 'Masks and analysis of Prasad et al. 2020', address: 'https://github.com/nerdslab/xray-thc' },
  {
    label: 'Whole volume in neuroglancer',
    address: `https://neuroglancer.bossdb.io/#!${encodeURI('{"layers":[{"type":"image","name":"image","source":"boss://https://api.bossdb.io/prasad/prasad2020/image"}]}')}`,
  },
];
