// Published test scores of MTNeuro, to stand beside one's own, and the cut-outs and splits they were computed on.
// Sources: Quesada et al. 2022 (arXiv 2301.00345), its project page and task2.ipynb; MTNeuro/MTNeuro taskconfig/*.json.

/** The four cut-outs in the order in which they are stacked along z, x and y as half-open ranges of voxels of the whole volume. */
export const CUTOUTS = [
  { name: 'CTX', title: 'cortex', x: [4600, 4856], y: [900, 1156] },
  { name: 'STR', title: 'striatum', x: [3700, 3956], y: [500, 756] },
  { name: 'VP', title: 'ventral posterior nucleus', x: [3063, 3319], y: [850, 1106] },
  { name: 'ZI', title: 'zona incerta', x: [1543, 1799], y: [650, 906] },
] as const;

/** Slices of each cut-out: half-open ranges of z in the whole volume. */
export const SPLITS = { train: [110, 379], val: [380, 409], test: [420, 470] } as const;

/** Edge of a voxel in micrometres. */
export const VOXEL_SIZE = 1.17;

export type TaskMode = keyof typeof SPLITS;

export interface RegionSpan {
  readonly name: (typeof CUTOUTS)[number]['name'];
  /** First slice and the one after the last, in the stacked volume. */
  readonly from: number;
  readonly to: number;
}

/** Where the four regions lie in a stack of `depth` slices; none where it is no multiple of four. */
export function regionSpans(depth: number): RegionSpan[] {
  if (depth === 0 || depth % CUTOUTS.length !== 0) return [];
  const each = depth / CUTOUTS.length;
  return CUTOUTS.map(({ name }, i) => ({ name, from: i * each, to: (i + 1) * each }));
}

export interface TaskTwoRow {
  readonly method: string;
  readonly dimensions: 2 | 3;
  /** Per class of the task, then the average. */
  readonly f1: readonly number[];
  readonly iou: readonly number[];
}

const row = (dimensions: 2 | 3, method: string, f1: readonly number[], iou: readonly number[]): TaskTwoRow => ({
  method,
  dimensions,
  f1,
  iou,
});

/** Classes: background with axons, blood vessel, cell; average. */
export const TASK2_3CLASS: readonly TaskTwoRow[] = [
  row(2, 'U-Net', [0.99, 0.76, 0.85, 0.87], [0.98, 0.64, 0.75, 0.79]),
  row(2, 'MAnet', [0.99, 0.79, 0.87, 0.88], [0.98, 0.68, 0.78, 0.81]),
  row(2, 'FPN', [0.99, 0.72, 0.84, 0.85], [0.97, 0.59, 0.73, 0.76]),
  row(2, 'U-Net++', [0.99, 0.79, 0.87, 0.89], [0.98, 0.68, 0.78, 0.81]),
  row(2, 'PAN', [0.98, 0.6, 0.8, 0.79], [0.96, 0.46, 0.66, 0.69]),
  row(2, 'PSPNet', [0.97, 0.48, 0.74, 0.73], [0.94, 0.39, 0.61, 0.65]),
  row(3, 'U-Net', [0.99, 0.77, 0.87, 0.88], [0.98, 0.65, 0.76, 0.8]),
  row(3, 'VNetLight', [0.99, 0.75, 0.83, 0.85], [0.97, 0.61, 0.7, 0.76]),
  row(3, 'HighResNet', [0.99, 0.74, 0.84, 0.85], [0.97, 0.61, 0.72, 0.77]),
];

/** Classes: background, blood vessel, cell, myelinated axon; average. */
export const TASK2_4CLASS: readonly TaskTwoRow[] = [
  row(2, 'U-Net', [0.97, 0.82, 0.87, 0.94, 0.9], [0.89, 0.7, 0.77, 0.6, 0.74]),
  row(2, 'MAnet', [0.97, 0.83, 0.87, 0.94, 0.9], [0.89, 0.71, 0.78, 0.76, 0.78]),
  row(2, 'FPN', [0.96, 0.73, 0.84, 0.93, 0.86], [0.87, 0.59, 0.72, 0.72, 0.72]),
  row(2, 'U-Net++', [0.97, 0.81, 0.85, 0.93, 0.89], [0.88, 0.68, 0.75, 0.73, 0.76]),
  row(2, 'PAN', [0.95, 0.69, 0.8, 0.93, 0.84], [0.85, 0.53, 0.67, 0.76, 0.7]),
  row(2, 'PSPNet', [0.94, 0.54, 0.71, 0.91, 0.78], [0.82, 0.38, 0.55, 0.74, 0.62]),
  row(3, 'U-Net', [0.93, 0.76, 0.8, 0.87, 0.84], [0.81, 0.62, 0.67, 0.5, 0.65]),
  row(3, 'VNetLight', [0.9, 0.65, 0.73, 0.76, 0.76], [0.78, 0.46, 0.58, 0.43, 0.56]),
  row(3, 'HighResNet', [0.89, 0.51, 0.73, 0.77, 0.72], [0.73, 0.35, 0.58, 0.42, 0.52]),
];

/** What the tables do not say of themselves. */
export const TASK2_NOTE =
  'The published tables mix two ways of averaging: an F1 of 0.94 with an IoU of 0.60 is impossible for pooled counts (F1 0.94 gives IoU 0.89).';

/** Region of a patch: accuracy, and its spread over runs where it was published; protocols C1, C2 and C3 of the paper. */
export const TASK1: readonly {
  readonly method: string;
  readonly accuracy: readonly number[];
  readonly spread?: readonly number[];
}[] = [
  { method: 'Supervised', accuracy: [0.88, 0.77, 0.88], spread: [0.03, 0.03, 0.02] },
  { method: 'Supervised + Mixup', accuracy: [0.9, 0.78, 0.9] },
  { method: 'BYOL', accuracy: [0.88, 0.76, 0.97] },
  { method: 'MYOW', accuracy: [0.9, 0.78, 0.98] },
  { method: 'MYOW-m', accuracy: [0.94, 0.78, 0.98] },
  { method: 'PCA', accuracy: [0.59, 0.25, 0.07] },
  { method: 'NMF', accuracy: [0.62, 0.27, 0.5] },
];

export const TASK1_NOTE =
  'Slices without region label count as cortex in the reference code: with the published test set even a perfect classifier reaches only 0.85.';

/** Prasad et al. 2020, the notebook of human labelling. */
export const TASK1_PEOPLE =
  'C1 to C3 are the paper’s protocols, on other slices. People: two raters named 30 patches of six regions with an accuracy of 0.78 to 0.85.';

/** Semantic features: R² of a linear readout of BYOL's embeddings, fitted and scored on the same data (notebook of task 3). */
export const TASK3_BYOL = { vessel: 0.865, cellCount: 0.773, nearestNeighbour: 0.53, cellSize: 0.713, axon: 0.965 } as const;
