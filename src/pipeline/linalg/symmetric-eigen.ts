// Eigenvectors of symmetric matrices [row, column]: all of a small one by Jacobi rotations, the leading ones of a larger one by
// subspace iteration with a Rayleigh-Ritz step (Golub and Van Loan, Matrix Computations, 8.2 and 8.5).
import { makeRng } from '../../base/rng.ts';
import type { Steps } from '../../base/steps.ts';

/** Eigenvalues, falling, and their vectors as rows [vector, element]. */
export interface Eigen {
  readonly values: Float64Array<ArrayBuffer>;
  readonly vectors: readonly Float64Array<ArrayBuffer>[];
}

const SWEEPS = 30;

/** All eigenvectors of a small symmetric n × n matrix. */
export function jacobiEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < n; i++) {
      diagonal += a[i * n + i]! ** 2;
      for (let j = i + 1; j < n; j++) off += a[i * n + j]! ** 2;
    }
    if (off <= 1e-28 * diagonal) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!);
  return {
    values: Float64Array.from(order, (i) => a[i * n + i]!),
    vectors: order.map((i) => Float64Array.from({ length: n }, (_, k) => v[i * n + k]!)),
  };
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (m: Float64Array, i: number, j: number) => {
    const x = m[i]!;
    const y = m[j]!;
    m[i] = c * x - s * y;
    m[j] = s * x + c * y;
  };
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(v, p * n + k, q * n + k);
}

const SPARE = 4;
const STEPS = 24;
const TOLERANCE = 1e-5;

/** The `count` leading eigenvectors of a positive semidefinite n × n matrix; `start` vectors speed it up. */
export function* leadingEigen(matrix: Float64Array, n: number, count: number, start: readonly Float64Array[]): Steps<Eigen> {
  const p = Math.min(n, count + SPARE);
  const rng = makeRng(n);
  let basis = Array.from({ length: p }, (_, k) => start[k]?.slice() ?? Float64Array.from({ length: n }, () => rng.normal()));
  orthonormalise(basis, rng.normal);
  let before = 0;
  for (let step = 0; ; step++) {
    const image = multiplyRows(matrix, n, basis);
    if (step % 3 === 2 || step >= STEPS) {
      const small = new Float64Array(p * p);
      for (let i = 0; i < p; i++)
        for (let j = 0; j < p; j++) small[i * p + j] = (dot(basis[i]!, image[j]!) + dot(basis[j]!, image[i]!)) / 2;
      const { values, vectors } = jacobiEigen(small, p);
      const sum = values.subarray(0, count).reduce((total, value) => total + value, 0);
      if (Math.abs(sum - before) <= TOLERANCE * sum || step >= STEPS) {
        return { values: values.slice(0, count), vectors: vectors.slice(0, count).map((weights) => combine(basis, weights)) };
      }
      before = sum;
    }
    basis = image;
    orthonormalise(basis, rng.normal);
    yield step / STEPS;
  }
}

/** matrix × each vector; two rows and four vectors at a time, because they share what they read. */
function multiplyRows(matrix: Float64Array, n: number, vectors: readonly Float64Array[]): Float64Array<ArrayBuffer>[] {
  const out = vectors.map(() => new Float64Array(n));
  const last = vectors.length - 1;
  for (let k = 0; k < vectors.length; k += 4) {
    const four = [0, 1, 2, 3].map((i) => Math.min(last, k + i));
    for (let i = 0; i < n; i += 2) multiplyTwo(matrix, n, i, Math.min(n - 1, i + 1), four, vectors, out);
  }
  return out;
}

function multiplyTwo(
  matrix: Float64Array,
  n: number,
  row: number,
  next: number,
  four: readonly number[],
  vectors: readonly Float64Array[],
  out: readonly Float64Array[],
): void {
  const [a, b, c, d] = [vectors[four[0]!]!, vectors[four[1]!]!, vectors[four[2]!]!, vectors[four[3]!]!];
  let [a0, b0, c0, d0, a1, b1, c1, d1] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let j = 0, at = row * n, below = next * n; j < n; j++, at++, below++) {
    const m = matrix[at]!;
    const l = matrix[below]!;
    const [va, vb, vc, vd] = [a[j]!, b[j]!, c[j]!, d[j]!];
    a0 += m * va;
    b0 += m * vb;
    c0 += m * vc;
    d0 += m * vd;
    a1 += l * va;
    b1 += l * vb;
    c1 += l * vc;
    d1 += l * vd;
  }
  out[four[0]!]![row] = a0;
  out[four[1]!]![row] = b0;
  out[four[2]!]![row] = c0;
  out[four[3]!]![row] = d0;
  out[four[0]!]![next] = a1;
  out[four[1]!]![next] = b1;
  out[four[2]!]![next] = c1;
  out[four[3]!]![next] = d1;
}

/** Modified Gram-Schmidt; a vector that vanishes is replaced by a random one. */
function orthonormalise(basis: Float64Array[], random: () => number): void {
  for (const [k, vector] of basis.entries()) {
    const before = Math.sqrt(dot(vector, vector));
    for (let attempt = 0; attempt < 3; attempt++) {
      for (let j = 0; j < k; j++) addScaled(vector, basis[j]!, -dot(vector, basis[j]!));
      const norm = Math.sqrt(dot(vector, vector));
      if (norm > 1e-12 * before && norm > 0) {
        for (let i = 0; i < vector.length; i++) vector[i]! /= norm;
        if (norm > 1e-4 * before) break;
      } else for (let i = 0; i < vector.length; i++) vector[i] = random();
    }
  }
}

function combine(basis: readonly Float64Array[], weights: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(basis[0]!.length);
  for (const [k, vector] of basis.entries()) addScaled(out, vector, weights[k]!);
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}
