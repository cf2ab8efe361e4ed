// The spatial filter of `correlation_pnr` (CNMF-E; CaImAn, center_psf, background_filter 'disk'): a Gaussian of standard
// deviation g pixels within the disk of radius int(2g), minus its mean there, so that a flat background vanishes.
// The border is replicated. Images are [row, column].
import type { NumericArray } from '../../base/ndarray.ts';

export interface PnrFilter {
  readonly radius: number;
  /** weights[dy][dx] for 0 ≤ dx ≤ the disk's half width in row dy; symmetric in both. */
  readonly weights: readonly Float64Array[];
}

/** Rows above and below that a filtered row depends on. */
export function pnrRadius(gSig: number): number {
  return Math.floor(2 * gSig);
}

export function makePnrFilter(gSig: number): PnrFilter {
  const radius = pnrRadius(gSig);
  const gauss = Float64Array.from({ length: radius + 1 }, (_, i) => Math.exp(-(i * i) / (2 * gSig * gSig)));
  const norm = gauss.reduce((total, value, i) => total + (i === 0 ? value : 2 * value), 0);
  const weights = Array.from({ length: radius + 1 }, (_, dy) =>
    Float64Array.from(
      { length: Math.floor(Math.sqrt(radius * radius - dy * dy)) + 1 },
      (_, dx) => (gauss[dy]! * gauss[dx]!) / (norm * norm),
    ),
  );
  let sum = 0;
  let pixels = 0;
  for (const [dy, row] of weights.entries()) {
    for (const [dx, weight] of row.entries()) {
      const copies = (dy === 0 ? 1 : 2) * (dx === 0 ? 1 : 2);
      sum += copies * weight;
      pixels += copies;
    }
  }
  return { radius, weights: weights.map((row) => row.map((weight) => weight - sum / pixels)) };
}

/** Returns a function that writes the filtered frame to `output`; both are `height` × `width`. */
export function compilePnrFilter(
  filter: PnrFilter,
  height: number,
  width: number,
): (frame: NumericArray, output: Float32Array) => void {
  const { radius, weights } = filter;
  const stride = width + 2 * radius;
  const padded = new Float64Array(stride * height);
  const columns = 4 * Math.ceil(width / 4);
  const folded = new Float64Array(columns + 2 * radius);
  const total = new Float64Array(columns);
  return (frame, output) => {
    for (let y = 0; y < height; y++) {
      const at = y * stride;
      padded.set(frame.subarray(y * width, (y + 1) * width), at + radius);
      padded.fill(padded[at + radius]!, at, at + radius);
      padded.fill(padded[at + radius + width - 1]!, at + radius + width, at + stride);
    }
    for (let y = 0; y < height; y++) {
      total.fill(0);
      for (const [dy, row] of weights.entries()) {
        const above = Math.max(0, y - dy) * stride;
        const below = Math.min(height - 1, y + dy) * stride;
        // Rows at the same distance share their weights, so they are added first.
        const share = dy === 0 ? 0.5 : 1;
        for (let x = 0; x < stride; x++) folded[x] = (padded[above + x]! + padded[below + x]!) * share;
        addRow(total, folded, row, radius);
      }
      output.set(total.subarray(0, width), y * width);
    }
  };
}

/** Four columns at a time, so that each weight is fetched once for four independent sums. */
function addRow(total: Float64Array, folded: Float64Array, weights: Float64Array, radius: number): void {
  const reach = weights.length;
  for (let x = 0; x < total.length; x += 4) {
    const m = x + radius;
    const middle = weights[0]!;
    let a = middle * folded[m]!;
    let b = middle * folded[m + 1]!;
    let c = middle * folded[m + 2]!;
    let d = middle * folded[m + 3]!;
    for (let dx = 1; dx < reach; dx++) {
      const weight = weights[dx]!;
      const left = m - dx;
      const right = m + dx;
      a += weight * (folded[left]! + folded[right]!);
      b += weight * (folded[left + 1]! + folded[right + 1]!);
      c += weight * (folded[left + 2]! + folded[right + 2]!);
      d += weight * (folded[left + 3]! + folded[right + 3]!);
    }
    total[x]! += a;
    total[x + 1]! += b;
    total[x + 2]! += c;
    total[x + 3]! += d;
  }
}
