// Labels a box of the volume tile by tile, several at a time, so that never more than a few tiles and what lies around them is held.
import { throwIfAborted } from '../../../base/steps.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import { ask, outliving, poolSize } from '../../../workers/client.ts';
import { type Box, tilesOf, widened } from '../shared/boxes.ts';
import type { BoxToLabel, SegmentInput } from '../shared/segment-types.ts';
import { seamsOf, type VolumeDataset } from './datasets.ts';
import { readImageBox } from './image-box.ts';

const TILE: Triple = [16, 256, 256];

export interface LabelOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number) => void;
}

/** The cutout that plane `z` lies in, with all its rows and columns: nothing beyond it is seen. */
export function pieceAt(dataset: VolumeDataset, z: number): Box {
  const seams = seamsOf(dataset);
  const [depth, height, width] = dataset.shape;
  const first = seams.findLast((seam) => seam <= z) ?? 0;
  return { from: [first, 0, 0], to: [seams.find((seam) => seam > z) ?? depth, height, width] };
}

/** Hands the labels of each tile of `box` to `put`. */
export async function labelBoxes(
  dataset: VolumeDataset,
  box: Box,
  input: SegmentInput,
  put: (tile: Box, labels: Uint8Array<ArrayBuffer>) => void,
  { signal, onProgress }: LabelOptions = {},
): Promise<void> {
  const reach = await ask<number>('volume', 'reach', input.settings, { signal });
  const tiles = tilesOf(box, TILE, seamsOf(dataset));
  let [next, done] = [0, 0];
  const labelNext = async (): Promise<void> => {
    while (next < tiles.length) {
      throwIfAborted(signal);
      const tile = tiles[next++]!;
      // Begun anew where a worker died under it: what was handed over is gone with the worker.
      put(tile, await outliving(() => labelTile(dataset, tile, input, reach, signal)));
      done += voxelsOf(extentOf(tile.from, tile.to));
      onProgress?.(done / voxelsOf(extentOf(box.from, box.to)));
    }
  };
  await Promise.all(Array.from({ length: Math.min(tiles.length, poolSize()) }, labelNext));
}

async function labelTile(
  dataset: VolumeDataset,
  tile: Box,
  input: SegmentInput,
  reach: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const wide = widened(tile, reach, pieceAt(dataset, tile.from[0]));
  const payload = await readImageBox(dataset, wide, signal);
  const within = (at: Triple) => extentOf(wide.from, at);
  const part: BoxToLabel = { ...input, shape: within(wide.to), from: within(tile.from), to: within(tile.to) };
  return ask<Uint8Array<ArrayBuffer>>('volume', 'labelBox', part, { signal, payload });
}
