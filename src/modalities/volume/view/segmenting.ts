// Segmenting from the page: marks are learnt, the slice on screen is labelled at once and followed, then the whole volume; each result
// is a prediction layer of its own method.
import { SomascopeError } from '../../../base/errors.ts';
import { getOrMake } from '../../../base/get-or-make.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { grouped } from '../../../base/number-format.ts';
import { voxelsOf } from '../../../base/volume.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import {
  type Classifier,
  isFound,
  isLearnt,
  METHOD_TITLES,
  type SegmentInput,
  type SegmentPart,
  type SegmentSettings,
  type TrainInput,
  type TrainPayload,
} from '../shared/segment-types.ts';
import { imageOf, labelsOf, NO_SCRIBBLE, scribblesOf, seamsOf, shownRange, type VolumeDataset, voxelsKey } from './datasets.ts';
import { noteStep } from './history.ts';
import { bump, type Layer } from './store.ts';
import { addOwnLayer, countScribbles } from './stroke.ts';
import { touch } from './work.ts';

/** Planes that features of a plane depend on, on either side. */
const REACH = 20;
/** Voxels of each class that are taken from a slice of the truth. */
const FROM_TRUTH = 3000;

/** What was learnt, and from what, for people. */
export interface Learnt {
  readonly classifier: Classifier;
  readonly from: string;
}

interface Made {
  learnt: Learnt | null;
  /** The planes that were labelled with what holds now. */
  done: Set<number>;
  /** Counts up with every change of marks or settings. */
  turn: number;
}

const made = new Map<string, Made>();

function madeOf({ id }: VolumeDataset): Made {
  return getOrMake(made, id, (): Made => ({ learnt: null, done: new Set(), turn: 0 }));
}

export function forgetSegmented(id: string): void {
  made.delete(id);
}

export function learntOf(dataset: VolumeDataset): Learnt | null {
  return madeOf(dataset).learnt;
}

/** Takes what was learnt, now or on an earlier visit, as what is labelled with; it is remembered. */
export function setLearnt(dataset: VolumeDataset, learnt: Learnt | null): void {
  madeOf(dataset).learnt = learnt;
  dataset.store.setState(({ kept }) => ({ trained: learnt?.from ?? null, kept: kept + 1 }));
}

function needImage(dataset: VolumeDataset): NumericArray {
  const image = imageOf(dataset);
  if (image) return image.data;
  throw new SomascopeError(
    'Unsupported',
    'There is no whole image in memory to segment.',
    {},
    'Open an image, or a part of it that fits into the cache.',
  );
}

/** Learns from the scribbles, or where there are none from the truth on the slice on screen; then labels that slice. */
export async function train(dataset: VolumeDataset): Promise<void> {
  const { segment } = dataset.store.getState();
  if (!isLearnt(segment.method)) return;
  try {
    const image = needImage(dataset);
    const marks = marksOf(dataset);
    const area = dataset.shape[1] * dataset.shape[2];
    const planes = marks.voxel.reduce<[number, number]>(
      ([low, high], at) => [Math.min(low, Math.floor(at / area)), Math.max(high, Math.floor(at / area) + 1)],
      [dataset.shape[0], 0],
    );
    const from = Math.max(0, planes[0] - REACH);
    const to = Math.min(dataset.shape[0], planes[1] + REACH);
    const input: TrainInput = {
      kind: segment.method,
      trees: segment.trees,
      classes: marks.label.reduce((most, label) => Math.max(most, label), 0) + 1,
      shape: [to - from, dataset.shape[1], dataset.shape[2]],
      seams: seamsOf(dataset).flatMap((seam) => (seam > from && seam < to ? [seam - from] : [])),
    };
    const payload: TrainPayload = {
      image: image.slice(from * area, to * area),
      voxel: marks.voxel.map((at) => at - from * area),
      label: marks.label,
    };
    const classifier = await tracked({ label: 'Training', dataset: dataset.id }, ({ signal }) =>
      ask<Classifier>('volume', 'train', input, { signal, payload }),
    );
    setLearnt(dataset, { classifier, from: `${marks.source}, ${grouped(marks.voxel.length)} voxels` });
    await refresh(dataset);
  } catch (error) {
    reportError(error, 'Nothing was learnt');
  }
}

interface Marks {
  readonly voxel: Float64Array<ArrayBuffer>;
  readonly label: Uint8Array<ArrayBuffer>;
  readonly source: string;
}

function marksOf(dataset: VolumeDataset): Marks {
  const scribbles = scribblesOf(dataset);
  const counts = countScribbles(scribbles);
  if (scribbles && counts.size > 0) {
    const voxel: number[] = [];
    for (let i = 0; i < scribbles.length; i++) if (scribbles[i] !== NO_SCRIBBLE) voxel.push(i);
    return { voxel: Float64Array.from(voxel), label: Uint8Array.from(voxel, (at) => scribbles[at]!), source: 'scribbles' };
  }
  const truth = labelsOf(dataset, 'truth');
  if (!truth || !(truth.data instanceof Uint8Array)) {
    throw new SomascopeError(
      'Invalid',
      'There is nothing to learn from.',
      {},
      'Scribble on some voxels of at least two classes, then press Train.',
    );
  }
  return fromTruth(truth.data, dataset);
}

/** Evenly spaced voxels of each class on the XY slice on screen. */
function fromTruth(truth: Uint8Array, { shape, store }: VolumeDataset): Marks {
  const area = shape[1] * shape[2];
  const z = store.getState().position[0];
  const places = new Map<number, number[]>();
  for (let i = z * area; i < (z + 1) * area; i++) getOrMake(places, truth[i]!, (): number[] => []).push(i);
  const voxel: number[] = [];
  for (const all of places.values()) {
    const step = Math.max(1, all.length / FROM_TRUTH);
    for (let i = 0; i < all.length; i += step) voxel.push(all[Math.floor(i)]!);
  }
  return { voxel: Float64Array.from(voxel), label: Uint8Array.from(voxel, (at) => truth[at]!), source: `truth on z ${z}` };
}

/** Changes a setting; what was labelled with the old one is labelled anew where it is seen. */
export function setSegment(dataset: VolumeDataset, change: Partial<SegmentSettings>): void {
  dataset.store.setState(({ segment }) => ({ segment: { ...segment, ...change } }));
  void refresh(dataset);
}

/** Whether there is something to label with. */
export function canSegment(dataset: VolumeDataset): boolean {
  const { segment } = dataset.store.getState();
  return !isLearnt(segment.method) || learntOf(dataset)?.classifier.kind === segment.method;
}

/** Labels the slice on screen with what holds now. */
async function refresh(dataset: VolumeDataset): Promise<void> {
  const own = madeOf(dataset);
  own.done = new Set();
  own.turn++;
  await labelSlice(dataset);
}

/** Labels the slice on screen unless it is, in the layer of the method. */
async function labelSlice(dataset: VolumeDataset): Promise<void> {
  const own = madeOf(dataset);
  const z = dataset.store.getState().position[0];
  if (own.done.has(z) || !canSegment(dataset) || !imageOf(dataset)) return;
  own.done.add(z);
  const { turn } = own;
  try {
    const labels = await label(dataset, z, z + 1, {});
    if (own.turn !== turn) return;
    const { id, data } = layerData(dataset);
    data.set(labels, z * dataset.shape[1] * dataset.shape[2]);
    touch(dataset, id, [z]);
    bump(dataset.store, 'labels', 'classes');
  } catch (error) {
    reportError(error, 'The slice could not be segmented');
  }
}

/** Follows the slice on screen while the layer of the method is shown. */
export function keepSegmented(dataset: VolumeDataset): () => void {
  return dataset.store.subscribe((now, before) => {
    if (now.position[0] === before.position[0]) return;
    const own = madeOf(dataset);
    if (own.turn > 0 && methodLayer(dataset)?.visible) void labelSlice(dataset);
  });
}

/** The whole shown part, with progress and Cancel; one step of undo. */
export async function segmentAll(dataset: VolumeDataset): Promise<void> {
  const { store } = dataset;
  const { method } = store.getState().segment;
  try {
    needImage(dataset);
    if (!canSegment(dataset)) await train(dataset);
    if (!canSegment(dataset)) return;
    const { from, to } = shownRange(dataset);
    const area = dataset.shape[1] * dataset.shape[2];
    const labels = await tracked(
      { label: 'Segmenting', dataset: dataset.id, unit: 'M voxels', total: ((to - from) * area) / 1e6 },
      (options) => label(dataset, from, to, options),
    );
    const { id, data: before } = layerData(dataset);
    const after = before.slice();
    after.set(labels, from * area);
    const put = (data: Uint8Array<ArrayBuffer>) => {
      resources.put(voxelsKey(dataset, id), data, data.byteLength, true);
      touch(dataset, id);
      bump(store, 'labels', 'classes');
    };
    put(after);
    for (let z = from; z < to; z++) madeOf(dataset).done.add(z);
    noteStep(dataset, { name: `Segment: ${METHOD_TITLES[method]}`, undo: () => put(before), redo: () => put(after) });
  } catch (error) {
    reportError(error, 'The volume could not be segmented');
  }
}

/** Labels of planes from … to. */
async function label(
  dataset: VolumeDataset,
  from: number,
  to: number,
  options: { signal?: AbortSignal; onProgress?: (share: number) => void },
): Promise<Uint8Array<ArrayBuffer>> {
  const image = needImage(dataset);
  const { segment, brush } = dataset.store.getState();
  const area = dataset.shape[1] * dataset.shape[2];
  const input: SegmentInput = {
    settings: segment,
    classifier: isLearnt(segment.method) ? (learntOf(dataset)?.classifier ?? null) : null,
    thresholds: await thresholdsOf(dataset, image),
    target: segment.method === 'vessels' ? VESSEL : segment.method === 'cells' ? CELL : brush || VESSEL,
    shape: dataset.shape,
    seams: seamsOf(dataset),
    from,
    to,
  };
  return runJob<Uint8Array<ArrayBuffer>, SegmentPart>('volume', 'segment', input, {
    ...options,
    attach: ({ readFrom, readTo }) => image.slice(readFrom * area, readTo * area),
  });
}

const [VESSEL, CELL] = [1, 2];
const SAMPLE = 400_000;

async function thresholdsOf(dataset: VolumeDataset, image: NumericArray): Promise<number[]> {
  const { method, threshold, classes } = dataset.store.getState().segment;
  if (method === 'threshold') return [threshold];
  if (!isFound(method) && method !== 'multi-otsu' && method !== 'cells') return [];
  const step = Math.max(1, Math.floor(image.length / SAMPLE));
  // An odd step does not fall on the same columns again and again.
  const odd = step % 2 === 0 ? step + 1 : step;
  const sample = Float64Array.from({ length: Math.floor(image.length / odd) }, (_, i) => image[i * odd]!);
  const payload = image instanceof Uint8Array ? Uint8Array.from(sample) : sample;
  if (method === 'cells') return [await ask<number>('volume', 'median', null, { payload })];
  const input = isFound(method) ? { rule: method, classes: 2 } : { rule: 'otsu', classes };
  return ask<number[]>('volume', 'thresholds', input, { payload });
}

/** The layer of the method that is chosen: of this visit, or kept from one before. */
function methodLayer({ store, sources }: VolumeDataset): Layer | undefined {
  const { layers, segment } = store.getState();
  const name = METHOD_TITLES[segment.method];
  return layers.find((one) => one.name === name && one.role === 'prediction' && !sources.has(one.id));
}

/** It and its voxels, made where there are none. */
function layerData(dataset: VolumeDataset): { id: string; data: Uint8Array<ArrayBuffer> } {
  const layer = methodLayer(dataset);
  const found = layer && resources.get<Uint8Array<ArrayBuffer>>(voxelsKey(dataset, layer.id));
  if (layer && found) return { id: layer.id, data: found };
  const data = new Uint8Array(voxelsOf(dataset.shape));
  return { id: addOwnLayer(dataset, METHOD_TITLES[dataset.store.getState().segment.method], data), data };
}
