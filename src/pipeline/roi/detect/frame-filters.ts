// Separable filters on one image [row, column], mirrored at the border (d c b a | a b c d | d c b a), and the band-pass that
// makes somata stand out. Only rows from … to − 1 are computed, so that the reach of a filter can be cut off a band.
// All inner loops run along a row.

export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Index inside 0 … n − 1 that stands for any i. */
export function mirrored(i: number, n: number): number {
  const period = 2 * n;
  const k = ((i % period) + period) % period;
  return k < n ? k : period - 1 - k;
}

/** One side of a normalised Gaussian, centre first; cut at `truncate` sigma. */
export function gaussianTaps(sigma: number, truncate: number): Float64Array<ArrayBuffer> {
  const reach = Math.floor(truncate * sigma + 0.5);
  const taps = Float64Array.from({ length: reach + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)));
  const sum = taps.reduce((total, tap, k) => total + (k === 0 ? tap : 2 * tap), 0);
  return taps.map((tap) => tap / sum);
}

/** Gaussian filter with one-sided `taps`. */
export function gaussianFilter(
  image: Float32Array,
  height: number,
  width: number,
  taps: Float64Array,
  out: Float32Array,
  rows: Rows,
): void {
  const reach = taps.length - 1;
  const padded = new Float32Array(width + 2 * reach);
  const line = padded.subarray(reach, reach + width);
  for (let y = rows.from; y < rows.to; y++) {
    const at = y * width;
    const from = (k: number) => mirrored(y + k, height) * width;
    for (let x = 0; x < width; x++) line[x] = taps[0]! * image[at + x]!;
    for (let k = 1; k <= reach; k += PAIRS) addPairs(image, from, taps, k, line, width);
    mirrorEnds(padded, reach, width);
    const to = out.subarray(at, at + width);
    for (let x = 0; x < width; x++) to[x] = taps[0]! * line[x]!;
    const shift = (k: number) => reach + k;
    for (let k = 1; k <= reach; k += PAIRS) addPairs(padded, shift, taps, k, to, width);
  }
}

/** Pairs of taps that share one pass over a row: loads and stores of the sums would cost more than the products. */
const PAIRS = 3;

/** out[x] += Σ taps[k + i] · (source[start(k + i) + x] + source[start(−k − i) + x]) for i < 3; missing taps count 0. */
function addPairs(
  source: Float32Array,
  start: (k: number) => number,
  taps: Float64Array,
  k: number,
  out: Float32Array,
  width: number,
): void {
  const last = taps.length - 1;
  const [t0, t1, t2] = [taps[k]!, taps[k + 1] ?? 0, taps[k + 2] ?? 0];
  const [k1, k2] = [Math.min(last, k + 1), Math.min(last, k + 2)];
  const [a0, a1, a2] = [start(-k), start(-k1), start(-k2)];
  const [b0, b1, b2] = [start(k), start(k1), start(k2)];
  for (let x = 0; x < width; x++) {
    out[x] =
      out[x]! +
      t0 * (source[a0 + x]! + source[b0 + x]!) +
      t1 * (source[a1 + x]! + source[b1 + x]!) +
      t2 * (source[a2 + x]! + source[b2 + x]!);
  }
}

/** Mean over a square of odd side `size`. */
export function boxFilter(image: Float32Array, height: number, width: number, size: number, out: Float32Array, rows: Rows): void {
  const reach = (size - 1) / 2;
  const scale = 1 / (size * size);
  const padded = new Float64Array(width + 2 * reach);
  const column = padded.subarray(reach, reach + width);
  const sums = new Float64Array(width);
  for (let k = -reach; k <= reach; k++) {
    const at = mirrored(rows.from + k, height) * width;
    for (let x = 0; x < width; x++) sums[x]! += image[at + x]!;
  }
  for (let y = rows.from; y < rows.to; y++) {
    column.set(sums);
    mirrorEnds(padded, reach, width);
    let sum = 0;
    for (let x = 0; x < size; x++) sum += padded[x]!;
    const at = y * width;
    out[at] = sum * scale;
    for (let x = 1, enter = size, leave = 0; x < width; x++, enter++, leave++) {
      sum += padded[enter]! - padded[leave]!;
      out[at + x] = sum * scale;
    }
    const enter = mirrored(y + reach + 1, height) * width;
    const leave = mirrored(y - reach, height) * width;
    for (let x = 0; x < width; x++) sums[x]! += image[enter + x]! - image[leave + x]!;
  }
}

function mirrorEnds(padded: Float32Array | Float64Array, reach: number, width: number): void {
  for (let k = 1; k <= reach; k++) {
    padded[reach - k] = padded[reach + mirrored(-k, width)]!;
    padded[reach + width - 1 + k] = padded[reach + mirrored(width - 1 + k, width)]!;
  }
}

export interface BandPass {
  readonly taps: Float64Array<ArrayBuffer>;
  readonly surround: number;
  /** Brings white noise of unit variance back to unit variance. */
  readonly scale: number;
}

/** Centre (Gaussian of 0.55 radii) minus surround (box of 5 radii) at soma radius `radius` px. */
export function makeBandPass(radius: number): BandPass {
  const taps = gaussianTaps(0.55 * radius, 2.5);
  const surround = Math.floor(5 * radius) | 1;
  const m = Math.floor(4 * radius) + 4;
  const side = 2 * m + 1;
  const impulse = new Float32Array(side * side);
  impulse[m * side + m] = 1;
  const response = bandPass(impulse, side, side, { taps, surround, scale: 1 });
  return { taps, surround, scale: 1 / Math.sqrt(response.reduce((sum, value) => sum + value * value, 0)) };
}

/** A new, band-passed image. */
export function bandPass(
  image: Float32Array,
  height: number,
  width: number,
  { taps, surround, scale }: BandPass,
): Float32Array<ArrayBuffer> {
  const centre = new Float32Array(height * width);
  const around = new Float32Array(height * width);
  gaussianFilter(image, height, width, taps, centre, { from: 0, to: height });
  boxFilter(image, height, width, surround, around, { from: 0, to: height });
  for (let i = 0; i < centre.length; i++) centre[i] = (centre[i]! - around[i]!) * scale;
  return centre;
}
