// A neuroglancer precomputed volume with its coarser scales: chunks raw, JPEG, PNG or compressed_segmentation, each a file or in
// shards, from a folder, a zip or an address. Source: google/neuroglancer src/datasource/precomputed/volume.md.
import { SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { extentOf, type Triple, voxelsOf } from '../../base/volume.ts';
import { isGzip } from '../gzip.ts';
import { type DecodePicture, redOf } from '../picture.ts';
import { decodePng } from '../png/decode.ts';
import { type FileStore, readJson } from '../store.ts';
import { STORED_BYTES, type StoredType, type VolumeReader } from '../volume.ts';
import { chunkedVolume } from '../volume-files/chunked.ts';
import { decodeVoxels } from '../volume-files/decode.ts';
import { decodeCompressedSegmentation } from './compressed-segmentation.ts';
import { type PrecomputedInfo, parseInfo, type Scale } from './info.ts';
import { compressedMorton, makeShardReader, unpackAll } from './sharded.ts';

export interface PrecomputedOptions {
  readonly decode: DecodePicture;
  readonly signal?: AbortSignal | undefined;
}

/** Reads `info` only. Throws Invalid, Unsupported (encodings by name) and what the store throws. */
export async function openPrecomputed(store: FileStore, { decode, signal }: PrecomputedOptions): Promise<VolumeReader> {
  const json = await readJson(store, 'info', signal);
  if (json === undefined) {
    const message = `There is no file “info” in ${store.name}: it is no precomputed volume.`;
    throw new SomascopeError('Invalid', message, { file: store.name }, 'Choose the folder that holds info.');
  }
  const info = parseInfo(json, store.name);
  const readers: VolumeReader[] = [];
  for (const scale of [...info.scales].reverse()) readers.push(scaleVolume(store, info, scale, decode, [...readers].reverse()));
  return { ...readers.at(-1)!, name: store.name };
}

function scaleVolume(
  store: FileStore,
  info: PrecomputedInfo,
  scale: Scale,
  decode: DecodePicture,
  levels: readonly VolumeReader[],
): VolumeReader {
  const { shape, chunk, offset, sharding, voxelSize } = scale;
  const folder = `${scale.key.replace(/\/+$/, '')}/`;
  const grid = shape.map((extent, axis) => Math.ceil(extent / chunk[axis]!)) as unknown as Triple;
  const readShard = sharding && makeShardReader(store, folder, sharding);
  const readChunk = async (cell: Triple, signal?: AbortSignal) => {
    const from = cell.map((at, axis) => at * chunk[axis]!) as unknown as Triple;
    const to = from.map((at, axis) => Math.min(at + chunk[axis]!, shape[axis]!)) as unknown as Triple;
    const path = folder + [2, 1, 0].map((axis) => `${from[axis]! + offset[axis]!}-${to[axis]! + offset[axis]!}`).join('_');
    const bytes = readShard ? await readShard(compressedMorton(cell, grid), signal) : await readPlain(store, path, signal);
    if (!bytes) return undefined;
    const extent = extentOf(from, to);
    const data = await decodeChunk(bytes, extent, info, scale, decode, `${store.name}/${path}`);
    return { data, offset: 0, strides: [extent[1] * extent[2], extent[2], 1] as const };
  };
  const notices = info.channels > 1 ? [`The volume has ${info.channels} channels; the first is shown.`] : [];
  const name = `${store.name}/${scale.key}`;
  const kindHint = info.isSegmentation ? 'labels' : 'image';
  return chunkedVolume(name, { shape, chunk, stored: info.stored, fill: 0, readChunk }, { voxelSize, notices, kindHint, levels });
}

/** Chunks that were put beside each other as .gz files, or gzipped without saying so, are unpacked. */
async function readPlain(store: FileStore, path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const found = await store.readAll(path, signal);
  const bytes = found ?? (store.isRemote ? undefined : await store.readAll(`${path}.gz`, signal));
  return bytes && isGzip(bytes) ? unpackAll(bytes, `${store.name}/${path}`) : bytes;
}

async function decodeChunk(
  bytes: Uint8Array<ArrayBuffer>,
  extent: Triple,
  { stored, channels }: PrecomputedInfo,
  { encoding, block }: Scale,
  decode: DecodePicture,
  file: string,
): Promise<NumericArray> {
  const voxels = voxelsOf(extent);
  switch (encoding) {
    case 'raw': {
      const size = voxels * STORED_BYTES[stored];
      if (bytes.length === size * channels) return decodeVoxels(bytes.slice(0, size), stored, true, file);
      throw wrongSize(file, bytes.length, size * channels);
    }
    case 'compressed_segmentation': {
      if (stored !== 'uint32' && stored !== 'uint64') throw unfit(file, encoding, stored);
      const plain = decodeCompressedSegmentation(bytes, extent, block, stored === 'uint64' ? 2 : 1, file);
      return decodeVoxels(plain, stored, true, file);
    }
    case 'jpeg': {
      if (stored !== 'uint8') throw unfit(file, encoding, stored);
      return fitting(redOf(await decode(bytes, 'image/jpeg', file)), voxels, file);
    }
    case 'png': {
      const { data, samples } = await decodePng(bytes, file);
      const type: StoredType = data instanceof Uint16Array ? 'uint16' : 'uint8';
      if (stored !== type) throw unfit(file, encoding, stored);
      return fitting(samples === 1 ? data : data.filter((_, i) => i % samples === 0), voxels, file);
    }
  }
}

/** Pictures hold the voxels x fastest, whatever their width. */
function fitting(data: NumericArray, voxels: number, file: string): NumericArray {
  if (data.length === voxels) return data;
  throw wrongSize(file, data.length, voxels);
}

function wrongSize(file: string, has: number, wanted: number): SomascopeError {
  const tag = has < wanted ? 'CutOff' : 'Invalid';
  return new SomascopeError(
    tag,
    `A chunk has ${has} bytes or voxels where ${wanted} are needed.`,
    { file },
    'Get the file again.',
  );
}

function unfit(file: string, encoding: string, stored: string): SomascopeError {
  return new SomascopeError(
    'Unsupported',
    `Chunks of ${stored} cannot be encoded as ${encoding}.`,
    { file },
    'Get the volume in another encoding.',
  );
}
