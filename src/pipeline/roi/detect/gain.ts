// The gain of explaining a place with a block of templates: x = (A + ridge)⁻¹ w with the first coefficient clipped at 0 (a soma
// or spot can only be added), gain = x · w, where w are the block's responses. These are the innermost loops of the pursuit.
import { BLOBS, RINGS, TEMPLATES } from './dictionary.ts';
import type { Gram } from './gram.ts';

/** value[i] = the larger gain of the two blocks for pixels from … to − 1, −1 where a centre is forbidden (free 0). */
export function gainRow(
  w: Float64Array,
  { blobInverse: a, ringInverse: b }: Gram,
  free: Uint8Array,
  value: Float64Array,
  from: number,
  to: number,
): void {
  const [a0, a1, a2, a3, a4, a5, a6, a7, a8] = [a[0]!, a[1]!, a[2]!, a[3]!, a[4]!, a[5]!, a[6]!, a[7]!, a[8]!];
  const [b0, b1, b2, b3, b4, b5, b6, b7] = [b[0]!, b[1]!, b[2]!, b[3]!, b[4]!, b[5]!, b[6]!, b[7]!];
  const [b8, b9, b10, b11, b12, b13, b14, b15] = [b[8]!, b[9]!, b[10]!, b[11]!, b[12]!, b[13]!, b[14]!, b[15]!];
  const stride = TEMPLATES;
  for (let i = from, at = from * stride; i < to; i++, at += stride) {
    const u0 = w[at]!;
    const u1 = w[at + 1]!;
    const u2 = w[at + 2]!;
    const x0 = a0 * u0 + a1 * u1 + a2 * u2;
    const blob = Math.max(x0, 0) * u0 + (a3 * u0 + a4 * u1 + a5 * u2) * u1 + (a6 * u0 + a7 * u1 + a8 * u2) * u2;
    const v0 = w[at + 3]!;
    const v1 = w[at + 4]!;
    const v2 = w[at + 5]!;
    const v3 = w[at + 6]!;
    const y0 = b0 * v0 + b1 * v1 + b2 * v2 + b3 * v3;
    const ring =
      Math.max(y0, 0) * v0 +
      (b4 * v0 + b5 * v1 + b6 * v2 + b7 * v3) * v1 +
      (b8 * v0 + b9 * v1 + b10 * v2 + b11 * v3) * v2 +
      (b12 * v0 + b13 * v1 + b14 * v2 + b15 * v3) * v3;
    const best = Math.max(blob, ring);
    value[i] = free[i]! ? best : -1;
  }
}

/** The better block at one pixel (0 blob, 1 ring), its gain, and all seven coefficients, those of the other block 0. */
export function explain(
  w: Float64Array,
  { blobInverse, ringInverse }: Gram,
  pixel: number,
  coef: Float64Array,
): { block: 0 | 1; gain: number } {
  const at = pixel * TEMPLATES;
  const blob = solve(w, at, blobInverse, BLOBS, coef, 0);
  const ring = solve(w, at + BLOBS, ringInverse, RINGS, coef, BLOBS);
  const block = blob >= ring ? 0 : 1;
  if (block === 0) coef.fill(0, BLOBS, TEMPLATES);
  else coef.fill(0, 0, BLOBS);
  return { block, gain: block === 0 ? blob : ring };
}

function solve(w: Float64Array, at: number, inverse: Float64Array, n: number, coef: Float64Array, first: number): number {
  let gain = 0;
  for (let i = 0; i < n; i++) {
    let x = 0;
    for (let j = 0; j < n; j++) x += inverse[i * n + j]! * w[at + j]!;
    if (i === 0 && x < 0) x = 0;
    coef[first + i] = x;
    gain += x * w[at + i]!;
  }
  return gain;
}

/** Takes what a block explains, Σ coef · Gram table, from the responses of `count` pixels; the block begins at template `first`, `at`
 *  and `from` count pixels of w and of the tables. */
export function subtractRow(
  w: Float64Array,
  { tables }: Gram,
  first: number,
  coef: Float64Array,
  at: number,
  from: number,
  count: number,
): void {
  const [g0, g1, g2] = [tables[first]!, tables[first + 1]!, tables[first + 2]!];
  const [l0, l1, l2] = [coef[first]!, coef[first + 1]!, coef[first + 2]!];
  const shift = (at - from) * TEMPLATES;
  const end = (from + count) * TEMPLATES;
  if (first === 0) {
    for (let k = from * TEMPLATES; k < end; k++) w[k + shift]! -= l0 * g0[k]! + l1 * g1[k]! + l2 * g2[k]!;
    return;
  }
  const g3 = tables[first + 3]!;
  const l3 = coef[first + 3]!;
  for (let k = from * TEMPLATES; k < end; k++) {
    w[k + shift]! -= l0 * g0[k]! + l1 * g1[k]! + l2 * g2[k]! + l3 * g3[k]!;
  }
}
