// Cells in X-ray tissue: dark round blobs of 3.5 to 6 voxels radius. What is long (vessels, gaps between fibres) is kept out by its
// shape. Positions z, y, x in voxels.
import type { LabelVolume } from '../volume.ts';
import { BALL_RESPONSE, type Blob, type BlobOptions } from './blobs.ts';

/** σ = radius / √3 for radii from 3.5 to 6 voxels of 1.17 µm. */
export const CELL_SIGMAS = [2, 2.5, 3, 3.5] as const;

/** Cells are at least a fifth darker than the tissue (60–95 where the tissue has 121). */
const LEAST_CONTRAST = 0.2;
/** A body 1.6 times as long as it is wide curves 0.4 times as much along as across. */
const LEAST_ROUNDNESS = 0.4;

/** What is looked for in data whose tissue has the grey level `tissue` (its median). */
export function cellOptions(tissue: number): BlobOptions {
  return { sigmas: CELL_SIGMAS, threshold: BALL_RESPONSE * LEAST_CONTRAST * tissue, roundness: LEAST_ROUNDNESS };
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
