// Cells in X-ray tissue: dark round blobs of 3.5 to 6 voxels radius. What is long (vessels, gaps between fibres) is kept out by its
// shape. Positions z, y, x in voxels.
import { type Steps, within } from '../../../base/steps.ts';
import { percentile } from '../../image/percentiles.ts';
import { type LabelVolume, slabsOf, slabThickness, slicesOf, type Volume } from '../volume.ts';
import { BALL_RESPONSE, type Blob, type BlobOptions, blobReach, findBlobs, pruneBlobs } from './blobs.ts';

/** σ = radius / √3 for radii from 3.5 to 6 voxels of 1.17 µm. */
export const CELL_SIGMAS = [2, 2.5, 3, 3.5] as const;

/** Cells are at least a fifth darker than the tissue (60–95 where the tissue has 121). */
const LEAST_CONTRAST = 0.2;
/** A body 1.6 times as long as it is wide curves 0.4 times as much along as across. */
const LEAST_ROUNDNESS = 0.4;
/** Working memory of a slab in bytes, and bytes a voxel for six derivatives and four scales. */
const BUDGET = 192 * 2 ** 20;
const BYTES = 56;

/** What is looked for in data whose tissue has the grey level `tissue` (its median). */
export function cellOptions(tissue: number): BlobOptions {
  return { sigmas: CELL_SIGMAS, threshold: BALL_RESPONSE * LEAST_CONTRAST * tissue, roundness: LEAST_ROUNDNESS };
}

/** How a volume is cut for `findBlobs`. */
export function cellSlabs(shape: Volume['shape'], { sigmas }: BlobOptions) {
  return slabsOf(shape[0], slabThickness(shape, 1, BYTES, BUDGET), blobReach(sigmas));
}

/** All cells of a volume in memory, strongest first; sizes and contrast for its own median unless given. */
export function* findCells(volume: Volume, options: BlobOptions = cellOptions(percentile(volume.data, 50))): Steps<Blob[]> {
  const found: Blob[] = [];
  const depth = volume.shape[0];
  for (const { from, to, readFrom, readTo } of cellSlabs(volume.shape, options)) {
    const blobs = findBlobs(slicesOf(volume, readFrom, readTo), options, { from: from - readFrom, to: to - readFrom });
    const part = yield* within(blobs, from / depth, to / depth);
    for (const blob of part) found.push({ ...blob, z: blob.z + readFrom });
  }
  return pruneBlobs(found.sort((a, b) => b.response - a.response));
}

/** Positions for `matchCells`: z, y, x of each in turn. */
export function blobCentres(blobs: readonly Blob[]): Float64Array<ArrayBuffer> {
  return Float64Array.from(blobs.flatMap(({ z, y, x }) => [z, y, x]));
}

/** Writes `value` where a cell's ball lies, into `labels` whose first slice is slice `first` of the volume. */
export function paintBlobs({ data, shape }: LabelVolume, first: number, blobs: readonly Blob[], value: number): void {
  const [depth, height, width] = shape;
  for (const { z, y, x, sigma } of blobs) {
    const radius = sigma * Math.sqrt(3);
    const reach = Math.floor(radius);
    for (let c = Math.max(first, z - reach); c <= z + reach && c < first + depth; c++) {
      for (let b = Math.max(0, y - reach); b <= y + reach && b < height; b++) {
        const half = Math.floor(Math.sqrt(Math.max(-1, radius * radius - (c - z) ** 2 - (b - y) ** 2)));
        if (Number.isNaN(half)) continue;
        const row = ((c - first) * height + b) * width;
        data.fill(value, row + Math.max(0, x - half), row + Math.min(width - 1, x + half) + 1);
      }
    }
  }
}
