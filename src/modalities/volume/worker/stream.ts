// Goes through volumes that lie on each other voxel by voxel, tile by tile, so that never more than a tile of each is held.
import type { Job } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Triple } from '../../../base/volume.ts';
import { STORED_BYTES, type VolumeReader } from '../../../formats/volume.ts';
import { slabsOf } from '../../../pipeline/volume/volume.ts';
import { type Box, tileEdges, tilesOf } from '../shared/boxes.ts';
import type { ScorePart } from '../shared/score-types.ts';
import type { CountInput, LabelCounts, StreamInput } from '../shared/types.ts';
import { readerOf } from './readers.ts';

/** Most bytes of a tile, as stored. */
const MOST_BYTES = 32 * 2 ** 20;

/** The parts of a job: planes that are gone through in one go. */
export function slabsIn({ shape, thickness, planes }: StreamInput): ScorePart[] {
  return slabsOf(shape[0], thickness, 0, planes).map(({ from, to }) => ({ from, to }));
}

export interface Tile extends Box {
  /** Of each volume. */
  readonly data: readonly NumericArray[];
  /** Of the planes, what is done with this tile. */
  readonly share: number;
}

/** All tiles of some planes, in the order of their voxels. */
export async function* tilesRead(
  readers: readonly VolumeReader[],
  { from, to }: ScorePart,
  signal: AbortSignal,
): AsyncGenerator<Tile, void, void> {
  const [, height, width] = readers[0]!.shape;
  const brick = [0, 1, 2].map((axis) => Math.max(...readers.map((reader) => reader.brick[axis]!))) as unknown as Triple;
  const itemBytes = Math.max(...readers.map(({ stored }) => STORED_BYTES[stored]));
  const edges = tileEdges([to - from, height, width], brick, MOST_BYTES / itemBytes);
  const tiles = tilesOf({ from: [from, 0, 0], to: [to, height, width] }, edges, []);
  for (const [i, tile] of tiles.entries()) {
    const data: NumericArray[] = [];
    for (const reader of readers) data.push(await reader.readBox(tile.from, tile.to, signal));
    yield { ...tile, data, share: (i + 1) / tiles.length };
  }
}

function countInto(labels: NumericArray, small: Float64Array, large: Map<number, number>): void {
  if (labels instanceof Uint8Array) {
    // Two tables in turn: neighbours mostly have the same label, and each addition would wait for the one before.
    const [even, odd] = [new Uint32Array(256), new Uint32Array(256)];
    for (let i = 0; i + 1 < labels.length; i += 2) {
      even[labels[i]!]!++;
      odd[labels[i + 1]!]!++;
    }
    if (labels.length % 2 === 1) even[labels.at(-1)!]!++;
    for (let label = 0; label < 256; label++) small[label]! += even[label]! + odd[label]!;
    return;
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (label < 256) small[label]!++;
    else large.set(label, (large.get(label) ?? 0) + 1);
  }
}

/** Voxels of each label of a volume in files. */
export const countLabels: Job<CountInput, ScorePart, Map<number, number>, never, LabelCounts> = {
  split: slabsIn,
  run: async ({ layer }, part, { signal, progress }) => {
    const small = new Float64Array(256);
    const counts = new Map<number, number>();
    for await (const { data, share } of tilesRead([await readerOf(layer, signal)], part, signal)) {
      countInto(data[0]!, small, counts);
      progress(share);
    }
    for (const [label, voxels] of small.entries()) if (voxels > 0) counts.set(label, voxels);
    return counts;
  },
  merger: () => {
    const sum = new Map<number, number>();
    return {
      add: (counts) => {
        for (const [label, voxels] of counts) sum.set(label, (sum.get(label) ?? 0) + voxels);
      },
      finish: () => [...sum].sort(([a], [b]) => a - b),
    };
  },
};
