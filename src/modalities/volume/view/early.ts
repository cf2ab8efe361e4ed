// What of the image is asked for before the view is drawn, so that a slice is seen as soon as there is a place for it: all of an image
// that is soon read, by the worker that opened it, else the one plane that is looked at first.
import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { LoadedImage, LoadInput } from '../shared/types.ts';
import { askKnown } from './ask-known.ts';
import { isTooLarge } from './bricks.ts';
import { imageOf, inputOf, type VolumeDataset } from './datasets.ts';
import { bump, type Layer, shownLayer } from './store.ts';

/** Images up to this size are read whole at once; the worker that does it answers to nothing else meanwhile. */
const SOON_BYTES = 48e6;

interface Started {
  readonly order: Layer['order'];
  readonly image: Promise<LoadedImage>;
  readonly stop: () => void;
}

const started = new Map<string, Started>();
const keyOf = ({ id }: VolumeDataset, layer: Pick<Layer, 'id'>) => `${id}/early/${layer.id}`;

/** Asks for what is seen first; `onSeen` when a first plane is there or cannot be had. Changes nothing that is on screen. */
export function startEarly(dataset: VolumeDataset, onSeen: () => void): void {
  const state = dataset.store.getState();
  const layer = shownLayer(state, 'image');
  const item = layer && dataset.sources.get(layer.id)?.item;
  const source = layer && inputOf(dataset, layer);
  if (!layer || !item || !source || 'url' in item.file || isTooLarge(dataset, layer)) return;
  if (item.bytes <= SOON_BYTES) {
    const control = new AbortController();
    const input: LoadInput = { ...source, as: 'image' };
    const image = ask<LoadedImage>('volume', 'load', input, { signal: control.signal });
    // Whoever loads the layer tells what went wrong.
    image.catch(() => undefined);
    started.set(keyOf(dataset, layer), { order: layer.order, image, stop: () => control.abort() });
  } else if (!item.isSequential) void readPlane(dataset, layer).finally(onSeen);
}

/** The reading of this layer that is under way already; nobody else gets it. */
export function takeEarly(dataset: VolumeDataset, layer: Layer, signal: AbortSignal): Promise<LoadedImage> | undefined {
  const key = keyOf(dataset, layer);
  const found = started.get(key);
  started.delete(key);
  if (found?.order !== layer.order) return undefined;
  signal.addEventListener('abort', found.stop, { once: true });
  return found.image;
}

interface FirstPlane {
  readonly z: number;
  readonly data: NumericArray;
}

async function readPlane(dataset: VolumeDataset, layer: Layer): Promise<void> {
  const [z] = dataset.store.getState().position;
  const [, height, width] = layer.shape;
  try {
    const box = { level: 0, from: [z, 0, 0], to: [z + 1, height, width] };
    const data = await askKnown<NumericArray>(dataset, layer, 'box', box);
    if (!data || imageOf(dataset)) return;
    resources.put(keyOf(dataset, layer), { z, data } satisfies FirstPlane, data.byteLength);
    bump(dataset.store, 'image');
  } catch (error) {
    reportError(error, `The first slice of ${layer.name} could not be read`);
  }
}

/** The XY plane that was read before all others, while it is the one that is looked at. */
export function earlyPlane(dataset: VolumeDataset, layer: Layer, z: number): Plane | null {
  const found = resources.get<FirstPlane>(keyOf(dataset, layer));
  const [, height, width] = layer.shape;
  return found?.z === z && found.data.length === height * width ? { data: found.data, height, width } : null;
}

/** Whether nothing of the image is on screen that soon could be. */
export function isUnseen(dataset: VolumeDataset): boolean {
  const layer = shownLayer(dataset.store.getState(), 'image');
  if (!layer || layer.status === 'ready' || layer.status === 'failed' || isTooLarge(dataset, layer)) return false;
  return !resources.has(keyOf(dataset, layer)) && !dataset.sources.get(layer.id)?.item.isSequential;
}

/** The plane has done its duty. */
export function dropEarly(dataset: VolumeDataset, layer: Pick<Layer, 'id'>): void {
  started.delete(keyOf(dataset, layer));
  resources.delete(keyOf(dataset, layer));
}
