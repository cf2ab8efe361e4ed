// Whitening: channels mixed so that their noise is uncorrelated and of variance 1. W = U diag(1 / √(S + ε)) Uᵀ from the covariance
// of pieces of the (filtered) recording; row c of a local W comes from the channels around c alone. Source: SpikeInterface `whiten`.
import { fullEigen } from '../../linalg/full-eigen.ts';
import type { FloatBlock, TraceBlock } from '../block.ts';

export interface WhiteningParameters {
  /** 'local' keeps what lies within `radius` µm of each channel. */
  readonly scope: 'global' | 'local';
  readonly radius?: number;
  /** Added to the eigenvalues; missing: 1e-16, or a thousandth of the median square where samples are small. */
  readonly epsilon?: number;
}

/** Σ x xᵀ / frames over all blocks, [channel][channel]; the mean is not removed. */
export function covarianceOf(blocks: readonly TraceBlock[]): Float64Array<ArrayBuffer> {
  const channels = blocks[0]?.channels ?? 0;
  const sum = new Float64Array(channels * channels);
  let total = 0;
  for (const { data, frames } of blocks) {
    total += frames;
    for (let t = 0; t < frames; t++) {
      const row = t * channels;
      for (let i = 0; i < channels; i++) {
        const x = data[row + i]!;
        for (let j = 0, at = i * channels; j <= i; j++, at++) sum[at]! += x * data[row + j]!;
      }
    }
  }
  for (let i = 0; i < channels; i++) {
    for (let j = 0; j <= i; j++) {
      const value = sum[i * channels + j]! / total;
      sum[i * channels + j] = value;
      sum[j * channels + i] = value;
    }
  }
  return sum;
}

/** ε as SpikeInterface chooses it from samples. */
export function whiteningEpsilon({ data }: TraceBlock): number {
  const squares = Float64Array.from(data, (x) => x * x).sort();
  const median = squares.length === 0 ? Number.NaN : (squares[(squares.length - 1) >> 1]! + squares[squares.length >> 1]!) / 2;
  return median > 0 && median < 1 ? 1e-3 * median : 1e-16;
}

/** [channel][channel] from a covariance; `positions` µm [channel][x, y]. */
export function whiteningMatrix(
  covariance: Float64Array,
  positions: Float64Array,
  { scope, radius = 100, epsilon = 1e-16 }: WhiteningParameters,
): Float64Array<ArrayBuffer> {
  const n = positions.length / 2;
  if (scope === 'global') return inverseRoot(covariance, n, epsilon);
  const out = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    const near = Array.from({ length: n }, (_, d) => d).filter(
      (d) => Math.hypot(positions[2 * d]! - positions[2 * c]!, positions[2 * d + 1]! - positions[2 * c + 1]!) <= radius,
    );
    const part = new Float64Array(near.length ** 2);
    near.forEach((i, a) => {
      near.forEach((j, b) => {
        part[a * near.length + b] = covariance[i * n + j]!;
      });
    });
    const local = inverseRoot(part, near.length, epsilon);
    const own = near.indexOf(c);
    near.forEach((j, b) => {
      out[c * n + j] = local[own * near.length + b]!;
    });
  }
  return out;
}

function inverseRoot(matrix: Float64Array, n: number, epsilon: number): Float64Array<ArrayBuffer> {
  const { values, vectors } = fullEigen(matrix, n);
  const out = new Float64Array(n * n);
  vectors.forEach((vector, k) => {
    const factor = 1 / Math.sqrt(Math.max(values[k]!, 0) + epsilon);
    for (let i = 0; i < n; i++) {
      const scaled = factor * vector[i]!;
      for (let j = 0, at = i * n; j < n; j++, at++) out[at]! += scaled * vector[j]!;
    }
  });
  return out;
}

/** Every frame times the matrix: out[c] = Σ W[c][d] x[d]. Zeros of a local matrix cost nothing. */
export function whitenBlock({ data, frames, channels }: FloatBlock, matrix: Float64Array): FloatBlock {
  const out = new Float32Array(frames * channels);
  const rows = Array.from({ length: channels }, (_, c) => {
    const columns = Array.from({ length: channels }, (_, d) => d).filter((d) => matrix[c * channels + d] !== 0);
    return { columns: Int32Array.from(columns), weights: Float64Array.from(columns, (d) => matrix[c * channels + d]!) };
  });
  for (let t = 0; t < frames; t++) {
    const row = t * channels;
    for (let c = 0; c < channels; c++) {
      const { columns, weights } = rows[c]!;
      let sum = 0;
      for (let k = 0; k < columns.length; k++) sum += weights[k]! * data[row + columns[k]!]!;
      out[row + c] = sum;
    }
  }
  return { data: out, frames, channels };
}
