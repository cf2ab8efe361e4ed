// How a volume is segmented without weights, as view and worker tell each other. Voxels [z, y, x]; radii and sizes in voxels.
import type { Triple } from '../../../base/volume.ts';

export const METHODS = ['forest', 'softmax', 'threshold', 'otsu', 'li', 'triangle', 'multi-otsu', 'vessels', 'cells'] as const;
export type SegmentMethod = (typeof METHODS)[number];

export const METHOD_TITLES: Readonly<Record<SegmentMethod, string>> = {
  forest: 'Random forest',
  softmax: 'Softmax regression',
  threshold: 'Threshold',
  otsu: 'Otsu',
  li: 'Li, least cross entropy',
  triangle: 'Triangle',
  'multi-otsu': 'Multi-Otsu',
  vessels: 'Vesselness',
  cells: 'LoG cells',
};

/** Methods that learn from marks. */
export const isLearnt = (method: SegmentMethod): method is 'forest' | 'softmax' => method === 'forest' || method === 'softmax';

/** Methods that find one threshold in the histogram, and those that cut by grey values at all. */
export const isFound = (method: SegmentMethod): method is FoundMethod =>
  method === 'otsu' || method === 'li' || method === 'triangle';
export const isCut = (method: SegmentMethod): boolean => method === 'threshold' || method === 'multi-otsu' || isFound(method);

/** Methods that give one mask, which can be opened, closed and rid of small pieces. */
export const isMask = (method: SegmentMethod): boolean => method === 'threshold' || method === 'vessels' || isFound(method);

export type FoundMethod = 'otsu' | 'li' | 'triangle';

export interface SegmentSettings {
  readonly method: SegmentMethod;
  /** Grey value. */
  readonly threshold: number;
  /** What is below the threshold, not above it. */
  readonly darker: boolean;
  /** Of multi-Otsu: 3 or 4. */
  readonly classes: number;
  readonly trees: number;
  /** The median of the 27 voxels around each is cut, not the grey value itself. */
  readonly median: boolean;
  /** Opening and closing of a mask; 0 for none. */
  readonly smooth: number;
  /** Smaller components of a mask are left out. */
  readonly least: number;
  /** Of vesselness, 0…1. */
  readonly vesselness: number;
}

export const USUAL_SETTINGS: SegmentSettings = {
  method: 'forest',
  threshold: 60,
  darker: true,
  classes: 3,
  trees: 40,
  median: false,
  smooth: 0,
  least: 0,
  vesselness: 0.4,
};

/** What was learnt; only the worker looks inside. */
export interface Classifier {
  readonly kind: 'forest' | 'softmax';
  readonly classes: number;
  readonly features: number;
}

/** Of what was kept: the rest is the worker's, which refuses one that was learnt on other features. */
export function isClassifier(value: unknown): value is Classifier {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, classes, features } = value as Partial<Classifier>;
  return (kind === 'forest' || kind === 'softmax') && Number.isInteger(classes) && Number.isInteger(features);
}

/** A box of the image with marks in it. */
export interface Patch {
  readonly image: ArrayBufferView<ArrayBuffer>;
  /** Places within the box, and the class of each. */
  readonly voxel: Float64Array<ArrayBuffer>;
  readonly label: Uint8Array<ArrayBuffer>;
}

/** What is known of marked voxels: features of each in turn, and its class. */
export interface MarkFeatures {
  readonly data: Float32Array<ArrayBuffer>;
  readonly label: Uint8Array<ArrayBuffer>;
}

export interface TrainInput {
  readonly kind: Classifier['kind'];
  readonly trees: number;
  readonly classes: number;
}

export interface SegmentInput {
  readonly settings: SegmentSettings;
  readonly classifier: Classifier | null;
  /** Grey levels between classes, for methods that cut by them. */
  readonly thresholds: readonly number[];
  /** The class that a mask becomes. */
  readonly target: number;
}

/** A box that is labelled, within the wider one that is handed over. */
export interface BoxToLabel extends SegmentInput {
  readonly shape: Triple;
  readonly from: Triple;
  readonly to: Triple;
}

/** Classes of multi-Otsu from dark to bright: vessels are black, bundles of axons bright, cells darker than the tissue. */
export const BY_BRIGHTNESS: Readonly<Record<number, readonly number[]>> = { 3: [1, 0, 3], 4: [1, 2, 0, 3] };
