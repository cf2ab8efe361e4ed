// Voxels of a volume: whole, a box of them, or so coarse that they can be held whole.
import type { JobContext } from '../../../base/job.ts';
import { makeArray, type NumericArray } from '../../../base/ndarray.ts';
import { type Triple, voxelsOf } from '../../../base/volume.ts';
import type { VolumeReader } from '../../../formats/volume.ts';
import { checkLabels, narrowLabels } from '../../../formats/volume-files/labels.ts';
import { loadLabels, loadVolume } from '../../../formats/volume-files/load.ts';
import type { BoxInput, CoarseInput, LoadedImage, LoadedLabels, LoadInput } from '../shared/types.ts';
import { knownReader, readerOf } from './readers.ts';

export async function readWhole(input: LoadInput, { signal, progress }: JobContext): Promise<LoadedImage | LoadedLabels> {
  const reader = await readerOf(input, signal);
  if (input.as === 'labels') {
    const { data, shape, notices } = await loadLabels(reader, { signal, onProgress: progress });
    return { data, shape, notices };
  }
  return { data: await loadVolume(reader, { signal, onProgress: progress }), shape: reader.shape };
}

/** null: the listing is needed. */
export async function readPart(input: BoxInput, { signal }: JobContext): Promise<NumericArray | null> {
  const reader = await knownReader(input, signal);
  return reader && (input.level === 0 ? reader : reader.levels![input.level - 1]!).readBox(input.from, input.to, signal);
}

/** Voxels a coarse volume has at most. */
const COARSE_VOXELS = 6_000_000;
/** Planes that are read where a volume has no coarser levels. */
const COARSE_PLANES = 48;
const LEAST_PLANES = 12;

export async function readCoarse(input: CoarseInput, { signal }: JobContext): Promise<LoadedImage> {
  const { data, shape } = await coarseVolume(await readerOf(input, signal), signal);
  if (!input.labels) return { data, shape };
  return { data: narrowLabels(data, checkLabels(data, { name: '', shape, from: [0, 0, 0], to: shape })), shape };
}

export async function coarseVolume(reader: VolumeReader, signal: AbortSignal): Promise<LoadedImage> {
  const level = reader.levels?.find(({ shape }) => voxelsOf(shape) <= COARSE_VOXELS);
  if (level) return { data: await loadVolume(level, { signal }), shape: level.shape };
  return everyFew(reader.levels?.at(-1) ?? reader, signal);
}

async function everyFew(reader: VolumeReader, signal: AbortSignal): Promise<LoadedImage> {
  const [depth, height, width] = reader.shape;
  // Of chunks that several planes share, one plane each.
  const planes = Math.min(depth, COARSE_PLANES, Math.max(LEAST_PLANES, Math.ceil(depth / reader.brick[0])));
  const step = Math.max(1, Math.ceil(Math.sqrt((planes * height * width) / COARSE_VOXELS)));
  const shape: Triple = [planes, Math.ceil(height / step), Math.ceil(width / step)];
  const out = makeArray(reader.dtype, voxelsOf(shape));
  let at = 0;
  for (let i = 0; i < planes; i++) {
    const z = Math.min(depth - 1, Math.floor(((i + 0.5) * depth) / planes));
    const plane = await reader.readBox([z, 0, 0], [z + 1, height, width], signal);
    for (let y = 0; y < height; y += step) for (let x = 0; x < width; x += step) out[at++] = plane[y * width + x]!;
  }
  return { data: out, shape };
}
