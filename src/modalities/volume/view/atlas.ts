// The volume as small as the 3-D panel needs it: grey values as bytes between the image's own ends, labels by the nearest voxel.
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import type { Triple } from '../../../base/volume.ts';
import type { Atlas } from '../../../render/layers/volume.ts';
import type { LabelBricks } from '../shared/label-bricks.ts';
import { byteOf, coarseBytes } from '../shared/planes.ts';
import type { LoadedImage } from '../shared/types.ts';
import { coarseOf } from './bricks.ts';
import { bricksIn, imageOf, labelsOf, shownRange, type VolumeDataset } from './datasets.ts';
import { shownLayer } from './store.ts';

export interface MadeAtlas {
  readonly key: string;
  readonly atlas: Atlas;
  /** What the bytes 0 and 255 stand for. */
  readonly ends: { readonly low: number; readonly high: number };
}

/** Voxels along the longest edge. */
const EDGE = 160;

/** null while nothing is there, or where it is the one that `known` names. */
export function* makeAtlas(dataset: VolumeDataset, known: string | undefined): Steps<MadeAtlas | null> {
  const state = dataset.store.getState();
  const layer = shownLayer(state, 'image');
  const whole = imageOf(dataset);
  const coarse = whole || !layer ? undefined : coarseOf(dataset, layer);
  const labels = labelsOf(dataset, 'prediction') ?? labelsOf(dataset, 'truth');
  const inFiles = labels ? undefined : coarseLabels(dataset);
  if (!whole && !coarse && !labels && !inFiles) return null;
  const range = shownRange(dataset);
  const { voxelSize, versions } = state;
  const [truth, prediction] = [shownLayer(state, 'truth')?.id, shownLayer(state, 'prediction')?.id];
  const key = JSON.stringify([layer?.id, labels?.layer.id, truth, prediction, range, voxelSize, versions.image, versions.labels]);
  if (key === known) return null;
  const image = whole ? { data: whole.data, shape: dataset.shape } : coarse;
  const planes = whole ? range : { from: 0, to: image?.shape[0] ?? 0 };
  const ends = image ? endsOf(image.data) : { low: 0, high: 255 };
  const grey = image ? yield* coarseBytes(image.data, image.shape, planes, EDGE, ends) : null;
  const alone = grey ? null : inFiles;
  const found = labels ? { data: labels.data, shape: dataset.shape, planes: range } : null;
  const drawn = found ?? (alone && { ...alone, planes: { from: 0, to: alone.shape[0] } });
  const marked = drawn ? yield* coarseBytes(drawn.data, drawn.shape, drawn.planes, EDGE, null) : null;
  const made = grey && !labels ? yield* smallLabels(dataset, inFiles, grey.shape) : null;
  const fits = !grey || !marked || grey.shape.every((extent, axis) => extent === marked.shape[axis]);
  const shape = (grey ?? marked)!.shape;
  const extent = [range.to - range.from, dataset.shape[1], dataset.shape[2]].map((n, axis) => n * voxelSize[axis]!);
  return {
    key,
    ends,
    atlas: {
      shape,
      extent: extent as unknown as Triple,
      grey: grey?.data ?? null,
      labels: made ?? ((fits && marked?.data) || null),
    },
  };
}

/** The labels on screen that are read from their files in bricks, as they are held of the whole. */
function coarseLabels(dataset: VolumeDataset): LoadedImage | undefined {
  const state = dataset.store.getState();
  if (shownBricks(dataset)) return undefined;
  const layer = shownLayer(state, 'prediction') ?? shownLayer(state, 'truth');
  return layer && coarseOf(dataset, layer);
}

/** Labels of a volume larger than memory, as many voxels as the grey values have. */
function* smallLabels(
  dataset: VolumeDataset,
  inFiles: LoadedImage | undefined,
  shape: Triple,
): Steps<Uint8Array<ArrayBuffer> | null> {
  const bricks = shownBricks(dataset);
  if (bricks) return yield* coarseBricks(bricks, shape);
  return inFiles ? yield* nearestLabels(inFiles, shape) : null;
}

/** Places along an axis of `from` voxels that are nearest to those of one of `to`. */
const nearestPlaces = (from: number, to: number) =>
  Int32Array.from({ length: to }, (_, i) => Math.floor(((i + 0.5) * from) / to));

function* nearestLabels({ data, shape: own }: LoadedImage, shape: Triple): Steps<Uint8Array<ArrayBuffer>> {
  const [planes, rows, columns] = own.map((extent, axis) => nearestPlaces(extent, shape[axis]!)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const out = new Uint8Array(shape[0] * shape[1] * shape[2]);
  let at = 0;
  for (const [i, z] of planes.entries()) {
    for (const y of rows) for (const x of columns) out[at++] = byteOf(data[(z * own[1] + y) * own[2] + x]!);
    yield i / shape[0];
  }
  return out;
}

/** Labels that were made of a volume larger than memory. */
function shownBricks(dataset: VolumeDataset): LabelBricks | undefined {
  const layer = shownLayer(dataset.store.getState(), 'prediction');
  return layer && bricksIn(dataset, layer);
}

/** As many voxels as the grey values have, each the nearest label. */
function* coarseBricks(bricks: LabelBricks, shape: Triple): Steps<Uint8Array<ArrayBuffer>> {
  const places = (axis: number) => nearestPlaces(bricks.shape[axis]!, shape[axis]!);
  const [planes, rows, columns] = [places(0), places(1), places(2)];
  const out = new Uint8Array(shape[0] * shape[1] * shape[2]);
  for (const [i, z] of planes.entries()) {
    out.set(bricks.plane('xy', z, rows, columns), i * shape[1] * shape[2]);
    yield i / shape[0];
  }
  return out;
}

const SAMPLES = 50_000;

function endsOf(data: NumericArray): { low: number; high: number } {
  if (data instanceof Uint8Array) return { low: 0, high: 255 };
  const step = Math.max(1, Math.floor(data.length / SAMPLES));
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < data.length; i += step) {
    const value = data[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low < high ? { low, high } : { low: 0, high: 1 };
}
