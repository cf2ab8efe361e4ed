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

/** Rows or columns that are made together: neighbours share nearly all they read. */
const QUAD = 4;

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
  const across = width + 2 * reach + QUAD;
  const lines = new Float64Array(QUAD * across);
  const starts = new Int32Array(2 * reach + QUAD);
  for (let y = rows.from; y < rows.to; y += QUAD) {
    for (let k = 0; k < starts.length; k++) starts[k] = mirrored(y - reach + k, height) * width;
    fourRows(image, starts, taps, reach, lines, across, width);
    const count = Math.min(QUAD, rows.to - y);
    for (let r = 0; r < count; r++) {
      const line = lines.subarray(r * across, r * across + width + 2 * reach);
      mirrorEnds(line, reach, width);
      const to = out.subarray((y + r) * width, (y + r + 1) * width);
      alongRow(lines, r * across, taps, reach, to, width);
    }
  }
}

/** Down the columns: the sums of four successive rows, each to its line, `reach` in; starts[k] is where row k − reach begins. */
function fourRows(
  image: Float32Array,
  starts: Int32Array,
  taps: Float64Array,
  reach: number,
  lines: Float64Array,
  across: number,
  width: number,
): void {
  const middle = taps[0]!;
  const [s0, s1, s2, s3] = [starts[reach]!, starts[reach + 1]!, starts[reach + 2]!, starts[reach + 3]!];
  for (let x = 0, to = reach; x < width; x++, to++) {
    // Above and below the four rows: a… slide upwards, b… downwards.
    let a0 = image[s0 + x]!;
    let a1 = image[s1 + x]!;
    let a2 = image[s2 + x]!;
    let a3 = image[s3 + x]!;
    let [b0, b1, b2, b3] = [a0, a1, a2, a3];
    let sum0 = middle * a0;
    let sum1 = middle * a1;
    let sum2 = middle * a2;
    let sum3 = middle * a3;
    for (let k = 1; k <= reach; k++) {
      const tap = taps[k]!;
      a3 = a2;
      a2 = a1;
      a1 = a0;
      a0 = image[starts[reach - k]! + x]!;
      b0 = b1;
      b1 = b2;
      b2 = b3;
      b3 = image[starts[reach + 3 + k]! + x]!;
      sum0 += tap * (a0 + b0);
      sum1 += tap * (a1 + b1);
      sum2 += tap * (a2 + b2);
      sum3 += tap * (a3 + b3);
    }
    lines[to] = sum0;
    lines[to + across] = sum1;
    lines[to + 2 * across] = sum2;
    lines[to + 3 * across] = sum3;
  }
}

/** Along one row: out[x] from the line that begins at `from`, mirrored ends included; four places together. */
function alongRow(lines: Float64Array, from: number, taps: Float64Array, reach: number, out: Float32Array, width: number): void {
  const middle = taps[0]!;
  for (let x = 0, at = from + reach; x < width; x += QUAD, at += QUAD) {
    let a0 = lines[at]!;
    let a1 = lines[at + 1]!;
    let a2 = lines[at + 2]!;
    let a3 = lines[at + 3]!;
    let [b0, b1, b2, b3] = [a0, a1, a2, a3];
    let sum0 = middle * a0;
    let sum1 = middle * a1;
    let sum2 = middle * a2;
    let sum3 = middle * a3;
    for (let k = 1; k <= reach; k++) {
      const tap = taps[k]!;
      a3 = a2;
      a2 = a1;
      a1 = a0;
      a0 = lines[at - k]!;
      b0 = b1;
      b1 = b2;
      b2 = b3;
      b3 = lines[at + 3 + k]!;
      sum0 += tap * (a0 + b0);
      sum1 += tap * (a1 + b1);
      sum2 += tap * (a2 + b2);
      sum3 += tap * (a3 + b3);
    }
    out[x] = sum0;
    if (x + 1 < width) out[x + 1] = sum1;
    if (x + 2 < width) out[x + 2] = sum2;
    if (x + 3 < width) out[x + 3] = sum3;
  }
}

/** Mean over a square of odd side `size`. */
export function boxFilter(image: Float32Array, height: number, width: number, size: number, out: Float32Array, rows: Rows): void {
  const reach = (size - 1) / 2;
  const scale = 1 / (size * size);
  const padded = new Float64Array(width + 2 * reach);
  /** Of the columns; the ends are mirrored anew for every row. */
  const sums = padded.subarray(reach, reach + width);
  for (let k = -reach; k <= reach; k++) {
    const at = mirrored(rows.from + k, height) * width;
    for (let x = 0; x < width; x++) sums[x]! += image[at + x]!;
  }
  for (let y = rows.from; y < rows.to; y++) {
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
