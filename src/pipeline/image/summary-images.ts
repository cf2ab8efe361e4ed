// Summary images [row, column] from the sums of a movie, in the movie's units. `sum` may be given where several are made. Definitions as in numpy (standard deviation:
// ddof 0) and CaImAn (`local_correlations_fft`). Each throws `Invalid` where no frame was good.
import { SomascopeError } from '../../base/errors.ts';
import { makeArray, type NumericArray } from '../../base/ndarray.ts';
import type { MovieSums } from './movie-sums.ts';
import { neighbourCorrelation } from './neighbour-correlation.ts';

export function meanImage(sums: MovieSums, sum = plainSum(sums)): Float64Array<ArrayBuffer> {
  return meanOf(sums, sum, sums.frames);
}

/** Means of the frames with even and with odd number; NaN where there is no such frame. */
export function halfMeans(sums: MovieSums): { even: Float64Array<ArrayBuffer>; odd: Float64Array<ArrayBuffer> } {
  return { even: meanOf(sums, sums.even, sums.evenFrames), odd: meanOf(sums, sums.odd, sums.frames - sums.evenFrames) };
}

/** Largest value of each pixel in the movie's dtype; NaN where a float pixel had no value in some frame. */
export function maxImage(sums: MovieSums, sum = plainSum(sums)): NumericArray {
  return extremeImage(sums, sum, sums.maximum);
}

/** Smallest value of each pixel, likewise. */
export function minImage(sums: MovieSums): NumericArray {
  return extremeImage(sums, plainSum(sums), sums.minimum);
}

export function standardDeviation(sums: MovieSums, sum = plainSum(sums)): Float32Array<ArrayBuffer> {
  const { frames, squares } = sums;
  return Float32Array.from(squares, (square, i) => Math.sqrt(Math.max(0, frames * square - sum[i]! * sum[i]!)) / frames);
}

/** Mean Pearson correlation over all good frames with the 8 or 4 neighbours inside the image. */
export function localCorrelation(sums: MovieSums, neighbours: 8 | 4, sum = plainSum(sums)): Float32Array<ArrayBuffer> {
  return neighbourCorrelation({ ...sums, sum }, neighbours);
}

/** Noise of a single frame: sqrt(mean(v[t+1] − v[t])² / 2); slow signals cancel. NaN without two consecutive good frames. */
export function noiseImage(sums: MovieSums): Float32Array<ArrayBuffer> {
  requireFrames(sums);
  return Float32Array.from(sums.squaredDifferences, (square) => Math.sqrt(square / (2 * sums.pairs)));
}

/** Sum over all good frames; throws `Invalid` where there is none. */
export function plainSum(sums: MovieSums): Float64Array<ArrayBuffer> {
  requireFrames(sums);
  return sums.even.map((even, i) => even + sums.odd[i]!);
}

function meanOf({ offset }: MovieSums, sum: Float64Array<ArrayBuffer>, frames: number): Float64Array<ArrayBuffer> {
  return sum.map((value, i) => value / frames + (offset ? offset[i]! : 0));
}

function extremeImage(sums: MovieSums, sum: Float64Array, extreme: Float64Array): NumericArray {
  const image = makeArray(sums.dtype, extreme.length);
  for (let i = 0; i < extreme.length; i++) image[i] = Number.isNaN(sum[i]!) ? Number.NaN : extreme[i]!;
  return image;
}

function requireFrames(sums: MovieSums): void {
  if (sums.frames > 0) return;
  throw new SomascopeError(
    'Invalid',
    'There is no readable frame.',
    {},
    'Check the files of this movie; none of them could be decoded.',
  );
}
