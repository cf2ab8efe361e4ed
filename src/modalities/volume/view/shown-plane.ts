// What a slice panel shows: the image's plane (or slab) and the planes of truth, prediction and scribbles, within the chosen part.
import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import type { SlicePlane } from '../../../render/layers/slice.ts';
import type { LabelBricks } from '../shared/label-bricks.ts';
import { labelCodes, PLANE_AXES, PLANES, type PlaneName, planeOf, slabOf } from '../shared/planes.ts';
import { askKnown } from './ask-known.ts';
import { type Seen, type Window, windowOf } from './brick-window.ts';
import { brickPlane, isTooLarge, labelsBehind, labelWindow, layerLevels, sampleWindow, wantBricks } from './bricks.ts';
import { bricksIn, imageOf, labelsOf, scribblesOf, shownRange, type VolumeDataset } from './datasets.ts';
import { earlyPlane } from './early.ts';
import { type Layer, shownLayer } from './store.ts';

export interface ShownPlane extends Omit<SlicePlane, 'image'> {
  readonly image: Plane | null;
}

/** The volume too large to be held whose pixels are shown: the image, or the labels where there is no image; undefined for none. */
function largeLayer(dataset: VolumeDataset): Layer | undefined {
  const state = dataset.store.getState();
  const layer = shownLayer(state, 'image') ?? shownLayer(state, 'truth') ?? shownLayer(state, 'prediction');
  return layer && !imageOf(dataset) && isTooLarge(dataset, layer) ? layer : undefined;
}

/** The part that is shown of a volume too large to be held; null for any other. */
export function windowIn(dataset: VolumeDataset, plane: PlaneName, seen: Seen): Window | null {
  const layer = largeLayer(dataset);
  return layer ? windowOf(layerLevels(dataset, layer), plane, dataset.store.getState().position, seen) : null;
}

/** null while nothing is there. `unit`: camera units a voxel, per axis; `window` as `windowIn` says. */
export function shownPlane(dataset: VolumeDataset, plane: PlaneName, unit: Triple, window: Window | null): ShownPlane | null {
  return window ? windowPlane(dataset, window, unit) : wholePlane(dataset, plane, unit);
}

function windowPlane(dataset: VolumeDataset, window: Window, unit: Triple): ShownPlane | null {
  const state = dataset.store.getState();
  const layer = shownLayer(state, 'image');
  const { plane, level, rows, cols } = window;
  const image = layer ? brickPlane(dataset, layer, window) : null;
  if (layer && !image) return null;
  const inFiles = (['truth', 'prediction'] as const).flatMap((role) => {
    const shown = shownLayer(state, role);
    return shown && isTooLarge(dataset, shown) ? [shown] : [];
  });
  wantBricks(dataset, plane, [
    ...(layer ? [{ layer, window }] : []),
    ...inFiles.map((one) => ({ layer: one, window: labelWindow(dataset, one, window) })),
  ]);
  const { row, col } = PLANE_AXES[plane];
  const labels = (['truth', 'prediction'] as const).map((role) => {
    const shown = shownLayer(state, role);
    const bricks = shown && bricksIn(dataset, shown);
    if (bricks) return bricksInWindow(bricks, window);
    if (shown && inFiles.includes(shown)) return labelsBehind(dataset, shown, window);
    const data = labelsOf(dataset, role)?.data;
    return data?.length === voxelsOf(dataset.shape) ? labelCodes(sampleWindow(data, dataset.shape, window)).data : null;
  });
  if (!image && labels.every((one) => one === null)) return null;
  const scribbles = scribblesOf(dataset);
  const aspect = { row: unit[row]! * level.step[row]!, col: unit[col]! * level.step[col]! };
  return {
    image,
    labels: [...labels, scribbles ? bricksInWindow(scribbles, window) : null],
    height: rows[1] - rows[0],
    width: cols[1] - cols[0],
    aspect,
    origin: { row: rows[0] * aspect.row, col: cols[0] * aspect.col },
  };
}

/** By the nearest voxel, as all labels are. */
function bricksInWindow(bricks: LabelBricks, { level, plane, index, rows, cols }: Window): Uint8Array<ArrayBuffer> {
  const { across, row, col } = PLANE_AXES[plane];
  const place = (at: number, axis: number) => Math.min(bricks.shape[axis]! - 1, Math.floor((at + 0.5) * level.step[axis]!));
  const places = ([from, to]: Window['rows'], axis: number) =>
    Int32Array.from({ length: to - from }, (_, i) => place(from + i, axis));
  return bricks.plane(plane, place(index, across), places(rows, row), places(cols, col));
}

function wholePlane(dataset: VolumeDataset, plane: PlaneName, unit: Triple): ShownPlane | null {
  const state = dataset.store.getState();
  const { across, row, col } = PLANE_AXES[plane];
  const { from, to } = shownRange(dataset);
  const [, height, width] = dataset.shape;
  const shape: Triple = [to - from, height, width];
  const index = Math.min(shape[across]! - 1, Math.max(0, state.position[across]! - (across === 0 ? from : 0)));
  const part = <T extends NumericArray>(data: T): T => data.subarray(from * height * width, to * height * width) as T;
  const fits = (data: NumericArray) => data.length === dataset.shape[0] * height * width;
  const places = (axis: number) => Int32Array.from({ length: shape[axis]! }, (_, i) => i + (axis === 0 ? from : 0));
  const wholeOf = (bricks: LabelBricks) => bricks.plane(plane, index + (across === 0 ? from : 0), places(row), places(col));
  const labels = (['truth', 'prediction'] as const).map((role) => {
    const found = labelsOf(dataset, role);
    if (found) return fits(found.data) ? labelCodes(planeOf(part(found.data), shape, plane, index)).data : null;
    const layer = shownLayer(state, role);
    const bricks = layer && bricksIn(dataset, layer);
    return bricks ? wholeOf(bricks) : null;
  });
  const scribbles = scribblesOf(dataset);
  const held = imageOf(dataset);
  const layer = shownLayer(state, 'image');
  const early = plane === 'xy' && layer ? earlyPlane(dataset, layer, state.position[0]) : null;
  const image = held ? slabOf(part(held.data), shape, plane, index, state.slab) : early;
  if (!image && labels.every((one) => one === null)) return null;
  return {
    image,
    labels: [...labels, scribbles ? wholeOf(scribbles) : null],
    height: shape[row]!,
    width: shape[col]!,
    aspect: { row: unit[row]!, col: unit[col]! },
  };
}

/** The plane on screen with every voxel of it, read from the file where the image is too large to be held. */
export async function exactPlane(dataset: VolumeDataset, plane: PlaneName): Promise<Plane | null> {
  const state = dataset.store.getState();
  const layer = shownLayer(state, 'image');
  if (!layer || imageOf(dataset) || !isTooLarge(dataset, layer)) return wholePlane(dataset, plane, [1, 1, 1])?.image ?? null;
  const { across } = PLANE_AXES[plane];
  const at = state.position[across]!;
  const from = [0, 1, 2].map((axis) => (axis === across ? at : 0)) as unknown as Triple;
  const to = layer.shape.map((extent, axis) => (axis === across ? at + 1 : extent)) as unknown as Triple;
  const data = await askKnown<NumericArray>(dataset, layer, 'box', { level: 0, from, to });
  return data ? planeOf(data, extentOf(from, to), plane, 0) : null;
}

/** The image planes on screen, for the contrast of what is visible; those of a volume that is too large as they are seen from afar. */
export function visibleImages(dataset: VolumeDataset): NumericArray[] {
  return PLANES.flatMap((plane) => {
    const { row, col } = PLANE_AXES[plane];
    const far = { row: Number.POSITIVE_INFINITY, col: Number.POSITIVE_INFINITY };
    const whole = { rows: [0, dataset.shape[row]!], cols: [0, dataset.shape[col]!], perPixel: far } as const;
    const window = windowIn(dataset, plane, whole);
    const layer = shownLayer(dataset.store.getState(), 'image');
    if (window && layer) return brickPlane(dataset, layer, window)?.data ?? [];
    return wholePlane(dataset, plane, [1, 1, 1])?.image?.data ?? [];
  });
}
