// Eigenvalues of symmetric 3 × 3 matrices, one a voxel, in closed form (Smith 1961): falling, [first, second, third].
import type { Steps } from '../../../base/steps.ts';
import type { FloatVolume } from '../volume.ts';
import type { TensorField } from './derivatives.ts';

export interface EigenvalueField {
  readonly shape: FloatVolume['shape'];
  /** The largest, the middle and the smallest of each voxel. */
  readonly values: readonly [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
}

const THIRD = (2 * Math.PI) / 3;

export function* eigenvaluesOf({ shape, zz, yy, xx, zy, zx, yx }: TensorField): Steps<EigenvalueField> {
  const [high, middle, low] = [new Float32Array(zz.length), new Float32Array(zz.length), new Float32Array(zz.length)];
  const pixels = shape[1] * shape[2];
  for (let i = 0; i < zz.length; ) {
    for (const end = Math.min(zz.length, i + pixels); i < end; i++) {
      const off = zy[i]! * zy[i]! + zx[i]! * zx[i]! + yx[i]! * yx[i]!;
      const mean = (zz[i]! + yy[i]! + xx[i]!) / 3;
      const a = zz[i]! - mean;
      const b = yy[i]! - mean;
      const c = xx[i]! - mean;
      const spread = Math.sqrt((a * a + b * b + c * c + 2 * off) / 6);
      if (spread === 0) {
        high[i] = mean;
        middle[i] = mean;
        low[i] = mean;
        continue;
      }
      const det =
        a * (b * c - yx[i]! * yx[i]!) - zy[i]! * (zy[i]! * c - yx[i]! * zx[i]!) + zx[i]! * (zy[i]! * yx[i]! - b * zx[i]!);
      const half = det / (2 * spread * spread * spread);
      const angle = Math.acos(half <= -1 ? -1 : half >= 1 ? 1 : half) / 3;
      const first = mean + 2 * spread * Math.cos(angle);
      const third = mean + 2 * spread * Math.cos(angle + THIRD);
      high[i] = first;
      low[i] = third;
      middle[i] = 3 * mean - first - third;
    }
    yield i / zz.length;
  }
  return { shape, values: [high, middle, low] };
}
