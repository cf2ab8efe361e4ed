// One zarr array as a volume: which of its axes are z, y and x, and its chunks as they come out of the store.
import { SomascopeError } from '../../base/errors.ts';
import { shapeText, type Triple } from '../../base/volume.ts';
import type { FileStore } from '../store.ts';
import { STORED_BYTES, type VolumeReader } from '../volume.ts';
import { chunkedVolume } from '../volume-files/chunked.ts';
import { decodeVoxels } from '../volume-files/decode.ts';
import type { VolumeFacts } from '../volume-files/raw.ts';
import { undoCodecs } from './codecs.ts';
import type { ZarrArray } from './metadata.ts';
import { type ReadPacked, readSharded } from './shard.ts';

const MAX_CHUNK_BYTES = 2 ** 28;

/** Axes of the array that are z, y and x; undefined for z where the array has two. */
export type PlaceAxes = readonly [z: number | undefined, y: number, x: number];

/** The axes by name where they have names, else the last three. Throws `Unsupported` for arrays of one axis. */
export function placeAxes(names: readonly (string | undefined)[], count: number, file: string): PlaceAxes {
  const named = ['z', 'y', 'x'].map((name) => names.findIndex((other) => other?.toLowerCase() === name));
  if (named[1]! >= 0 && named[2]! >= 0 && names.length === count)
    return [named[0]! < 0 ? undefined : named[0], named[1]!, named[2]!];
  if (count < 2)
    throw new SomascopeError('Unsupported', 'The array has one axis; a volume has three.', { file }, 'Choose another array.');
  return [count > 2 ? count - 3 : undefined, count - 2, count - 1];
}

/** `path` is the array's, '' or with '/' at its end. Further axes (time, channel) show their first value. */
export function zarrVolume(
  store: FileStore,
  path: string,
  array: ZarrArray,
  axes: PlaceAxes,
  facts: VolumeFacts & Pick<VolumeReader, 'levels'>,
): VolumeReader {
  const { shape, chunk, stored } = array;
  const file = path ? `${store.name}/${path.slice(0, -1)}` : store.name;
  const chunkBytes = chunk.reduce((product, extent) => product * extent, STORED_BYTES[stored]);
  if (!(chunkBytes <= MAX_CHUNK_BYTES))
    throw new SomascopeError(
      'Unsafe',
      `A chunk takes ${chunkBytes} bytes; at most ${MAX_CHUNK_BYTES} are read.`,
      { file },
      'Save it in smaller chunks.',
    );
  if (shape.includes(0))
    throw new SomascopeError(
      'Invalid',
      `The array is ${shapeText(shape)}: it holds no voxels.`,
      { file },
      'Choose another array.',
    );
  const strides = stridesOf(array);
  const pick = (values: readonly number[], missing: number): Triple => [
    axes[0] === undefined ? missing : values[axes[0]]!,
    values[axes[1]]!,
    values[axes[2]]!,
  ];
  const readPacked: ReadPacked = array.shard
    ? readSharded(store, path, array, array.shard)
    : (cell, signal) => store.readAll(path + array.keyOf(cell), signal);
  const readChunk = async (cell: Triple, signal?: AbortSignal) => {
    const full = shape.map(() => 0);
    if (axes[0] !== undefined) full[axes[0]] = cell[0];
    full[axes[1]] = cell[1];
    full[axes[2]] = cell[2];
    const packed = await readPacked(full, signal);
    if (!packed) return undefined;
    const name = `${file}/${array.keyOf(full)}`;
    const bytes = await undoCodecs(packed, array.codecs, chunkBytes, name);
    return { data: decodeVoxels(bytes, stored, array.littleEndian, name), offset: 0, strides: pick(strides, 0) };
  };
  const further = shape.flatMap((extent, axis) =>
    axes.includes(axis) || extent === 1 ? [] : [`${array.names[axis] ?? `axis ${axis}`} (${extent} values)`],
  );
  const notices = [...(facts.notices ?? []), ...further.map((what) => `Of ${what} the first is shown.`)];
  const layout = { shape: pick(shape, 1), chunk: pick(chunk, 1), stored, fill: array.fill, readChunk };
  return chunkedVolume(file, layout, { ...facts, notices, kindHint: facts.kindHint ?? (array.isBool ? 'labels' : undefined) });
}

/** Items from one voxel to the next along each axis within a chunk. */
function stridesOf({ chunk, order }: ZarrArray): number[] {
  const strides = chunk.map(() => 0);
  let step = 1;
  for (const axis of [...order].reverse()) {
    strides[axis] = step;
    step *= chunk[axis]!;
  }
  return strides;
}
