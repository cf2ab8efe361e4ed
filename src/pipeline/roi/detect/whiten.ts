// Whitening of the mean image: minus its local mean, over its local root mean square, both with Gaussian windows that are cut
// at 2 × the wider sigma and renormalised at the border. Very tight windows (0.22 and 0.76 soma radii): this flattens the
// spectrum and equalises contrast, it does not only remove background.
// Method: after Pachitariu et al. 2013, "Extracting regions of interest from biological images with convolutional sparse block coding".
import type { Plane } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import { tissueOf } from './tissue.ts';

const MEAN_SIGMA = 0.22;
const RMS_SIGMA = 0.76;
const ROWS_A_STEP = 64;

/**
 * The whitened image for soma radius `radius` (px): unitless, about unit local variance; all 0 where the image is constant. Pixels
 * that show no tissue (see `tissueOf`) are left out of every mean, and are 0.
 */
export function* whiten(image: Plane<Float64Array<ArrayBuffer>>, radius: number): Steps<Plane<Float64Array<ArrayBuffer>>> {
  const { height, width } = image;
  const reach = Math.ceil(2 * RMS_SIGMA * radius);
  const tissue = tissueOf(image);
  const data = tissue ? image.data.map((value, i) => (tissue[i] ? value : 0)) : image.data;
  const local = function* (values: Float64Array<ArrayBuffer>, sigma: number) {
    const sums = yield* smooth({ data: values, height, width }, sigma, reach);
    if (!tissue) return sums;
    const shares = yield* smooth({ data: tissue, height, width }, sigma, reach);
    return sums.map((sum, i) => (shares[i]! > 0 ? sum / shares[i]! : 0));
  };
  const mean = yield* local(data, MEAN_SIGMA * radius);
  const centred = data.map((value, i) => (tissue?.[i] === 0 ? 0 : value - mean[i]!));
  const power = yield* local(
    centred.map((value) => value * value),
    RMS_SIGMA * radius,
  );
  let largest = 0;
  for (const value of power) largest = Math.max(largest, value);
  const floor = 1e-9 * largest + 1e-12;
  return { data: centred.map((value, i) => value / Math.sqrt(Math.max(power[i]!, floor))), height, width };
}

/** Gaussian mean within ± reach, over the pixels that exist. */
function* smooth(
  { data, height, width }: Plane<Float64Array<ArrayBuffer>>,
  sigma: number,
  reach: number,
): Steps<Float64Array<ArrayBuffer>> {
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-((k - reach) ** 2) / (2 * sigma * sigma)));
  const rows = new Float64Array(data.length);
  const [fromRow, toRow] = [windowSums(taps, height, reach), windowSums(taps, width, reach)];
  for (let y = 0; y < height; y++) {
    for (let k = Math.max(0, y - reach); k <= Math.min(height - 1, y + reach); k++) {
      const tap = taps[k - y + reach]! / fromRow[y]!;
      for (let x = 0, to = y * width, from = k * width; x < width; x++, to++, from++) rows[to]! += tap * data[from]!;
    }
    if (y % ROWS_A_STEP === 0) yield y / height;
  }
  const out = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let k = -reach; k <= reach; k++) {
      const tap = taps[k + reach]!;
      const end = Math.min(width, width - k);
      for (let x = Math.max(0, -k), at = y * width; x < end; x++) out[at + x]! += tap * rows[at + x + k]!;
    }
    for (let x = 0; x < width; x++) out[y * width + x]! /= toRow[x]!;
    if (y % ROWS_A_STEP === 0) yield y / height;
  }
  return out;
}

/** Sum of the taps that fall inside 0 … n − 1, for each place. */
function windowSums(taps: Float64Array, n: number, reach: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let k = Math.max(0, i - reach); k <= Math.min(n - 1, i + reach); k++) sum += taps[k - i + reach]!;
    return sum;
  });
}
