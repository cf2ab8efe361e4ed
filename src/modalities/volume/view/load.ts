// Fetches the voxels of the layers that are shown: the image first, the labels beside it, in workers.
import { SomascopeError } from '../../../base/errors.ts';
import { shapeText, voxelsOf } from '../../../base/volume.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { runJob } from '../../../workers/client.ts';
import { conventionById, relabelTable } from '../shared/label-conventions.ts';
import type { LoadedImage, LoadedLabels, LoadInput } from '../shared/types.ts';
import { forgetLayerBricks, isTooLarge } from './bricks.ts';
import { imageOf, inputOf, type VolumeDataset, voxelsKey } from './datasets.ts';
import { dropEarly, isUnseen, takeEarly } from './early.ts';
import { canonicalConvention } from './palette.ts';
import { bump, changeLayer, type Layer, layerById } from './store.ts';
import { touch, untouch } from './work.ts';

/** Share of the cache that labels nobody looks at may fill: the cursor names them, and the region report needs them. */
const QUIET_SHARE = 0.25;

/** Reads every visible layer that is not there yet, labels after the first slice; then, idle, the labels that are not shown. */
export function loadShown(dataset: VolumeDataset): void {
  const { layers } = dataset.store.getState();
  const waiting = layers.filter(({ status }) => status === 'waiting');
  const isDue = ({ role, visible }: Layer) => visible && (role === 'image' || !isUnseen(dataset));
  for (const layer of waiting) if (isDue(layer) && !isTooLarge(dataset, layer)) void loadLayer(dataset, layer);
  for (const layer of waiting) if (layer.visible && layer.role !== 'image' && isTooLarge(dataset, layer)) admit(dataset, layer);
  if (layers.some(({ status, visible }) => status === 'loading' || (visible && status === 'waiting'))) return;
  const next = waiting.find((layer) => layer.role !== 'image' && !layer.visible && !isTooLarge(dataset, layer));
  const bytes = voxelsOf(dataset.shape);
  if (next && bytes * layers.length < QUIET_SHARE * resources.budget) void loadLayer(dataset, next);
}

/** Reads whole what was read in bricks and now may be held: somebody gave the cache more room. */
export function loadFitting(dataset: VolumeDataset): void {
  for (const layer of dataset.store.getState().layers) {
    const isInBricks = layer.status === 'ready' && dataset.sources.has(layer.id) && !resources.has(voxelsKey(dataset, layer.id));
    if (isInBricks && !isTooLarge(dataset, layer)) reload(dataset, layer.id, {});
  }
}

/** Labels too large to be held are read in bricks, as they are looked at. */
function admit(dataset: VolumeDataset, layer: Layer): void {
  const { id, name, shape } = layer;
  const isShort = endsBeforeZi(dataset, shape);
  try {
    requireShape(dataset, layer, isShort ? dataset.shape : shape);
    changeLayer(dataset.store, id, { status: 'loading', ...(isShort && { shape: dataset.shape }) });
    if (isShort) notify('warning', name, SHORT);
  } catch (error) {
    changeLayer(dataset.store, id, { status: 'failed', visible: false });
    reportError(error, `${name} could not be read`);
  }
}

export async function loadLayer(dataset: VolumeDataset, layer: Layer): Promise<void> {
  const { store } = dataset;
  const { id, name, order, role } = layer;
  const source = inputOf(dataset, layer);
  if (!source) return;
  changeLayer(store, id, { status: 'loading' });
  try {
    const input: LoadInput = { ...source, as: role === 'image' ? 'image' : 'labels' };
    const loaded = await tracked(
      { label: `Reading ${name}`, dataset: dataset.id, idle: !layer.visible },
      ({ signal, onProgress }) =>
        takeEarly(dataset, layer, signal) ?? runJob<LoadedImage | LoadedLabels>('volume', 'load', input, { signal, onProgress }),
    );
    const now = layerById(store.getState(), id);
    if (now?.status !== 'loading' || now.role !== role || now.order !== order) return;
    const whole = isLabels(loaded) ? withoutZi(dataset, loaded) : loaded;
    requireShape(dataset, now, whole.shape);
    if (isLabels(whole)) putLabels(dataset, now, whole);
    else putImage(dataset, now, whole);
  } catch (error) {
    changeLayer(store, id, { status: 'failed', visible: false });
    // Of what nobody asked for, nobody wants an alert.
    if (layer.visible) reportError(error, `${name} could not be read`);
  }
}

const isLabels = (loaded: LoadedImage | LoadedLabels): loaded is LoadedLabels => 'notices' in loaded;

const SHORT = 'It ends before ZI; there it is shown as background.';

/** So a prediction of a 4-class model does. */
function endsBeforeZi({ shape, info }: VolumeDataset, [depth]: Layer['shape']): boolean {
  return info.cutouts.length > 0 && depth === (shape[0] * 3) / 4;
}

/** The rest is background. */
function withoutZi(dataset: VolumeDataset, loaded: LoadedLabels): LoadedLabels {
  const { shape } = dataset;
  if (!endsBeforeZi(dataset, loaded.shape)) return loaded;
  const data = new Uint8Array(shape[0] * shape[1] * shape[2]);
  data.set(loaded.data);
  return { ...loaded, data, shape, notices: [...loaded.notices, SHORT] };
}

/** Labels lie on the image voxel by voxel, or not at all. */
function requireShape(dataset: VolumeDataset, { id, name }: Layer, shape: readonly number[]): void {
  const other = dataset.store.getState().layers.find((one) => one.role === 'image' && one.visible && one.id !== id);
  const wanted = other?.shape ?? dataset.shape;
  if (shape.every((extent, axis) => extent === wanted[axis])) return;
  throw new SomascopeError(
    'Invalid',
    `${name} has the shape ${shapeText(shape)} and ${other?.name ?? dataset.name} ${shapeText(wanted)} (z, y, x).`,
    { file: name },
    'Open the labels of this volume, or change the axis order.',
  );
}

function putImage(dataset: VolumeDataset, { id }: Layer, { data, shape }: LoadedImage): void {
  dropEarly(dataset, { id });
  resources.put(voxelsKey(dataset, id), data, data.byteLength, true);
  changeLayer(dataset.store, id, { status: 'ready', shape });
  bump(dataset.store, 'image');
}

function putLabels(dataset: VolumeDataset, layer: Layer, { data, shape, notices }: LoadedLabels): void {
  const canonical = canonicalConvention(layer.kind);
  const own = conventionById(layer.convention);
  if (canonical && own && own !== canonical && data instanceof Uint8Array) relabel(data, relabelTable(own, canonical));
  resources.put(voxelsKey(dataset, layer.id), data, data.byteLength, true);
  changeLayer(dataset.store, layer.id, { status: 'ready', shape });
  // Those of the data set are read from it again the next time.
  if (layer.origin === 'dropped') touch(dataset, layer.id);
  for (const notice of notices) notify('warning', layer.name, notice);
  bump(dataset.store, 'labels', 'classes');
}

export function relabel(data: Uint8Array, table: Uint8Array): void {
  for (let i = 0; i < data.length; i++) data[i] = table[data[i]!]!;
}

/** Reads a layer anew: its role or its axes were changed. */
export function reload(dataset: VolumeDataset, id: string, change: Partial<Layer>): void {
  resources.delete(voxelsKey(dataset, id));
  forgetLayerBricks(dataset, id);
  untouch(dataset, id);
  changeLayer(dataset.store, id, { ...change, status: 'waiting' });
  if (!imageOf(dataset)) bump(dataset.store, 'image');
  bump(dataset.store, 'labels', 'classes');
  loadShown(dataset);
}
