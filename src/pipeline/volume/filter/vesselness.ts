// Vesselness after Frangi et al. 1998 for dark tubes: |λ1| ≤ |λ2| ≤ |λ3|, λ2 and λ3 positive,
// V = (1 − exp(−R_A²/2α²)) · exp(−R_B²/2β²) · (1 − exp(−S²/2c²)), R_A = |λ2/λ3|, R_B = |λ1|/√|λ2 λ3|, S = ‖λ‖, α = β = 0.5.
import { type Steps, within } from '../../../base/steps.ts';
import type { FloatVolume, Volume } from '../volume.ts';
import { hessian } from './derivatives.ts';
import { eigenvaluesOf } from './eigenvalues.ts';
import { type Core, wholeOf } from './gaussian.ts';

export interface VesselnessOptions {
  /** About the radius of the vessels in voxels. */
  readonly sigma: number;
  /** Contrast below which there is no vessel. Half of the largest ‖λ‖ in the data where it is left out; give it for slabs. */
  readonly contrast?: number;
  readonly core?: Core;
}

const ALPHA = 0.5;
const BETA = 0.5;

/** 0 … 1 per voxel. */
export function* vesselness(volume: Volume, { sigma, contrast, core = wholeOf(volume) }: VesselnessOptions): Steps<FloatVolume> {
  const tensor = yield* within(hessian(volume, sigma, core), 0, 0.8);
  const { shape, values } = yield* within(eigenvaluesOf(tensor), 0.8, 0.95);
  const [high, middle, low] = values;
  const c = contrast ?? 0.5 * largestNorm(high, middle, low);
  const data = new Float32Array(high.length);
  for (let i = 0; i < data.length; i++) {
    // Falling by value; by size, the middle one is second only where the smallest is not the largest in size.
    const [a, b, d] = [high[i]!, middle[i]!, low[i]!];
    if (!(a > 0) || Math.abs(d) > a) continue;
    const [l1, l2] = Math.abs(d) <= Math.abs(b) ? [d, b] : [b, d];
    if (!(l2 > 0)) continue;
    const plate = l2 / a;
    const blob = (l1 * l1) / (l2 * a);
    const size = a * a + b * b + d * d;
    data[i] =
      (1 - Math.exp((-plate * plate) / (2 * ALPHA * ALPHA))) *
      Math.exp(-blob / (2 * BETA * BETA)) *
      (1 - Math.exp(-size / (2 * c * c)));
  }
  return { data, shape };
}

function largestNorm(a: Float32Array, b: Float32Array, d: Float32Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, a[i]! ** 2 + b[i]! ** 2 + d[i]! ** 2);
  return Math.sqrt(most);
}
