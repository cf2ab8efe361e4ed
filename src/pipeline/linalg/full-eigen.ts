// All eigenvectors of a symmetric matrix of a few hundred rows: Householder reflections to tridiagonal form, then implicit QL with
// Wilkinson's shift (Golub and Van Loan, Matrix Computations, 8.3). Small matrices and a few leading vectors: symmetric-eigen.ts.
import { SomascopeError } from '../../base/errors.ts';
import type { Eigen } from './symmetric-eigen.ts';

const MOST_STEPS = 60;

/** `matrix` is n × n, [row][column]. Throws `Bug` where the iteration does not settle (NaN in the matrix). */
export function fullEigen(matrix: Float64Array, n: number): Eigen {
  // Rows of `basis` become the eigenvectors: all rotations then run along rows, which lie together in memory.
  const a = matrix.slice();
  const diagonal = new Float64Array(n);
  const off = new Float64Array(n);
  const reflectors: { vector: Float64Array; from: number; beta: number }[] = [];
  for (let k = 0; k < n - 2; k++) {
    const from = k + 1;
    const size = n - from;
    const v = new Float64Array(size);
    let norm = 0;
    for (let i = 0; i < size; i++) {
      v[i] = a[(from + i) * n + k]!;
      norm += v[i]! ** 2;
    }
    const length = Math.sqrt(norm);
    const alpha = v[0]! > 0 ? -length : length;
    off[k] = alpha;
    const square = 2 * (norm - alpha * v[0]!);
    v[0]! -= alpha;
    if (square === 0) {
      off[k] = length === 0 ? 0 : alpha;
      continue;
    }
    const beta = 2 / square;
    reflectBoth(a, n, from, v, beta);
    reflectors.push({ vector: v, from, beta });
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i]!;
  if (n > 1) off[n - 2] = a[(n - 1) * n + n - 2]!;
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  for (const { vector, from, beta } of reflectors.reverse()) reflectColumns(basis, n, from, vector, beta);
  implicitQl(diagonal, off, basis, n);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j]! - diagonal[i]!);
  return {
    values: Float64Array.from(order, (i) => diagonal[i]!),
    vectors: order.map((i) => basis.slice(i * n, (i + 1) * n)),
  };
}

/** The trailing part of a becomes H a H, H = 1 − β v vᵀ. */
function reflectBoth(a: Float64Array, n: number, from: number, v: Float64Array, beta: number): void {
  const size = v.length;
  const p = new Float64Array(size);
  let overlap = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0, at = (from + i) * n + from; j < size; j++, at++) sum += a[at]! * v[j]!;
    p[i] = beta * sum;
    overlap += p[i]! * v[i]!;
  }
  for (let i = 0; i < size; i++) p[i]! -= (beta / 2) * overlap * v[i]!;
  for (let i = 0; i < size; i++) {
    for (let j = 0, at = (from + i) * n + from; j < size; j++, at++) a[at]! -= v[i]! * p[j]! + p[i]! * v[j]!;
  }
}

/** Every row of the basis (an eigenvector to be) times H. */
function reflectColumns(basis: Float64Array, n: number, from: number, v: Float64Array, beta: number): void {
  for (let row = 0; row < n; row++) {
    let sum = 0;
    for (let j = 0, at = row * n + from; j < v.length; j++, at++) sum += basis[at]! * v[j]!;
    if (sum === 0) continue;
    for (let j = 0, at = row * n + from; j < v.length; j++, at++) basis[at]! -= beta * sum * v[j]!;
  }
}

function implicitQl(d: Float64Array, e: Float64Array, basis: Float64Array, n: number): void {
  for (let l = 0; l < n; l++) {
    for (let step = 0; ; step++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * (Math.abs(d[m]!) + Math.abs(d[m + 1]!))) m++;
      if (m === l) break;
      if (step === MOST_STEPS) throw new SomascopeError('Bug', `The eigenvalues of a ${n} × ${n} matrix did not settle.`);
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      let r = Math.hypot(g, 1);
      g = d[m]! - d[l]! + e[l]! / (g + (g < 0 ? -r : r));
      let s = 1;
      let c = 1;
      let p = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i]!;
        const b = c * e[i]!;
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1]! -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1]! - p;
        r = (d[i]! - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        rotateRows(basis, n, i, c, s);
      }
      if (r === 0 && i >= l) continue;
      d[l]! -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
}

function rotateRows(basis: Float64Array, n: number, i: number, c: number, s: number): void {
  for (let k = 0, at = i * n; k < n; k++, at++) {
    const lower = basis[at]!;
    const upper = basis[at + n]!;
    basis[at + n] = s * lower + c * upper;
    basis[at] = c * lower - s * upper;
  }
}
