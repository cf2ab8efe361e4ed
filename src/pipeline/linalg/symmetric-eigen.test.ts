import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { complete } from '../../base/steps.ts';
import { invert } from './inverse.ts';
import { jacobiEigen, leadingEigen } from './symmetric-eigen.ts';

/** B · Bᵀ with columns of falling size. */
function covariance(n: number, seed: number): Float64Array<ArrayBuffer> {
  const rng = makeRng(seed);
  const b = Float64Array.from({ length: n * n }, (_, i) => rng.normal() * 0.7 ** (i % n));
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out[i * n + j]! += b[i * n + k]! * b[j * n + k]!;
  }
  return out;
}

/** Largest element of A v − λ v. */
function residual(matrix: Float64Array, n: number, vector: Float64Array, value: number): number {
  let most = 0;
  for (let i = 0; i < n; i++) {
    let sum = -value * vector[i]!;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * vector[j]!;
    most = Math.max(most, Math.abs(sum));
  }
  return most;
}

it('finds all eigenvectors of a small matrix', () => {
  const matrix = covariance(8, 1);
  const { values, vectors } = jacobiEigen(matrix, 8);
  for (const [k, vector] of vectors.entries()) {
    expect(residual(matrix, 8, vector, values[k]!)).toBeLessThan(1e-10);
    expect(vector.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 10);
    if (k > 0) expect(values[k]!).toBeLessThanOrEqual(values[k - 1]!);
  }
});

it('finds the leading ones of a larger matrix, with or without a start', () => {
  const n = 60;
  const matrix = covariance(n, 2);
  const all = jacobiEigen(matrix, n);
  for (const start of [[], all.vectors.slice(1, 3)]) {
    const { values, vectors } = complete(leadingEigen(matrix, n, 4, start));
    for (const [k, vector] of vectors.entries()) {
      expect(values[k]!).toBeCloseTo(all.values[k]!, 3);
      const cosine = vector.reduce((sum, value, i) => sum + value * all.vectors[k]![i]!, 0);
      expect(Math.abs(cosine)).toBeGreaterThan(0.999);
    }
  }
});

it('inverts, with a pivot that is 0, and refuses what has no inverse', () => {
  const matrix = Float64Array.from([0, 2, 1, 1, 1, 0, 3, 0, 1]);
  const inverse = invert(matrix, 3);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += matrix[i * 3 + k]! * inverse[k * 3 + j]!;
      expect(sum).toBeCloseTo(i === j ? 1 : 0, 12);
    }
  }
  expect(() => invert(new Float64Array(4), 2)).toThrow(/singular/);
});
