// Which region is under the cursor: a label image painted from the regions' pixel lists, larger regions first, so that where
// regions overlap the smallest one is on top and can be reached.
import type { Region } from '../base/region.ts';
import { pixelCount } from '../base/region.ts';

/** Labels [row, column]: 0 = none, k = region k − 1. */
export interface LabelImage<T = Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer>> {
  readonly data: T;
  readonly height: number;
  readonly width: number;
}

/**
 * Paints `regions` into an image of `height` × `width`; pixels outside it are left out. `shown` says which regions take part
 * (all by default). 16-bit labels up to 65,535 regions, 32-bit ones beyond.
 */
export function paintLabels(
  regions: readonly Region[],
  height: number,
  width: number,
  shown: (region: number) => boolean = () => true,
): LabelImage {
  const data = regions.length <= 65535 ? new Uint16Array(height * width) : new Int32Array(height * width);
  const order = regions.map((_, region) => region).filter(shown);
  order.sort((a, b) => pixelCount(regions[b]!) - pixelCount(regions[a]!) || a - b);
  for (const region of order) {
    const { points, dims } = regions[region]!;
    for (let i = 0; i + 1 < points.length; i += dims) {
      const row = Math.floor(points[i]!);
      const col = Math.floor(points[i + 1]!);
      if (row >= 0 && row < height && col >= 0 && col < width) data[row * width + col] = region + 1;
    }
  }
  return { data, height, width };
}

/**
 * The region under (row, col) in image coordinates (fractional, pixel (r, c) covers [r, r+1) × [c, c+1)), or within
 * `tolerance` image px of it, nearest first; null where there is none.
 */
export function regionAt({ data, height, width }: LabelImage, row: number, col: number, tolerance = 0): number | null {
  const reach = Math.ceil(tolerance);
  const centreRow = Math.floor(row);
  const centreCol = Math.floor(col);
  const under =
    centreRow >= 0 && centreRow < height && centreCol >= 0 && centreCol < width ? data[centreRow * width + centreCol]! : 0;
  if (under > 0) return under - 1;
  let best: number | null = null;
  let nearest = tolerance * tolerance;
  for (let r = Math.max(0, centreRow - reach); r <= Math.min(height - 1, centreRow + reach); r++) {
    for (let c = Math.max(0, centreCol - reach); c <= Math.min(width - 1, centreCol + reach); c++) {
      const label = data[r * width + c]!;
      if (label === 0) continue;
      const squared = gap(row, r) ** 2 + gap(col, c) ** 2;
      if (squared < nearest || (squared === nearest && best === null)) {
        nearest = squared;
        best = label - 1;
      }
    }
  }
  return best;
}

/** Distance from `at` to the pixel [start, start + 1) along one axis. */
function gap(at: number, start: number): number {
  return Math.max(0, start - at, at - (start + 1));
}
