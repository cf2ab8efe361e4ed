// Volumes larger than memory: a coarse whole first, then the bricks that the three planes on screen cross, nearest to the crosshair
// first, kept within the budget of the resource cache. Boxes are [z, y, x] in voxels.
import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import { type Triple, voxelsOf } from '../../../base/volume.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import { PLANE_AXES, PLANES, type PlaneName } from '../shared/planes.ts';
import type { BoxInput, CoarseInput, LoadedImage } from '../shared/types.ts';
import { inputOf, type VolumeDataset } from './datasets.ts';
import { bump, changeLayer, type Layer } from './store.ts';

/** Share of the cache that one volume may fill as a whole. */
const WHOLE_SHARE = 0.45;
const BRICK: Triple = [16, 128, 128];
const AT_ONCE = 3;

export function isTooLarge({ sources }: VolumeDataset, { id, role }: Layer): boolean {
  const item = sources.get(id)?.item;
  if (!item) return false;
  return (role === 'image' ? item.bytes : voxelsOf(item.shape)) > WHOLE_SHARE * resources.budget;
}

const coarseKey = (dataset: VolumeDataset, layer: Layer) => `${dataset.id}/coarse/${layer.id}`;
const brickKey = (dataset: VolumeDataset, layer: Layer, at: Triple) => `${dataset.id}/brick/${layer.id}/${at.join(',')}`;

const failed = new Set<string>();
const running = new Map<string, Promise<void>>();
/** Counts up per data set, so that what is no longer on screen is not begun. */
const turns = new Map<string, number>();

/** What there is of a plane: fine where its bricks are here, coarse elsewhere; null before anything is. */
export function brickPlane(dataset: VolumeDataset, layer: Layer, plane: PlaneName, index: number): Plane | null {
  const coarse = resources.get<LoadedImage>(coarseKey(dataset, layer));
  if (!coarse) {
    fetchCoarse(dataset, layer);
    return null;
  }
  const { row, col } = PLANE_AXES[plane];
  const { shape } = layer;
  const [height, width] = [shape[row]!, shape[col]!];
  const out = makeLike(coarse.data, height * width);
  fillCoarse(out, coarse, shape, plane, index);
  for (const at of bricksOf(shape, plane, index)) {
    const brick = resources.get<NumericArray>(brickKey(dataset, layer, at));
    if (brick) fillBrick(out, width, brick, { at, shape, plane, index });
  }
  return { data: out, height, width };
}

/** The value of a voxel whose brick is here. */
export function brickValue(dataset: VolumeDataset, layer: Layer, voxel: Triple): number | undefined {
  const at = voxel.map((one, axis) => Math.floor(one / BRICK[axis]!)) as unknown as Triple;
  const brick = resources.get<NumericArray>(brickKey(dataset, layer, at));
  if (!brick) return undefined;
  const [, height, width] = at.map((one, axis) => Math.min(BRICK[axis]!, layer.shape[axis]! - one * BRICK[axis]!));
  const [z, y, x] = voxel.map((one, axis) => one - at[axis]! * BRICK[axis]!);
  return brick[(z! * height! + y!) * width! + x!];
}

/** Fetches what the three planes through `position` lack; a later call puts an earlier one aside. */
export function fetchBricks(dataset: VolumeDataset, layer: Layer, position: Triple): void {
  const turn = (turns.get(dataset.id) ?? 0) + 1;
  turns.set(dataset.id, turn);
  const wanted = new Map<string, Triple>();
  for (const plane of PLANES)
    for (const at of bricksOf(layer.shape, plane, position[PLANE_AXES[plane].across]!))
      wanted.set(brickKey(dataset, layer, at), at);
  const distance = (at: Triple) => Math.hypot(...at.map((brick, axis) => (brick + 0.5) * BRICK[axis]! - position[axis]!));
  const left = [...wanted]
    .filter(([key]) => !resources.has(key) && !failed.has(key))
    .sort(([, a], [, b]) => distance(a) - distance(b));
  const next = async (): Promise<void> => {
    const [key, at] = left.shift() ?? [];
    if (!key || !at || turns.get(dataset.id) !== turn) return;
    await (running.get(key) ?? fetchBrick(dataset, layer, key, at));
    await next();
  };
  for (let i = 0; i < AT_ONCE; i++) void next();
}

function fetchBrick(dataset: VolumeDataset, layer: Layer, key: string, at: Triple): Promise<void> {
  const from = at.map((brick, axis) => brick * BRICK[axis]!) as unknown as Triple;
  const to = from.map((start, axis) => Math.min(layer.shape[axis]!, start + BRICK[axis]!)) as unknown as Triple;
  const source = inputOf(dataset, layer);
  if (!source) return Promise.resolve();
  const input: BoxInput = { ...source, level: 0, from, to };
  const task = ask<NumericArray>('volume', 'box', input).then(
    (data) => {
      resources.put(key, data, data.byteLength);
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

export function coarseOf(dataset: VolumeDataset, layer: Layer): LoadedImage | undefined {
  return resources.get<LoadedImage>(coarseKey(dataset, layer));
}

/** Numbers of the bricks that a plane crosses. */
export function bricksOf(shape: Triple, plane: PlaneName, index: number): Triple[] {
  const { across } = PLANE_AXES[plane];
  const ranges = shape.map((extent, axis) => {
    const size = BRICK[axis]!;
    return axis === across ? [Math.floor(index / size)] : Array.from({ length: Math.ceil(extent / size) }, (_, i) => i);
  });
  return ranges[0]!.flatMap((z) => ranges[1]!.flatMap((y) => ranges[2]!.map((x): Triple => [z, y, x])));
}

const makeLike = (data: NumericArray, length: number): NumericArray =>
  new (data.constructor as new (length: number) => NumericArray)(length);

function fillCoarse(
  out: NumericArray,
  { data, shape: small }: LoadedImage,
  shape: Triple,
  plane: PlaneName,
  index: number,
): void {
  const { across, row, col } = PLANE_AXES[plane];
  const strides = [small[1] * small[2], small[2], 1];
  const place = (axis: number, at: number) =>
    Math.min(small[axis]! - 1, Math.floor((at * small[axis]!) / shape[axis]!)) * strides[axis]!;
  const fixed = place(across, index);
  const columns = Int32Array.from({ length: shape[col]! }, (_, c) => place(col, c));
  let to = 0;
  for (let r = 0; r < shape[row]!; r++) {
    const start = fixed + place(row, r);
    for (let c = 0; c < columns.length; c++) out[to++] = data[start + columns[c]!]!;
  }
}

interface BrickPlace {
  readonly at: Triple;
  readonly shape: Triple;
  readonly plane: PlaneName;
  readonly index: number;
}

function fillBrick(out: NumericArray, width: number, brick: NumericArray, { at, shape, plane, index }: BrickPlace): void {
  const { across, row, col } = PLANE_AXES[plane];
  const from = at.map((one, axis) => one * BRICK[axis]!);
  const extent = from.map((start, axis) => Math.min(BRICK[axis]!, shape[axis]! - start));
  const strides = [extent[1]! * extent[2]!, extent[2]!, 1];
  const start = (index - from[across]!) * strides[across]!;
  for (let r = 0; r < extent[row]!; r++) {
    const to = (from[row]! + r) * width + from[col]!;
    const line = start + r * strides[row]!;
    if (col === 2) out.set(brick.subarray(line, line + extent[2]!) as never, to);
    else for (let c = 0; c < extent[col]!; c++) out[to + c] = brick[line + c * strides[col]!]!;
  }
}
