// Fourier transform of lengths without prime factors above 5: Stockham's self-sorting passes of radix 4, 2, 3 and 5, forward, complex
// numbers interleaved. A pass over sub-transforms of n = radix · m that lie `stride` apart takes x[q + stride (k + m r)], r < radix,
// into y[q + stride (radix k + r)] times exp(−2πi rk/n).

interface Pass {
  readonly radix: number;
  /** Length of a sub-transform after the pass, and distance of its numbers. */
  readonly m: number;
  readonly stride: number;
  /** [k][r − 1]: exp(−2πi rk/n), re and im. */
  readonly twiddles: Float64Array;
}

/** Radices whose product is the length, fours first; null where another prime is in it. */
export function radicesOf(length: number): number[] | null {
  const radices: number[] = [];
  let rest = length;
  for (const radix of [4, 2, 3, 5]) for (; rest % radix === 0; rest /= radix) radices.push(radix);
  return rest === 1 ? radices : null;
}

/** Writes the transform of `input` (2 × length numbers) to `output`, another array. */
export function makeMixed(length: number, radices: readonly number[]): (output: Float64Array, input: Float64Array) => void {
  const passes: Pass[] = [];
  let n = length;
  let stride = 1;
  for (const radix of radices) {
    const m = n / radix;
    passes.push({ radix, m, stride, twiddles: twiddlesOf(radix, m, n) });
    n = m;
    stride *= radix;
  }
  const spare = new Float64Array(2 * length);
  return (output, input) => {
    // The last pass has to write into the output.
    let [from, to] = passes.length % 2 === 1 ? [input, output] : [input, spare];
    for (const pass of passes) {
      run(pass, from, to);
      [from, to] = [to, to === output ? spare : output];
    }
  };
}

function twiddlesOf(radix: number, m: number, n: number): Float64Array {
  const out = new Float64Array(2 * m * (radix - 1));
  for (let k = 0, at = 0; k < m; k++) {
    for (let r = 1; r < radix; r++) {
      const angle = (-2 * Math.PI * ((r * k) % n)) / n;
      out[at++] = Math.cos(angle);
      out[at++] = Math.sin(angle);
    }
  }
  return out;
}

function run(pass: Pass, x: Float64Array, y: Float64Array): void {
  if (pass.radix === 4) runFour(pass, x, y);
  else if (pass.radix === 2) runTwo(pass, x, y);
  else if (pass.radix === 3) runThree(pass, x, y);
  else runFive(pass, x, y);
}

function runTwo({ m, stride, twiddles }: Pass, x: Float64Array, y: Float64Array): void {
  const half = 2 * stride * m;
  for (let k = 0; k < m; k++) {
    const [c, s] = [twiddles[2 * k]!, twiddles[2 * k + 1]!];
    for (let q = 0, a = 2 * stride * k, to = 4 * stride * k; q < stride; q++, a += 2, to += 2) {
      const b = a + half;
      const [re, im] = [x[a]! - x[b]!, x[a + 1]! - x[b + 1]!];
      y[to] = x[a]! + x[b]!;
      y[to + 1] = x[a + 1]! + x[b + 1]!;
      y[to + 2 * stride] = re * c - im * s;
      y[to + 2 * stride + 1] = re * s + im * c;
    }
  }
}

const SIN_3 = Math.sin(Math.PI / 3);

function runThree({ m, stride, twiddles }: Pass, x: Float64Array, y: Float64Array): void {
  const third = 2 * stride * m;
  const row = 2 * stride;
  for (let k = 0; k < m; k++) {
    const [c1, s1] = [twiddles[4 * k]!, twiddles[4 * k + 1]!];
    const [c2, s2] = [twiddles[4 * k + 2]!, twiddles[4 * k + 3]!];
    for (let q = 0, a = row * k, to = 3 * row * k; q < stride; q++, a += 2, to += 2) {
      const b = a + third;
      const c = b + third;
      const sumRe = x[b]! + x[c]!;
      const sumIm = x[b + 1]! + x[c + 1]!;
      const turnRe = SIN_3 * (x[b + 1]! - x[c + 1]!);
      const turnIm = SIN_3 * (x[c]! - x[b]!);
      const midRe = x[a]! - 0.5 * sumRe;
      const midIm = x[a + 1]! - 0.5 * sumIm;
      y[to] = x[a]! + sumRe;
      y[to + 1] = x[a + 1]! + sumIm;
      const re1 = midRe + turnRe;
      const im1 = midIm + turnIm;
      y[to + row] = re1 * c1 - im1 * s1;
      y[to + row + 1] = re1 * s1 + im1 * c1;
      const re2 = midRe - turnRe;
      const im2 = midIm - turnIm;
      y[to + 2 * row] = re2 * c2 - im2 * s2;
      y[to + 2 * row + 1] = re2 * s2 + im2 * c2;
    }
  }
}

function runFour({ m, stride, twiddles }: Pass, x: Float64Array, y: Float64Array): void {
  const quarter = 2 * stride * m;
  const row = 2 * stride;
  for (let k = 0; k < m; k++) {
    const w = 6 * k;
    const c1 = twiddles[w]!;
    const s1 = twiddles[w + 1]!;
    const c2 = twiddles[w + 2]!;
    const s2 = twiddles[w + 3]!;
    const c3 = twiddles[w + 4]!;
    const s3 = twiddles[w + 5]!;
    for (let q = 0, a = row * k, to = 4 * row * k; q < stride; q++, a += 2, to += 2) {
      const b = a + quarter;
      const c = b + quarter;
      const d = c + quarter;
      const evenRe = x[a]! + x[c]!;
      const evenIm = x[a + 1]! + x[c + 1]!;
      const oddRe = x[a]! - x[c]!;
      const oddIm = x[a + 1]! - x[c + 1]!;
      const sumRe = x[b]! + x[d]!;
      const sumIm = x[b + 1]! + x[d + 1]!;
      // −i (b − d)
      const turnRe = x[b + 1]! - x[d + 1]!;
      const turnIm = x[d]! - x[b]!;
      y[to] = evenRe + sumRe;
      y[to + 1] = evenIm + sumIm;
      const re1 = oddRe + turnRe;
      const im1 = oddIm + turnIm;
      y[to + row] = re1 * c1 - im1 * s1;
      y[to + row + 1] = re1 * s1 + im1 * c1;
      const re2 = evenRe - sumRe;
      const im2 = evenIm - sumIm;
      y[to + 2 * row] = re2 * c2 - im2 * s2;
      y[to + 2 * row + 1] = re2 * s2 + im2 * c2;
      const re3 = oddRe - turnRe;
      const im3 = oddIm - turnIm;
      y[to + 3 * row] = re3 * c3 - im3 * s3;
      y[to + 3 * row + 1] = re3 * s3 + im3 * c3;
    }
  }
}

const [C1, C2] = [Math.cos((2 * Math.PI) / 5), Math.cos((4 * Math.PI) / 5)];
const [S1, S2] = [Math.sin((2 * Math.PI) / 5), Math.sin((4 * Math.PI) / 5)];

function runFive({ m, stride, twiddles }: Pass, x: Float64Array, y: Float64Array): void {
  const fifth = 2 * stride * m;
  const row = 2 * stride;
  for (let k = 0; k < m; k++) {
    const w = 8 * k;
    for (let q = 0, a = row * k, to = 5 * row * k; q < stride; q++, a += 2, to += 2) {
      const b = a + fifth;
      const c = b + fifth;
      const d = c + fifth;
      const e = d + fifth;
      // Terms 1 and 4, 2 and 3: sums, and differences times −i.
      const outerRe = x[b]! + x[e]!;
      const outerIm = x[b + 1]! + x[e + 1]!;
      const innerRe = x[c]! + x[d]!;
      const innerIm = x[c + 1]! + x[d + 1]!;
      const outerTurnRe = x[b + 1]! - x[e + 1]!;
      const outerTurnIm = x[e]! - x[b]!;
      const innerTurnRe = x[c + 1]! - x[d + 1]!;
      const innerTurnIm = x[d]! - x[c]!;
      y[to] = x[a]! + outerRe + innerRe;
      y[to + 1] = x[a + 1]! + outerIm + innerIm;
      const p1Re = x[a]! + C1 * outerRe + C2 * innerRe;
      const p1Im = x[a + 1]! + C1 * outerIm + C2 * innerIm;
      const p2Re = x[a]! + C2 * outerRe + C1 * innerRe;
      const p2Im = x[a + 1]! + C2 * outerIm + C1 * innerIm;
      const t1Re = S1 * outerTurnRe + S2 * innerTurnRe;
      const t1Im = S1 * outerTurnIm + S2 * innerTurnIm;
      const t2Re = S2 * outerTurnRe - S1 * innerTurnRe;
      const t2Im = S2 * outerTurnIm - S1 * innerTurnIm;
      put(y, to + row, p1Re + t1Re, p1Im + t1Im, twiddles, w);
      put(y, to + 2 * row, p2Re + t2Re, p2Im + t2Im, twiddles, w + 2);
      put(y, to + 3 * row, p2Re - t2Re, p2Im - t2Im, twiddles, w + 4);
      put(y, to + 4 * row, p1Re - t1Re, p1Im - t1Im, twiddles, w + 6);
    }
  }
}

function put(y: Float64Array, to: number, re: number, im: number, twiddles: Float64Array, at: number): void {
  const c = twiddles[at]!;
  const s = twiddles[at + 1]!;
  y[to] = re * c - im * s;
  y[to + 1] = re * s + im * c;
}
