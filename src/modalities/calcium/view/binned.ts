// The binned movie on the page: uint16 images, one for each `factor` frames, that arrive while the movie is read.
import type { NumericArray } from '../../../base/ndarray.ts';
import { breathe } from '../../../base/steps.ts';
import type { RowBand } from '../shared/detection.ts';
import type { BinScheme, NewBins } from '../shared/images.ts';

export interface BinnedMovie extends BinScheme {
  readonly height: number;
  readonly width: number;
  /** [row, column] per bin, in order; grows while the movie is read. */
  readonly images: Uint16Array<ArrayBuffer>[];
}

export function addBins(movie: BinnedMovie, { first, data }: NewBins): void {
  const size = movie.height * movie.width;
  for (let i = 0; i * size < data.length; i++) movie.images[first + i] = data.subarray(i * size, (i + 1) * size);
}

/** The bin that holds a frame, in raw values. */
export function binAt(movie: BinnedMovie, frame: number): NumericArray | undefined {
  const bin = movie.images[Math.min(Math.floor(frame / movie.factor), movie.images.length - 1)];
  if (!bin || (movie.scale === 1 && movie.offset === 0)) return bin;
  return Float32Array.from(bin, (value) => value * movie.scale + movie.offset);
}

/** Mean over a region's pixels in every bin, in raw values; instant, because the bins are in memory. */
export function binnedTrace(
  { images, scale, offset, width, height }: BinnedMovie,
  points: Float64Array,
): Float32Array<ArrayBuffer> {
  const pixels: number[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const row = points[i]!;
    const col = points[i + 1]!;
    if (row >= 0 && col >= 0 && row < height && col < width) pixels.push(Math.floor(row) * width + Math.floor(col));
  }
  return Float32Array.from(images, (bin) => {
    let sum = 0;
    for (const pixel of pixels) sum += bin[pixel]!;
    return pixels.length ? (sum / pixels.length) * scale + offset : Number.NaN;
  });
}

const COPY_SLICE_MS = 8;

/** A copy of some rows of all bins, [bin, row, column], of all columns or some; made in slices so that the page stays live. */
export async function cutBand(
  { images, width }: BinnedMovie,
  { firstRow, rows }: Pick<RowBand, 'firstRow' | 'rows'>,
  columns: { readonly first: number; readonly count: number } = { first: 0, count: width },
): Promise<Uint16Array<ArrayBuffer>> {
  const { first, count } = columns;
  const size = rows * count;
  const out = new Uint16Array(images.length * size);
  let until = performance.now() + COPY_SLICE_MS;
  for (const [bin, image] of images.entries()) {
    if (count === width) out.set(image.subarray(firstRow * width, (firstRow + rows) * width), bin * size);
    else {
      for (let y = 0; y < rows; y++) {
        const from = (firstRow + y) * width + first;
        out.set(image.subarray(from, from + count), bin * size + y * count);
      }
    }
    if (performance.now() > until) {
      await breathe();
      until = performance.now() + COPY_SLICE_MS;
    }
  }
  return out;
}
