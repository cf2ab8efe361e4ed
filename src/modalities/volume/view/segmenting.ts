// Segmenting from the page: marks are learnt, the slice on screen is labelled at once and followed, then the whole volume; each result
// is a prediction layer of its own method. Of a volume larger than memory what lies around the crosshair is labelled live.
import { SomascopeError } from '../../../base/errors.ts';
import { getOrMake } from '../../../base/get-or-make.ts';
import { byteSize, grouped } from '../../../base/number-format.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import { type Box, cutBox, tilesOf } from '../shared/boxes.ts';
import { denseVoxels, LabelBricks } from '../shared/label-bricks.ts';
import {
  type Classifier,
  isLearnt,
  isMask,
  METHOD_TITLES,
  type SegmentInput,
  type SegmentSettings,
  type TrainInput,
} from '../shared/segment-types.ts';
import { isVast } from './bricks.ts';
import { type HeldLabels, putVoxels, seamsOf, shownRange, type VolumeDataset, voxelsKey } from './datasets.ts';
import { findThresholds } from './find-thresholds.ts';
import { noteStep } from './history.ts';
import { greySample, readableImage } from './image-box.ts';
import { type LabelOptions, labelBoxes } from './label-boxes.ts';
import { featuresOf, marksOf } from './marks.ts';
import { bump, type Layer } from './store.ts';
import { addOwnLayer, emptyLabels, type OwnLabels, voxelsIn } from './stroke.ts';
import { touch } from './work.ts';

/** What was learnt, and from what, for people. */
export interface Learnt {
  readonly classifier: Classifier;
  readonly from: string;
}

interface Made {
  learnt: Learnt | null;
  /** The boxes that were labelled live with what holds now. */
  done: Set<string>;
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

/** Learns from the marks, then labels the slice on screen. */
export async function train(dataset: VolumeDataset): Promise<void> {
  const { segment } = dataset.store.getState();
  const { method: kind, trees } = segment;
  if (!isLearnt(kind)) return;
  try {
    const marks = await marksOf(dataset);
    const classes = marks.runs.reduce((most, [, , , , label]) => Math.max(most, label), 0) + 1;
    const classifier = await tracked({ label: 'Training', dataset: dataset.id }, async ({ signal, onProgress }) => {
      const payload = await featuresOf(dataset, marks, { signal, onProgress: (share) => onProgress(share * 0.6) });
      const input: TrainInput = { kind, trees, classes };
      return ask<Classifier>('volume', 'train', input, { signal, payload });
    });
    setLearnt(dataset, { classifier, from: `${marks.source}, ${grouped(marks.voxels)} voxels` });
    await refresh(dataset);
  } catch (error) {
    reportError(error, 'Nothing was learnt');
  }
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

/** A box of the volume around the crosshair, whose edges lie where those of bricks do. */
function boxAround({ shape, store }: VolumeDataset, edges: Triple, steps: Triple): Box {
  const { position } = store.getState();
  const from = position.map((at, axis) => {
    const first = Math.round((at - edges[axis]! / 2) / steps[axis]!) * steps[axis]!;
    return Math.max(0, Math.min(shape[axis]! - 1, first));
  }) as unknown as Triple;
  const to = from.map((at, axis) => Math.min(shape[axis]!, at + edges[axis]!)) as unknown as Triple;
  return { from, to };
}

/** What is labelled at once: the XY slice on screen, of a volume larger than memory the part of it around the crosshair. */
function liveBox(dataset: VolumeDataset): Box {
  const [, height, width] = dataset.shape;
  const z = dataset.store.getState().position[0];
  if (!isVast(dataset.shape)) return { from: [z, 0, 0], to: [z + 1, height, width] };
  return boxAround(dataset, [1, 512, 512], [1, 128, 128]);
}

/** Labels the slice on screen unless it is, in the layer of the method. */
async function labelSlice(dataset: VolumeDataset): Promise<void> {
  const own = madeOf(dataset);
  if (!canSegment(dataset) || !readableImage(dataset)) return;
  const box = liveBox(dataset);
  const key = box.from.join();
  if (own.done.has(key)) return;
  own.done.add(key);
  const { turn } = own;
  try {
    const tiles: { tile: Box; labels: Uint8Array<ArrayBuffer> }[] = [];
    await label(dataset, box, (tile, labels) => void tiles.push({ tile, labels }), {});
    if (own.turn !== turn) return;
    const { id, data } = layerData(dataset);
    for (const { tile, labels } of tiles) voxelsIn(data, dataset.shape)?.putBox(tile.from, tile.to, labels);
    touch(dataset, id, [box.from[0]]);
    bump(dataset.store, 'labels', 'classes');
  } catch (error) {
    reportError(error, 'The slice could not be segmented');
  }
}

/** Follows the slice on screen while the layer of the method is shown. */
export function keepSegmented(dataset: VolumeDataset): () => void {
  return dataset.store.subscribe((now, before) => {
    if (now.position === before.position) return;
    if (madeOf(dataset).turn > 0 && methodLayer(dataset)?.visible) void labelSlice(dataset);
  });
}

const NEAR_EDGES: Triple = [64, 512, 512];
const NEAR_STEPS: Triple = [16, 128, 128];

/** The shown part, or what was chosen of a volume larger than memory. */
function chosenBox(dataset: VolumeDataset): Box {
  const [depth, height, width] = dataset.shape;
  if (!isVast(dataset.shape)) {
    const { from, to } = shownRange(dataset);
    return { from: [from, 0, 0], to: [to, height, width] };
  }
  if (dataset.store.getState().extent === 'near') return boxAround(dataset, NEAR_EDGES, NEAR_STEPS);
  return { from: [0, 0, 0], to: [depth, height, width] };
}

function needRoom({ from, to }: Box): void {
  const extent = extentOf(from, to);
  if (!isVast(extent)) return;
  const message = `Labels of the whole volume take ${byteSize(voxelsOf(extent))}, more than the memory that labels may fill.`;
  const hint =
    'Segment what is around the crosshair, raise the cache in the status bar, or choose Segmentation NPY under Export.';
  throw new SomascopeError('OutOfMemory', message, {}, hint);
}

/** The whole shown part, with progress and Cancel; one step of undo. */
export async function segmentAll(dataset: VolumeDataset): Promise<void> {
  const { store, shape } = dataset;
  const { segment } = store.getState();
  try {
    greySample(dataset);
    if (!canSegment(dataset)) await train(dataset);
    if (!canSegment(dataset)) return;
    const box = chosenBox(dataset);
    needRoom(box);
    const { id, data: before } = layerData(dataset);
    const after = before instanceof LabelBricks ? before.copy() : before.slice();
    await tracked(
      { label: 'Segmenting', dataset: dataset.id, unit: 'M voxels', total: voxelsOf(extentOf(box.from, box.to)) / 1e6 },
      async (options) => {
        const put = ({ from, to }: Box, labels: Uint8Array<ArrayBuffer>) => voxelsIn(after, shape)?.putBox(from, to, labels);
        const settings = after instanceof LabelBricks ? segment : { ...segment, least: 0 };
        await label(dataset, box, put, options, settings);
        if (after instanceof Uint8Array && isMask(segment.method) && segment.least > 1)
          await dropSmall(dataset, box, after, segment.least, put, options);
      },
    );
    const put = (data: OwnLabels) => {
      putVoxels(voxelsKey(dataset, id), data);
      touch(dataset, id);
      bump(store, 'labels', 'classes');
    };
    put(after);
    for (let z = box.from[0]; z < box.to[0]; z++) madeOf(dataset).done.add([z, 0, 0].join());
    noteStep(dataset, { name: `Segment: ${METHOD_TITLES[segment.method]}`, undo: () => put(before), redo: () => put(after) });
  } catch (error) {
    reportError(error, 'The volume could not be segmented');
  }
}

/** Takes out what is smaller than asked for: a tile does not know how far a piece goes, so it is measured in each cutout as a whole. */
async function dropSmall(
  dataset: VolumeDataset,
  box: Box,
  data: Uint8Array<ArrayBuffer>,
  least: number,
  put: (part: Box, labels: Uint8Array<ArrayBuffer>) => void,
  { signal }: LabelOptions,
): Promise<void> {
  for (const part of tilesOf(box, extentOf(box.from, box.to), seamsOf(dataset))) {
    const input = { shape: extentOf(part.from, part.to), least };
    put(part, await ask('volume', 'dropPieces', input, { signal, payload: cutBox(data, dataset.shape, part) }));
  }
}

/** Labels of all planes, `planes` at a time, in their order: what is too large to be held is written as it comes. */
export async function* labelPlanes(dataset: VolumeDataset, options: LabelOptions): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const [depth, height, width] = dataset.shape;
  const planes = Math.max(1, Math.min(NEAR_STEPS[0], Math.floor(SLAB_BYTES / (height * width))));
  const { signal } = options;
  for (let z = 0; z < depth; z += planes) {
    const box: Box = { from: [z, 0, 0], to: [Math.min(depth, z + planes), height, width] };
    const shape = extentOf(box.from, box.to);
    const slab = new Uint8Array(voxelsOf(shape));
    const target = denseVoxels(slab, shape);
    const own = (at: Triple): Triple => [at[0] - z, at[1], at[2]];
    const onProgress = (share: number) => options.onProgress?.((z + share * shape[0]) / depth);
    await label(dataset, box, ({ from, to }, labels) => target.putBox(own(from), own(to), labels), {
      onProgress,
      ...(signal ? { signal } : {}),
    });
    yield slab;
  }
}

const SLAB_BYTES = 64 * 2 ** 20;

/** Labels a box with what holds now. */
async function label(
  dataset: VolumeDataset,
  box: Box,
  put: (tile: Box, labels: Uint8Array<ArrayBuffer>) => void,
  options: LabelOptions,
  settings?: SegmentSettings,
): Promise<void> {
  const { segment, brush } = dataset.store.getState();
  const input: SegmentInput = {
    settings: settings ?? segment,
    classifier: isLearnt(segment.method) ? (learntOf(dataset)?.classifier ?? null) : null,
    thresholds: await findThresholds(dataset),
    target: segment.method === 'vessels' ? VESSEL : segment.method === 'cells' ? CELL : brush || VESSEL,
  };
  await labelBoxes(dataset, box, input, put, options);
}

const [VESSEL, CELL] = [1, 2];
/** The layer of the method that is chosen: of this visit, or kept from one before. */
function methodLayer({ store, sources }: VolumeDataset): Layer | undefined {
  const { layers, segment } = store.getState();
  const name = METHOD_TITLES[segment.method];
  return layers.find((one) => one.name === name && one.role === 'prediction' && !sources.has(one.id));
}

/** It and its voxels, made where there are none. */
function layerData(dataset: VolumeDataset): { id: string; data: OwnLabels } {
  const layer = methodLayer(dataset);
  const found = layer && resources.get<HeldLabels>(voxelsKey(dataset, layer.id));
  if (layer && (found instanceof LabelBricks || found instanceof Uint8Array)) return { id: layer.id, data: found };
  const data = emptyLabels(dataset);
  return { id: addOwnLayer(dataset, METHOD_TITLES[dataset.store.getState().segment.method], data), data };
}
