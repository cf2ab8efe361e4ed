// Pieces of the binned movie around a place: a window of all bins for growing a region, the trace of one pixel, the pixels of a
// disc. Coordinates are [row, column] in pixels.
import type { BinnedMovie } from './binned.ts';

export interface BinWindow {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  /** [bin, row, column], as stored. */
  readonly data: Uint16Array<ArrayBuffer>;
}

/** The rows and columns within `reach` of a pixel, cut at the edges of the field. */
export function cutWindow({ images, height, width }: BinnedMovie, row: number, col: number, reach: number): BinWindow {
  const top = Math.max(0, row - reach);
  const left = Math.max(0, col - reach);
  const tall = Math.min(height, row + reach + 1) - top;
  const wide = Math.min(width, col + reach + 1) - left;
  const data = new Uint16Array(images.length * tall * wide);
  images.forEach((image, bin) => {
    for (let y = 0; y < tall; y++) {
      const from = (top + y) * width + left;
      data.set(image.subarray(from, from + wide), (bin * tall + y) * wide);
    }
  });
  return { top, left, height: tall, width: wide, data };
}

/** Points (row, column, …) of the pixels whose centres are within `radius` of a place in image coordinates, inside the field. */
export function discPoints(row: number, col: number, radius: number, height: number, width: number): Float64Array<ArrayBuffer> {
  const points: number[] = [];
  for (let y = Math.max(0, Math.floor(row - radius)); y <= Math.min(height - 1, Math.ceil(row + radius)); y++)
    for (let x = Math.max(0, Math.floor(col - radius)); x <= Math.min(width - 1, Math.ceil(col + radius)); x++)
      if (Math.hypot(y + 0.5 - row, x + 0.5 - col) <= radius) points.push(y, x);
  return Float64Array.from(points);
}
