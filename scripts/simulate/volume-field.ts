// Smooth random fields [z, y, x] of mean 0 and variance 1, made by blurring white noise along each axis. Sigmas in voxels.
import type { Rng } from '../../src/base/rng.ts';
import type { Triple } from '../../src/base/volume.ts';

/** Gaussian blur along one axis, in place; borders are mirrored. */
function blurAxis(data: Float32Array, shape: Triple, axis: 0 | 1 | 2, sigma: number): void {
  if (sigma <= 0) return;
  const reach = Math.ceil(3 * sigma);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const step = [shape[1] * shape[2], shape[2], 1][axis]!;
  const length = shape[axis];
  const line = new Float64Array(length);
  for (let start = 0; start < data.length; start++) {
    if (Math.floor(start / step) % length !== 0) continue;
    for (let i = 0; i < length; i++) line[i] = data[start + i * step]!;
    for (let i = 0; i < length; i++) {
      let value = 0;
      for (let k = -reach; k <= reach; k++) {
        const at = i + k < 0 ? -1 - i - k : i + k >= length ? 2 * length - 1 - i - k : i + k;
        value += kernel[k + reach]! * line[Math.max(0, Math.min(length - 1, at))]!;
      }
      data[start + i * step] = value / sum;
    }
  }
}

export function blurVolume(data: Float32Array, shape: Triple, sigmas: Triple): Float32Array {
  const out = data.slice();
  for (const axis of [0, 1, 2] as const) blurAxis(out, shape, axis, sigmas[axis]);
  return out;
}

export function smoothField(rng: Rng, shape: Triple, sigmas: Triple): Float32Array {
  const white = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, () => rng.normal());
  const field = blurVolume(white, shape, sigmas);
  let [sum, squares] = [0, 0];
  for (const value of field) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / field.length;
  const scale = Math.sqrt(squares / field.length - mean * mean);
  return field.map((value) => (value - mean) / scale);
}
