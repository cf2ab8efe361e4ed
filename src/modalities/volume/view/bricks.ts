// Volumes larger than memory: a coarse whole first, then the bricks of the level that the zoom asks for, those nearest to the middle of
// each panel first, kept within the budget of the resource cache. Boxes are [z, y, x] in voxels of a level.
import { mark } from '../../../base/marks.ts';
import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import { type Triple, voxelsOf } from '../../../base/volume.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import { PLANE_AXES, type PlaneName } from '../shared/planes.ts';
import type { CoarseInput, LoadedImage } from '../shared/types.ts';
import { askKnown } from './ask-known.ts';
import { boxOf, bricksOf, type Level, levelsOf, type Window } from './brick-window.ts';
import { inputOf, type VolumeDataset } from './datasets.ts';
import { bump, changeLayer, type Layer } from './store.ts';

/** Share of the cache that one volume may fill as a whole. */
const WHOLE_SHARE = 0.45;
const AT_ONCE = 3;

export function isTooLarge({ sources }: VolumeDataset, { id, role }: Layer): boolean {
  const item = sources.get(id)?.item;
  if (!item) return false;
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

const coarseKey = (dataset: VolumeDataset, layer: Layer) => `${dataset.id}/coarse/${layer.id}`;
const brickKey = (dataset: VolumeDataset, layer: Layer, level: number, at: Triple) =>
  `${dataset.id}/brick/${layer.id}/${level}/${at.join(',')}`;

const failed = new Set<string>();
const running = new Map<string, Promise<void>>();
/** The windows on screen, one a plane, and which fetching of them is the newest. */
const shown = new Map<string, { readonly windows: Map<PlaneName, Window>; turn: number; isPlanned: boolean }>();

/** What there is of a window: fine where its bricks are here, coarse elsewhere; null before anything is. */
export function brickPlane(dataset: VolumeDataset, layer: Layer, window: Window): Plane | null {
  const coarse = coarseOf(dataset, layer);
  if (!coarse) {
    fetchCoarse(dataset, layer);
    return null;
  }
  const out = sampleWindow(coarse.data, coarse.shape, window);
  for (const at of bricksOf(window)) {
    const brick = resources.get<NumericArray>(brickKey(dataset, layer, window.level.number, at));
    if (brick) fillBrick(out, brick, at, window);
  }
  return out;
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

/** Notes what a plane shows now; what all three lack is fetched after this frame, and what is no longer seen is not begun. */
export function wantBricks(dataset: VolumeDataset, layer: Layer, window: Window): void {
  const state = shown.get(dataset.id) ?? { windows: new Map<PlaneName, Window>(), turn: 0, isPlanned: false };
  shown.set(dataset.id, state);
  state.windows.set(window.plane, window);
  if (state.isPlanned) return;
  state.isPlanned = true;
  queueMicrotask(() => {
    state.isPlanned = false;
    state.turn++;
    const { turn } = state;
    fetchBricks(dataset, layer, [...state.windows.values()], () => state.turn === turn);
  });
}

interface Wish {
  readonly key: string;
  readonly level: Level;
  readonly at: Triple;
}

function fetchBricks(dataset: VolumeDataset, layer: Layer, windows: readonly Window[], isNewest: () => boolean): void {
  const lists = windows.map((window) => bricksOf(window).map((at) => ({ level: window.level, at })));
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const left = new Map<string, Wish>();
  // The nearest of each plane in turn.
  for (let i = 0; i < longest; i++)
    for (const list of lists) {
      const one = list[i];
      const key = one && brickKey(dataset, layer, one.level.number, one.at);
      if (one && key && !resources.has(key) && !failed.has(key)) left.set(key, { key, ...one });
    }
  const wishes = [...left.values()];
  if (wishes.length === 0) mark('bricks-shown');
  const next = async (): Promise<void> => {
    if (!isNewest()) return;
    const wish = wishes.shift();
    if (!wish) return;
    await (running.get(wish.key) ?? fetchBrick(dataset, layer, wish));
    await next();
  };
  for (let i = 0; i < AT_ONCE; i++) void next();
}

function fetchBrick(dataset: VolumeDataset, layer: Layer, { key, level, at }: Wish): Promise<void> {
  const task = askKnown<NumericArray>(dataset, layer, 'box', { level: level.number, ...boxOf(level, at) }).then(
    (data) => {
      if (data) resources.put(key, data, data.byteLength);
      bump(dataset.store, 'image');
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
  const input: CoarseInput | undefined = inputOf(dataset, layer);
  if (!input) return;
  const task = ask<LoadedImage>('volume', 'coarse', input).then(
    (coarse) => {
      resources.put(key, coarse, coarse.data.byteLength, true);
      changeLayer(dataset.store, layer.id, { status: 'ready' });
      bump(dataset.store, 'image');
    },
    (error) => {
      failed.add(key);
      changeLayer(dataset.store, layer.id, { status: 'failed' });
      reportError(error, `${layer.name} could not be read`);
    },
  );
  running.set(
    key,
    task.finally(() => running.delete(key)),
  );
}
