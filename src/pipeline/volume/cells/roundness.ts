// How alike a dark blob curves in all directions: the least eigenvalue of the Hessian at its centre over the greatest. 1 for a ball,
// near 0 for a tube or a sheet. Only the few voxels that may be a cell are asked, so the filters run for one voxel at a time.
import { complete } from '../../../base/steps.ts';
import { eigenvaluesOf } from '../filter/eigenvalues.ts';
import { gaussianKernel, type Order, reflect } from '../filter/gaussian.ts';
import type { Volume } from '../volume.ts';

const ORDERS = [0, 1, 2] as const;

/** Weights −radius … radius of each derivative. */
function weightsOf(sigma: number): Float64Array[] {
  return ORDERS.map((order: Order) => {
    const { taps, isOdd } = gaussianKernel(sigma, order);
    const radius = taps.length - 1;
    return Float64Array.from({ length: 2 * radius + 1 }, (_, k) =>
      k < radius ? (isOdd ? -1 : 1) * taps[radius - k]! : taps[k - radius]!,
    );
  });
}

/** At the voxel [z, y, x] and the scale σ. */
export function roundnessAt(
  { data, shape }: Volume,
  { z, y, x, sigma }: { readonly z: number; readonly y: number; readonly x: number; readonly sigma: number },
): number {
  const weights = weightsOf(sigma);
  const [flat, slope, bend] = weights as [Float64Array, Float64Array, Float64Array];
  const size = flat.length;
  const radius = (size - 1) / 2;
  const place = (at: number, length: number) => Int32Array.from({ length: size }, (_, k) => reflect(at + k - radius, length));
  const [zs, ys, xs] = [place(z, shape[0]), place(y, shape[1]), place(x, shape[2])];
  // Along x first, three orders of it; then y and z add up to the six second derivatives.
  let [zz, yy, xx, zy, zx, yx] = [0, 0, 0, 0, 0, 0];
  for (let c = 0; c < size; c++) {
    let [s00, s01, s02, s10, s11, s20] = [0, 0, 0, 0, 0, 0];
    for (let b = 0; b < size; b++) {
      const row = (zs[c]! * shape[1] + ys[b]!) * shape[2];
      let [smooth, sloped, bent] = [0, 0, 0];
      for (let a = 0; a < size; a++) {
        const value = data[row + xs[a]!]!;
        smooth += flat[a]! * value;
        sloped += slope[a]! * value;
        bent += bend[a]! * value;
      }
      s00 += flat[b]! * smooth;
      s01 += flat[b]! * sloped;
      s02 += flat[b]! * bent;
      s10 += slope[b]! * smooth;
      s11 += slope[b]! * sloped;
      s20 += bend[b]! * smooth;
    }
    zz += bend[c]! * s00;
    yy += flat[c]! * s20;
    xx += flat[c]! * s02;
    zy += slope[c]! * s10;
    zx += slope[c]! * s01;
    yx += flat[c]! * s11;
  }
  const [tz, ty, tx, tzy, tzx, tyx] = [zz, yy, xx, zy, zx, yx].map((value) => Float32Array.of(value)) as [
    Float32Array<ArrayBuffer>,
    Float32Array<ArrayBuffer>,
    Float32Array<ArrayBuffer>,
    Float32Array<ArrayBuffer>,
    Float32Array<ArrayBuffer>,
    Float32Array<ArrayBuffer>,
  ];
  const { values } = complete(eigenvaluesOf({ shape: [1, 1, 1], zz: tz, yy: ty, xx: tx, zy: tzy, zx: tzx, yx: tyx }));
  return values[2][0]! / values[0][0]!;
}
