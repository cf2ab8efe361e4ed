// Inverse of a small dense matrix [row, column] by Gauss-Jordan elimination with partial pivoting.
import { SomascopeError } from '../../base/errors.ts';

/** Throws `Bug` for a singular matrix. */
export function invert(matrix: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const a = matrix.slice();
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  for (let col = 0; col < n; col++) {
    let pivot = col;
    for (let row = col + 1; row < n; row++) if (Math.abs(a[row * n + col]!) > Math.abs(a[pivot * n + col]!)) pivot = row;
    const lead = a[pivot * n + col]!;
    if (lead === 0) throw new SomascopeError('Bug', `A ${n} × ${n} matrix is singular.`);
    for (const m of [a, inverse]) {
      for (let k = 0; k < n; k++) {
        const held = m[pivot * n + k]!;
        m[pivot * n + k] = m[col * n + k]!;
        m[col * n + k] = held / lead;
      }
    }
    for (let row = 0; row < n; row++) {
      const factor = a[row * n + col]!;
      if (row === col || factor === 0) continue;
      for (const m of [a, inverse]) for (let k = 0; k < n; k++) m[row * n + k]! -= factor * m[col * n + k]!;
    }
  }
  return inverse;
}
