// Raw traces: the mean over a region's pixels in every frame, in the movie's units. The regions are compiled once into flat
// pixel lists. Traces are [region, frame].
import type { NumericArray } from '../../base/ndarray.ts';
import type { Region } from '../../base/region.ts';

/** Plain data: it can be posted to a worker. */
export interface MaskPlan {
  readonly regions: number;
  /** `regions` + 1 positions in `pixels`. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** Pixel = row × width + column, each once per region, ascending. */
  readonly pixels: Int32Array<ArrayBuffer>;
}

/** The pixels of each region inside an image of `height` × `width`; repeats count once, pixels outside are left out. */
export function compileMasks(regions: readonly Region[], height: number, width: number): MaskPlan {
  return compilePixels(regions.map((region) => regionPixels(region, height, width)));
}

export function compilePixels(lists: readonly Int32Array[]): MaskPlan {
  const starts = new Int32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) starts[i + 1] = starts[i]! + list.length;
  const pixels = new Int32Array(starts[lists.length]!);
  for (const [i, list] of lists.entries()) pixels.set(list, starts[i]!);
  return { regions: lists.length, starts, pixels };
}

/** Pixels of one region, ascending. */
export function regionPixels({ points, dims }: Region, height: number, width: number): Int32Array<ArrayBuffer> {
  const found = new Set<number>();
  for (let i = 0; i + 1 < points.length; i += dims) {
    const row = Math.round(points[i]!);
    const column = Math.round(points[i + 1]!);
    if (row >= 0 && row < height && column >= 0 && column < width) found.add(row * width + column);
  }
  return Int32Array.from(found).sort();
}

/**
 * Writes the means of one frame to column `t` of `traces` [region, frame]; NaN for a damaged frame (null) and for a region
 * without pixels.
 */
export function addFrameMeans(plan: MaskPlan, frame: NumericArray | null, traces: Float32Array, t: number): void {
  const { regions, starts, pixels } = plan;
  const frames = traces.length / regions;
  for (let region = 0; region < regions; region++) {
    const end = starts[region + 1]!;
    let sum = 0;
    if (frame) for (let i = starts[region]!; i < end; i++) sum += frame[pixels[i]!]!;
    traces[region * frames + t] = frame ? sum / (end - starts[region]!) : Number.NaN;
  }
}
