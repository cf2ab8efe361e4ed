// A zarr store as a volume with its coarser levels: OME-Zarr 0.4 and 0.5 (multiscales with axes and scales), or a bare array.
// Sources: ngff.openmicroscopy.org 0.4 and 0.5. Voxel sizes in micrometres.
import { SomascopeError } from '../../base/errors.ts';
import type { Triple } from '../../base/volume.ts';
import { asList, asNumbers, asObject, asText, type JsonObject } from '../json-values.ts';
import { type FileStore, readJson } from '../store.ts';
import type { VolumeReader } from '../volume.ts';
import { type PlaceAxes, placeAxes, zarrVolume } from './array.ts';
import { parseV2, parseV3, type ZarrArray } from './metadata.ts';

const MICRONS: Readonly<Record<string, number>> = {
  angstrom: 1e-4,
  nanometer: 1e-3,
  micrometer: 1,
  millimeter: 1000,
  centimeter: 1e4,
  meter: 1e6,
};
const MAX_LEVELS = 32;

/** Reads descriptions only. Throws Invalid, Unsupported (compressors, filters and types by name). */
export async function openZarr(store: FileStore, signal?: AbortSignal): Promise<VolumeReader> {
  const group = await readGroup(store, signal);
  const multiscale = asObject(asList(group['multiscales'])?.[0]);
  if (!multiscale) return openArray(store, '', await readArray(store, '', signal), group);
  const axes = (asList(multiscale['axes']) ?? []).map(asObject);
  const names = axes.map((axis) => asText(axis?.['name']));
  const listed = asList(multiscale['datasets']) ?? [];
  const datasets = listed
    .slice(0, MAX_LEVELS)
    .map(asObject)
    .filter((one) => one !== undefined);
  if (datasets.length === 0)
    throw new SomascopeError('Invalid', 'The OME-Zarr lists no arrays.', { file: store.name }, 'Get the files again.');
  const kindHint = group['image-label'] === undefined ? undefined : 'labels';
  const readers: VolumeReader[] = [];
  for (const dataset of [...datasets].reverse()) {
    const path = (asText(dataset['path']) ?? '').replace(/\/*$/, '/');
    const array = await readArray(store, path, signal);
    const places = placeAxes(names, array.shape.length, store.name);
    const { voxelSize, notices } = voxelSizeOf(dataset, multiscale, axes, places);
    const levels = [...readers].reverse();
    readers.push(zarrVolume(store, path, array, places, { voxelSize, notices, kindHint, levels }));
  }
  return { ...readers.at(-1)!, name: store.name };
}

function openArray(store: FileStore, path: string, array: ZarrArray, group: JsonObject): VolumeReader {
  const kindHint = group['image-label'] === undefined ? undefined : 'labels';
  return zarrVolume(store, path, array, placeAxes(array.names, array.shape.length, store.name), { kindHint });
}

/** The attributes at the root, whatever the version; empty where there are none. */
async function readGroup(store: FileStore, signal?: AbortSignal): Promise<JsonObject> {
  const three = asObject(asObject(await readJson(store, 'zarr.json', signal))?.['attributes']);
  if (three) return asObject(three['ome']) ?? three;
  return asObject(await readJson(store, '.zattrs', signal)) ?? {};
}

async function readArray(store: FileStore, path: string, signal?: AbortSignal): Promise<ZarrArray> {
  const file = path ? `${store.name}/${path.slice(0, -1)}` : store.name;
  const three = await readJson(store, `${path}zarr.json`, signal);
  if (asObject(three)?.['node_type'] === 'array') return parseV3(three, file);
  const two = await readJson(store, `${path}.zarray`, signal);
  if (two !== undefined) return parseV2(two, await readJson(store, `${path}.zattrs`, signal), file);
  const message = `There is no zarr array ${path ? `at ${path.slice(0, -1)} ` : ''}in ${store.name}: neither zarr.json nor .zarray describes one.`;
  throw new SomascopeError(
    'Invalid',
    message,
    { file: store.name, entry: path },
    'Choose the folder of one array or of an OME-Zarr picture.',
  );
}

/** The scale of the array times that of all of them, in the unit of each axis. */
function voxelSizeOf(
  dataset: JsonObject,
  multiscale: JsonObject,
  axes: readonly (JsonObject | undefined)[],
  places: PlaceAxes,
): { voxelSize: Triple | undefined; notices: string[] } {
  const own = scaleOf(dataset);
  const common = scaleOf(multiscale);
  if (!own) return { voxelSize: undefined, notices: [] };
  let isAssumed = false;
  const size = places.map((axis) => {
    if (axis === undefined) return Number.NaN;
    const unit = asText(axes[axis]?.['unit']);
    isAssumed ||= unit === undefined;
    return own[axis]! * (common?.[axis] ?? 1) * (MICRONS[unit ?? 'micrometer'] ?? Number.NaN);
  });
  if (places[0] === undefined) size[0] = size[2]!;
  if (!size.every((length) => length > 0)) return { voxelSize: undefined, notices: [] };
  const notices = isAssumed ? ['The OME-Zarr names no unit of length; micrometres are assumed.'] : [];
  return { voxelSize: size as unknown as Triple, notices };
}

function scaleOf(owner: JsonObject): number[] | undefined {
  const transforms = asList(owner['coordinateTransformations']) ?? [];
  return asNumbers(transforms.map(asObject).find((one) => one?.['type'] === 'scale')?.['scale'], 0);
}
