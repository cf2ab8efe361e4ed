// Gaussian blur of an image [row, column] with mirrored borders, and smooth random fields made with it. Sigma in pixels.
import type { Rng } from '../../src/base/rng.ts';

export interface Grid {
  readonly height: number;
  readonly width: number;
}

function kernelOf(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(3.5 * sigma));
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** Index within 0…n-1 of a place that may lie outside: mirrored at the edges, as often as it takes. */
function mirrored(i: number, n: number): number {
  const period = 2 * n;
  const place = ((i % period) + period) % period;
  return place < n ? place : period - 1 - place;
}

/** Blurs `count` lines of `length` samples each; `step` between samples, `lineStep` between lines. */
function blurLines(
  from: Float32Array,
  to: Float32Array,
  count: number,
  lineStep: number,
  length: number,
  step: number,
  kernel: Float64Array,
): void {
  const reach = (kernel.length - 1) / 2;
  const line = new Float64Array(length + 2 * reach);
  for (let l = 0; l < count; l++) {
    const start = l * lineStep;
    for (let i = 0; i < line.length; i++) line[i] = from[start + mirrored(i - reach, length) * step]!;
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum += kernel[k]! * line[i + k]!;
      to[start + i * step] = sum;
    }
  }
}

export function gaussianBlur(image: Float32Array, { height, width }: Grid, sigma: number): Float32Array {
  const kernel = kernelOf(sigma);
  const across = new Float32Array(image.length);
  const both = new Float32Array(image.length);
  blurLines(image, across, height, width, width, 1, kernel);
  blurLines(across, both, width, 1, height, width, kernel);
  return both;
}

/** Random field of mean 0 and variance 1 whose detail has the size of sigma. */
export function smoothNoise(rng: Rng, grid: Grid, sigma: number): Float32Array {
  const white = Float32Array.from({ length: grid.height * grid.width }, () => rng.normal());
  const field = gaussianBlur(white, grid, sigma);
  const mean = field.reduce((sum, v) => sum + v, 0) / field.length;
  const variance = field.reduce((sum, v) => sum + (v - mean) ** 2, 0) / field.length;
  return field.map((v) => (v - mean) / Math.sqrt(variance + 1e-18));
}
