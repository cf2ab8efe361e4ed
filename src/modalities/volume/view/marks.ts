// What is learnt from: the scribbles, or where there are none the truth on the slice on screen; and the features of these voxels, which
// are computed in boxes of the image around them.
import { SomascopeError } from '../../../base/errors.ts';
import { getOrMake } from '../../../base/get-or-make.ts';
import { extentOf, type Triple } from '../../../base/volume.ts';
import { ask } from '../../../workers/client.ts';
import { type Box, widened } from '../shared/boxes.ts';
import { type MarkFeatures, type Patch, USUAL_SETTINGS } from '../shared/segment-types.ts';
import type { LabelArray } from '../shared/types.ts';
import { askKnown } from './ask-known.ts';
import { labelsOf, scribblesOf, type VolumeDataset } from './datasets.ts';
import { fileLabels } from './file-labels.ts';
import { readImageBox } from './image-box.ts';
import { type LabelOptions, pieceAt } from './label-boxes.ts';
import { type MarkRun, scribbleRuns } from './scribbles.ts';

export interface Marks {
  readonly runs: readonly MarkRun[];
  readonly voxels: number;
  readonly source: string;
}

/** Voxels of each class that are taken from a slice of the truth. */
const FROM_TRUTH = 3000;
/** Marks that lie as close as this are learnt from one box. */
const NEAR: Triple = [16, 256, 256];

export async function marksOf(dataset: VolumeDataset): Promise<Marks> {
  const runs = scribbleRuns(scribblesOf(dataset));
  if (runs.length > 0) return { runs, voxels: runs.reduce((sum, run) => sum + run[3], 0), source: 'scribbles' };
  const truth = await truthPlane(dataset);
  if (truth) return fromTruth(truth, dataset);
  throw new SomascopeError(
    'Invalid',
    'There is nothing to learn from.',
    {},
    'Scribble on some voxels of at least two classes, then press Train.',
  );
}

/** The truth on the XY slice on screen, read from its file where it is too large to be held; null for none, or none of bytes. */
async function truthPlane(dataset: VolumeDataset): Promise<Uint8Array | null> {
  const [, height, width] = dataset.shape;
  const z = dataset.store.getState().position[0];
  const inFile = fileLabels(dataset, 'truth');
  const box: Box = { from: [z, 0, 0], to: [z + 1, height, width] };
  const data = inFile
    ? await askKnown<LabelArray>(dataset, inFile.layer, 'box', { level: 0, ...box })
    : labelsOf(dataset, 'truth')?.data.subarray(z * height * width, (z + 1) * height * width);
  return data instanceof Uint8Array ? data : null;
}

/** Evenly spaced voxels of each class of a plane of the truth. */
function fromTruth(truth: Uint8Array, { shape: [, height, width], store }: VolumeDataset): Marks {
  const area = height * width;
  const z = store.getState().position[0];
  const places = new Map<number, number[]>();
  for (let i = 0; i < area; i++) getOrMake(places, truth[i]!, (): number[] => []).push(i);
  const runs: MarkRun[] = [];
  for (const [label, all] of places) {
    const step = Math.max(1, all.length / FROM_TRUTH);
    for (let i = 0; i < all.length; i += step) {
      const at = all[Math.floor(i)]!;
      runs.push([z, Math.floor(at / width), at % width, 1, label]);
    }
  }
  return { runs, voxels: runs.length, source: `truth on z ${z}` };
}

/** Features of all marks, one box after the other. */
export async function featuresOf(
  dataset: VolumeDataset,
  { runs }: Marks,
  { signal, onProgress }: LabelOptions,
): Promise<MarkFeatures[]> {
  const reach = await ask<number>('volume', 'reach', USUAL_SETTINGS, { signal });
  const groups = new Map<string, MarkRun[]>();
  for (const run of runs) {
    const place = [run[0], run[1], run[2]].map((at, axis) => Math.floor(at / NEAR[axis]!));
    getOrMake(groups, `${pieceAt(dataset, run[0]).from[0]} ${place.join(' ')}`, (): MarkRun[] => []).push(run);
  }
  const parts: MarkFeatures[] = [];
  for (const group of groups.values()) {
    const wide = widened(boxAround(group), reach, pieceAt(dataset, group[0]![0]));
    const payload: Patch = { image: await readImageBox(dataset, wide, signal), ...marksIn(group, wide) };
    parts.push(await ask<MarkFeatures>('volume', 'features', { shape: extentOf(wide.from, wide.to) }, { signal, payload }));
    onProgress?.(parts.length / groups.size);
  }
  return parts;
}

function boxAround(runs: readonly MarkRun[]): Box {
  const from: [number, number, number] = [Infinity, Infinity, Infinity];
  const to: [number, number, number] = [0, 0, 0];
  for (const [z, y, x, voxels] of runs) {
    for (const [axis, first, end] of [
      [0, z, z + 1],
      [1, y, y + 1],
      [2, x, x + voxels],
    ] as const) {
      from[axis] = Math.min(from[axis], first);
      to[axis] = Math.max(to[axis], end);
    }
  }
  return { from, to };
}

/** Places within a box. */
function marksIn(runs: readonly MarkRun[], { from, to }: Box): Omit<Patch, 'image'> {
  const [, height, width] = extentOf(from, to);
  const voxel: number[] = [];
  const label: number[] = [];
  for (const [z, y, x, voxels, mark] of runs) {
    const start = ((z - from[0]) * height + y - from[1]) * width + x - from[2];
    for (let i = 0; i < voxels; i++) {
      voxel.push(start + i);
      label.push(mark);
    }
  }
  return { voxel: Float64Array.from(voxel), label: Uint8Array.from(label) };
}
