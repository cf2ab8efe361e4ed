// The directions in which points vary most.
import { fullEigen } from '../../../pipeline/linalg/full-eigen.ts';

/** Share of the whole variance that is added to every direction: with fewer points than dimensions most have none, which does not settle. */
const RIDGE = 1e-9;

/** The `count` leading eigenvectors of a symmetric matrix of `n` rows (products summed over points). */
export function principalAxes(scatter: Float64Array, n: number, count: number): Float64Array[] {
  const matrix = scatter.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
  if (!(trace > 0)) return Array.from({ length: count }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) matrix[i * n + i]! += RIDGE * trace * (1 + i / n);
  return fullEigen(matrix, n).vectors.slice(0, count);
}
