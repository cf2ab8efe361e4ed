import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { loadNpy } from '../../../test/load-npy.ts';
import { describeWithData, goldenPath } from '../../../test/shared-data.ts';
import type { Shape3, Volume } from '../volume.ts';
import {
  differenceOfGaussians,
  gradientMagnitude,
  hessian,
  laplacianOfGaussian,
  localVariance,
  structureTensor,
} from './derivatives.ts';
import { eigenvaluesOf } from './eigenvalues.ts';
import { gaussian, gaussianKernel, gaussianRadius, reflect } from './gaussian.ts';
import { medianOf27 } from './ranks.ts';
import { vesselness } from './vesselness.ts';

/** Each value within 1e-4 of its size or 2e-3. */
function expectFilter(got: ArrayLike<number>, want: ArrayLike<number>): void {
  expect(got.length).toBe(want.length);
  let worst = 0;
  for (let i = 0; i < want.length; i++)
    worst = Math.max(worst, Math.abs(got[i]! - want[i]!) / Math.max(2e-3, 1e-4 * Math.abs(want[i]!)));
  expect(worst).toBeLessThanOrEqual(1);
}

describeWithData('filters against scipy', () => {
  const golden = (name: string) => loadNpy(goldenPath(`volume/filters/${name}.npy`)).data;
  const { data, shape } = loadNpy(goldenPath('volume/filters/image.npy'));
  const image: Volume = { data, shape: shape as unknown as Shape3 };
  const inTurn = (name: string, k: number) => golden(name).filter((_, i) => i % 3 === k);

  it('Gaussian, its differences, gradient and Laplacian', () => {
    expectFilter(complete(gaussian(image, 1.5)).data, golden('gauss_s1_5'));
    expectFilter(complete(differenceOfGaussians(image, 1, 2)).data, golden('dog_1_2'));
    expectFilter(complete(gradientMagnitude(image, 1.5)).data, golden('gradmag_s1_5'));
    expectFilter(complete(laplacianOfGaussian(image, 2)).data, golden('log_s2'));
  });

  it('eigenvalues of the Hessian and of the structure tensor', () => {
    const curved = complete(eigenvaluesOf(complete(hessian(image, 1.5)))).values;
    const directed = complete(eigenvaluesOf(complete(structureTensor(image, 0.7, 1.6)))).values;
    for (const k of [0, 1, 2]) {
      expectFilter(curved[k]!, inTurn('hessian_eig_s1_5', k));
      expectFilter(directed[k]!, inTurn('structure_eig_0_7_1_6', k));
    }
  });

  it('vesselness of dark tubes', () => {
    const got = complete(vesselness(image, { sigma: 1.5 })).data;
    const want = golden('frangi_dark_s1_5');
    expectFilter(got, want);
    expect(got.filter((v) => v > 0).length).toBe(want.filter((v) => v > 0).length);
  });

  it('median', () => {
    expect([...complete(medianOf27(image)).data]).toEqual([...golden('median3')]);
  });
});

const rng = makeRng(6);
const noise: Volume = { data: Uint8Array.from({ length: 30 * 12 * 14 }, () => rng.below(256)), shape: [30, 12, 14] };

describe('slabs', () => {
  it('give the values of the whole volume where their halo is wide enough', () => {
    const halo = gaussianRadius(1.6) + gaussianRadius(0.7);
    const slab = { data: noise.data.subarray((10 - halo) * 168, (13 + halo) * 168), shape: [3 + 2 * halo, 12, 14] as const };
    const core = { from: halo, to: halo + 3 };
    const cut = (whole: Float32Array) => whole.slice(10 * 168, 13 * 168);
    expect(complete(gaussian(slab, 1.6, [1, 0, 2], core)).data).toEqual(cut(complete(gaussian(noise, 1.6, [1, 0, 2])).data));
    expect(complete(localVariance(slab, 1.6, core)).data).toEqual(cut(complete(localVariance(noise, 1.6)).data));
    const [part, whole] = [complete(structureTensor(slab, 0.7, 1.6, core)), complete(structureTensor(noise, 0.7, 1.6))];
    expect(part.zx).toEqual(cut(whole.zx));
    expect(complete(vesselness(slab, { sigma: 1.6, contrast: 9, core })).data).toEqual(
      cut(complete(vesselness(noise, { sigma: 1.6, contrast: 9 })).data),
    );
  });
});

describe('the parts', () => {
  it('mirror places beyond the border, the edge repeated', () => {
    expect([-4, -3, -2, -1, 0, 2, 3, 4, 5, 6].map((at) => reflect(at, 3))).toEqual([2, 2, 1, 0, 0, 2, 2, 1, 0, 0]);
    expect([-1, 0, 1, 2].map((at) => reflect(at, 1))).toEqual([0, 0, 0, 0]);
  });

  it('differentiate polynomials: the kernels have the right moments', () => {
    const moment = (order: 0 | 1 | 2, power: number) => {
      const { taps, isOdd } = gaussianKernel(2, order);
      return taps.reduce((sum, tap, x) => sum + tap * (x ** power + (x === 0 ? 0 : (isOdd ? -1 : 1) * (-x) ** power)), 0);
    };
    expect([moment(0, 0), moment(1, 0)]).toEqual([expect.closeTo(1, 12), 0]);
    expect(moment(1, 1)).toBeCloseTo(1, 2);
    expect(moment(2, 0)).toBeCloseTo(0, 3);
    expect(moment(2, 2) / 2).toBeCloseTo(1, 2);
  });

  it('find the eigenvalues of a matrix with known ones', () => {
    const one = (v: number) => Float32Array.of(v, v === 2 ? 5 : 0);
    const { values } = complete(
      eigenvaluesOf({ shape: [1, 1, 2], zz: one(2), yy: one(2), xx: one(2), zy: one(-1), zx: one(0), yx: one(-1) }),
    );
    const root = Math.SQRT2;
    for (const [k, want] of [2 + root, 2, 2 - root].entries()) expect(values[k]![0]).toBeCloseTo(want, 6);
    for (const k of [0, 1, 2]) expect(values[k]![1]).toBeCloseTo(5, 6);
  });

  it('see a dark tube, and no bright one', () => {
    const tube = (inside: number, outside: number): Volume => ({
      data: Uint8Array.from({ length: 21 ** 3 }, (_, i) =>
        Math.hypot((Math.floor(i / 21) % 21) - 10, (i % 21) - 10) < 3 ? inside : outside,
      ),
      shape: [21, 21, 21],
    });
    const centre = (10 * 21 + 10) * 21 + 10;
    expect(complete(vesselness(tube(10, 120), { sigma: 2 })).data[centre]).toBeGreaterThan(0.5);
    expect(complete(vesselness(tube(200, 120), { sigma: 2 })).data[centre]).toBe(0);
  });
});
