// Regions as sets of pixels: union and difference. Coordinates are floored to whole pixels, repeats are dropped; pixels are
// numbered row × width + column. What comes out lists its pixels row by row.
import type { Region } from '../../../base/region.ts';

export function regionOf(pixels: readonly number[], width: number): Region {
  const points = new Float64Array(2 * pixels.length);
  pixels.forEach((pixel, i) => {
    points[2 * i] = Math.floor(pixel / width);
    points[2 * i + 1] = pixel % width;
  });
  return { points, dims: 2 };
}

/** The pixels within the field, in rising order. */
export function pixelsOf({ points, dims }: Region, height: number, width: number): number[] {
  const pixels = new Set<number>();
  for (let i = 0; i + 1 < points.length; i += dims) {
    const row = Math.floor(points[i]!);
    const col = Math.floor(points[i + 1]!);
    if (row >= 0 && col >= 0 && row < height && col < width) pixels.add(row * width + col);
  }
  return [...pixels].sort((a, b) => a - b);
}

/** Every pixel that is in one of the regions. */
export function unionOf(regions: readonly Region[], height: number, width: number): Region {
  const all = new Set(regions.flatMap((region) => pixelsOf(region, height, width)));
  return regionOf(
    [...all].sort((a, b) => a - b),
    width,
  );
}

/** The pixels of `region` that are not in `removed`. */
export function differenceOf(region: Region, removed: Region, height: number, width: number): Region {
  const gone = new Set(pixelsOf(removed, height, width));
  return regionOf(
    pixelsOf(region, height, width).filter((pixel) => !gone.has(pixel)),
    width,
  );
}
