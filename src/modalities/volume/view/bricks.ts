// Volumes larger than memory: a coarse whole first, then the bricks of the level that the zoom asks for, those nearest to the middle of
// each panel first, kept within the budget of the resource cache. Boxes are [z, y, x] in voxels of a level.
import { mark } from '../../../base/marks.ts';
import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import { byteOf, PLANE_AXES, type PlaneName } from '../shared/planes.ts';
import type { CoarseInput, LoadedImage } from '../shared/types.ts';
import { askKnown, asLabels } from './ask-known.ts';
import { boxOf, bricksOf, type Level, levelsOf, type Window, windowBehind } from './brick-window.ts';
import { bricksIn, inputOf, labelsIn, type VolumeDataset, voxelsKey } from './datasets.ts';
import { bump, changeLayer, type Layer } from './store.ts';

/** Share of the cache that one volume may fill as a whole. */
const WHOLE_SHARE = 0.45;
const AT_ONCE = 3;
/** Share of what is left of the cache that bricks on screen may fill. */
const SEEN_SHARE = 0.9;

/** Whether a layer in files is more than may be held, and is not: it is read in bricks. */
export function isTooLarge(dataset: VolumeDataset, { id, role }: Layer): boolean {
  const item = dataset.sources.get(id)?.item;
  if (!item || resources.has(voxelsKey(dataset, id))) return false;
  return role === 'image' ? item.bytes > WHOLE_SHARE * resources.budget : isVast(item.shape);
}

/** Whether labels of such a volume are more than may be held as a whole. */
export function isVast(shape: Triple): boolean {
  return voxelsOf(shape) > WHOLE_SHARE * resources.budget;
}

/** The volume of a layer and its coarser levels, axes in the layer's order. */
export function layerLevels({ sources }: VolumeDataset, { id, order, shape }: Layer): Level[] {
  const item = sources.get(id)?.item;
  const turn = (extents: Triple): Triple => [
    extents[order.indexOf('z')]!,
    extents[order.indexOf('y')]!,
    extents[order.indexOf('x')]!,
  ];
  return levelsOf(shape, (item?.levels ?? []).map(turn), turn(item?.brick ?? shape));
}

/** Voxels that were read with other axes or as another kind of number are others. */
const readAs = ({ id, role, kind, convention, order }: Layer) =>
  `${id}/${order} ${role === 'image' ? 'image' : `${kind} ${convention}`}`;
const coarseKey = (dataset: VolumeDataset, layer: Layer) => `${dataset.id}/coarse/${readAs(layer)}`;
const brickKey = (dataset: VolumeDataset, layer: Layer, level: number, at: Triple) =>
  `${dataset.id}/brick/${readAs(layer)}/${level}/${at.join(',')}`;

const failed = new Set<string>();
const running = new Map<string, Promise<void>>();
/** The windows on screen, one a plane, and which fetching of them is the newest. */
const shown = new Map<string, { readonly wanted: Map<PlaneName, readonly Wanted[]>; turn: number; isPlanned: boolean }>();

/** A layer and the part of it that a plane shows. */
export interface Wanted {
  readonly layer: Layer;
  readonly window: Window;
}

/** What there is of a window: fine where its bricks are here, coarse elsewhere; null before anything is. */
export function brickPlane(dataset: VolumeDataset, layer: Layer, window: Window): Plane | null {
  const coarse = coarseOf(dataset, layer);
  if (!coarse) {
    fetchCoarse(dataset, layer);
    return null;
  }
  const there = bricksOf(window).flatMap((at) => {
    const brick = resources.get<NumericArray>(brickKey(dataset, layer, window.level.number, at));
    return brick ? [{ at, brick }] : [];
  });
  const sampled = sampleWindow(coarse.data, coarse.shape, window);
  // Labels come in the narrowest type of each brick.
  const isWide = sampled.data instanceof Uint8Array && there.some(({ brick }) => !(brick instanceof Uint8Array));
  const out: Plane = isWide ? { ...sampled, data: Uint32Array.from(sampled.data) } : sampled;
  for (const { at, brick } of there) fillBrick(out, brick, at, window);
  return out;
}

/** Codes of the labels of a layer in files behind each pixel of a window of another volume, by the nearest voxel; null before any is there. */
export function labelsBehind(dataset: VolumeDataset, layer: Layer, behind: Window): Uint8Array<ArrayBuffer> | null {
  const window = labelWindow(dataset, layer, behind);
  const plane = brickPlane(dataset, layer, window);
  if (!plane) return null;
  const { row, col } = PLANE_AXES[behind.plane];
  const places = ([from, to]: Window['rows'], axis: number, [first, end]: Window['rows']) => {
    const share = window.level.shape[axis]! / behind.level.shape[axis]!;
    const nearest = (at: number) => Math.min(end - 1, Math.max(first, Math.floor((at + 0.5) * share))) - first;
    return Int32Array.from({ length: to - from }, (_, i) => nearest(from + i));
  };
  const [rows, cols] = [places(behind.rows, row, window.rows), places(behind.cols, col, window.cols)];
  const out = new Uint8Array(rows.length * cols.length);
  let at = 0;
  for (const r of rows) for (const c of cols) out[at++] = byteOf(plane.data[r * plane.width + c]!);
  return out;
}

/** The part of a layer's own levels that lies behind a window of another volume. */
export function labelWindow(dataset: VolumeDataset, layer: Layer, behind: Window): Window {
  return windowBehind(layerLevels(dataset, layer), behind);
}

/** The value of a voxel whose brick, of the volume itself, is here. */
export function brickValue(dataset: VolumeDataset, layer: Layer, voxel: Triple): number | undefined {
  const [level] = layerLevels(dataset, layer);
  const at = voxel.map((one, axis) => Math.floor(one / level!.brick[axis]!)) as unknown as Triple;
  const brick = resources.get<NumericArray>(brickKey(dataset, layer, 0, at));
  if (!brick) return undefined;
  const { from, to } = boxOf(level!, at);
  const [z, y, x] = voxel.map((one, axis) => one - from[axis]!);
  return brick[(z! * (to[1] - from[1]) + y!) * (to[2] - from[2]) + x!];
}

/** The label of a voxel [z, y, x] within the volume; undefined while it is not here. */
export function labelAt(dataset: VolumeDataset, layer: Layer, voxel: Triple): number | undefined {
  const [z, y, x] = voxel;
  const [, height, width] = dataset.shape;
  const held = bricksIn(dataset, layer)?.valueAt(z, y, x) ?? labelsIn(dataset, layer)?.data[(z * height + y) * width + x];
  return held ?? (isTooLarge(dataset, layer) ? brickValue(dataset, layer, voxel) : undefined);
}

/** Nothing more is fetched for a data set that was closed. */
export function forgetBricks(id: string): void {
  const state = shown.get(id);
  if (state) state.turn++;
  shown.delete(id);
}

export function coarseOf(dataset: VolumeDataset, layer: Layer): LoadedImage | undefined {
  return resources.get<LoadedImage>(coarseKey(dataset, layer));
}

/** The window of a plane of any array that covers the whole volume, by the nearest voxel. */
export function sampleWindow<T extends NumericArray>(
  data: T,
  small: Triple,
  { level, plane, index, rows, cols }: Window,
): Plane<T> {
  const { across, row, col } = PLANE_AXES[plane];
  const strides = [small[1] * small[2], small[2], 1];
  const place = (axis: number, at: number) =>
    Math.min(small[axis]! - 1, Math.floor(((at + 0.5) * small[axis]!) / level.shape[axis]!)) * strides[axis]!;
  const [height, width] = [rows[1] - rows[0], cols[1] - cols[0]];
  const out = new (data.constructor as new (length: number) => T)(height * width);
  const fixed = place(across, index);
  const columns = Int32Array.from({ length: width }, (_, c) => place(col, cols[0] + c));
  for (let r = 0, to = 0; r < height; r++) {
    const start = fixed + place(row, rows[0] + r);
    for (let c = 0; c < width; c++) out[to++] = data[start + columns[c]!]!;
  }
  return { data: out, height, width };
}

function fillBrick(out: Plane, brick: NumericArray, at: Triple, { level, plane, index, rows, cols }: Window): void {
  const { across, row, col } = PLANE_AXES[plane];
  const { from, to } = boxOf(level, at);
  const strides = [(to[1] - from[1]) * (to[2] - from[2]), to[2] - from[2], 1];
  const start = (index - from[across]!) * strides[across]!;
  const [firstCol, lastCol] = [Math.max(from[col]!, cols[0]), Math.min(to[col]!, cols[1])];
  for (let r = Math.max(from[row]!, rows[0]); r < Math.min(to[row]!, rows[1]); r++) {
    let into = (r - rows[0]) * out.width + firstCol - cols[0];
    let at_ = start + (r - from[row]!) * strides[row]! + (firstCol - from[col]!) * strides[col]!;
    for (let c = firstCol; c < lastCol; c++, into++, at_ += strides[col]!) out.data[into] = brick[at_]!;
  }
}

/** Nothing of a layer is held any more: it is read anew when it is looked at. */
export function forgetLayerBricks({ id }: Pick<VolumeDataset, 'id'>, layer: string): void {
  for (const what of ['coarse', 'brick']) resources.deletePrefix(`${id}/${what}/${layer}/`);
  for (const key of failed)
    if (key.startsWith(`${id}/coarse/${layer}/`) || key.startsWith(`${id}/brick/${layer}/`)) failed.delete(key);
}

/** Notes what a plane shows now; what all three lack is fetched after this frame, and what is no longer seen is not begun. */
export function wantBricks(dataset: VolumeDataset, plane: PlaneName, wanted: readonly Wanted[]): void {
  const state = shown.get(dataset.id) ?? { wanted: new Map<PlaneName, readonly Wanted[]>(), turn: 0, isPlanned: false };
  shown.set(dataset.id, state);
  state.wanted.set(plane, wanted);
  if (state.isPlanned) return;
  state.isPlanned = true;
  queueMicrotask(() => {
    state.isPlanned = false;
    state.turn++;
    const { turn } = state;
    fetchBricks(dataset, [...state.wanted.values()].flat(), () => state.turn === turn);
  });
}

interface Wish {
  readonly key: string;
  readonly layer: Layer;
  readonly level: Level;
  readonly at: Triple;
}

function fetchBricks(dataset: VolumeDataset, wanted: readonly Wanted[], isNewest: () => boolean): void {
  const lists = wanted.map(({ layer, window }) => bricksOf(window).map((at) => ({ layer, level: window.level, at })));
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const all = new Map<string, Wish>();
  // The nearest of each plane in turn.
  for (let i = 0; i < longest; i++)
    for (const list of lists) {
      const one = list[i];
      if (!one) continue;
      const key = brickKey(dataset, one.layer, one.level.number, one.at);
      all.set(key, { key, ...one });
    }
  const wishes = heldTogether(dataset, [...all.values()]).filter(({ key }) => !resources.has(key) && !failed.has(key));
  if (wishes.length === 0) mark('bricks-shown');
  const next = async (): Promise<void> => {
    if (!isNewest()) return;
    const wish = wishes.shift();
    if (!wish) return;
    await (running.get(wish.key) ?? fetchBrick(dataset, wish));
    await next();
  };
  for (let i = 0; i < AT_ONCE; i++) void next();
}

/** The first of these that can be held at the same time: with one more, each that comes would drive out another that is seen. */
function heldTogether(dataset: VolumeDataset, wishes: readonly Wish[]): Wish[] {
  let room = SEEN_SHARE * resources.room;
  const end = wishes.findIndex(({ layer, level, at }) => {
    const { from, to } = boxOf(level, at);
    room -= voxelsOf(extentOf(from, to)) * itemBytes(dataset, layer);
    return room < 0;
  });
  return end < 0 ? [...wishes] : wishes.slice(0, end);
}

/** Bytes of a voxel of a brick: known classes come as bytes. */
function itemBytes({ sources }: VolumeDataset, { id, role, kind }: Layer): number {
  const item = sources.get(id)?.item;
  if (!item) return 1;
  const bytes = item.bytes / voxelsOf(item.shape);
  if (role === 'image') return bytes;
  return kind === 'other' ? Math.min(4, bytes) : 1;
}

function fetchBrick(dataset: VolumeDataset, { key, layer, level, at }: Wish): Promise<void> {
  const task = askKnown<NumericArray>(dataset, layer, 'box', { level: level.number, ...boxOf(level, at) }).then(
    (data) => {
      if (data) resources.put(key, data, data.byteLength);
      bump(dataset.store, layer.role === 'image' ? 'image' : 'labels');
    },
    (error) => {
      failed.add(key);
      reportError(error, `A part of ${layer.name} could not be read`);
    },
  );
  running.set(key, task);
  return task.finally(() => running.delete(key));
}

function fetchCoarse(dataset: VolumeDataset, layer: Layer): void {
  const key = coarseKey(dataset, layer);
  if (running.has(key) || failed.has(key)) return;
  const source = inputOf(dataset, layer);
  if (!source) return;
  const input: CoarseInput = { ...source, labels: asLabels(layer) };
  const task = ask<LoadedImage>('volume', 'coarse', input).then(
    (coarse) => {
      resources.put(key, coarse, coarse.data.byteLength, true);
      changeLayer(dataset.store, layer.id, { status: 'ready' });
      if (layer.role === 'image') bump(dataset.store, 'image');
      else bump(dataset.store, 'labels', 'classes');
    },
    (error) => {
      failed.add(key);
      changeLayer(dataset.store, layer.id, { status: 'failed', ...(layer.role !== 'image' && { visible: false }) });
      reportError(error, `${layer.name} could not be read`);
    },
  );
  running.set(
    key,
    task.finally(() => running.delete(key)),
  );
}
