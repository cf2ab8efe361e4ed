// First and second Gaussian derivatives of a volume [z, y, x] and what is made of them: gradient magnitude, Laplacian, Hessian.
// Passes along z and y are shared. Not scaled by σ; as scipy.ndimage computes them.
import { type Steps, within } from '../../../base/steps.ts';
import type { FloatVolume, Volume } from '../volume.ts';
import { type Core, filterAlongYX, filterAlongZ, gaussian, gaussianKernel, type Order, wholeOf } from './gaussian.ts';

/** Six different elements of a symmetric 3 × 3 matrix per voxel. */
export interface TensorField {
  readonly shape: FloatVolume['shape'];
  readonly zz: Float32Array<ArrayBuffer>;
  readonly yy: Float32Array<ArrayBuffer>;
  readonly xx: Float32Array<ArrayBuffer>;
  readonly zy: Float32Array<ArrayBuffer>;
  readonly zx: Float32Array<ArrayBuffer>;
  readonly yx: Float32Array<ArrayBuffer>;
}

/** Several derivatives at once, each by its orders along z, y, x ("000" is the Gaussian itself). */
export function* derivatives<K extends string>(
  volume: Volume,
  sigma: number,
  wanted: readonly K[],
  core: Core,
): Steps<Record<K, FloatVolume>> {
  const kernels = [0, 1, 2].map((order) => gaussianKernel(sigma, order as Order));
  const found = {} as Record<K, FloatVolume>;
  let done = 0;
  for (const z of new Set(wanted.map((orders) => orders[0]!))) {
    const alongZ = yield* within(filterAlongZ(volume, core, kernels[Number(z)]!), done, done);
    const mine = wanted.filter((orders) => orders[0] === z);
    for (const y of new Set(mine.map((orders) => orders[1]!))) {
      const alongY = { data: alongZ.data.slice(), shape: alongZ.shape };
      yield* within(filterAlongYX(alongY, kernels[Number(y)]!, null), done, done);
      for (const orders of mine.filter((one) => one[1] === y)) {
        const alongX = { data: alongY.data.slice(), shape: alongY.shape };
        yield* within(filterAlongYX(alongX, null, kernels[Number(orders[2])]!), done, done + 1 / wanted.length);
        found[orders] = alongX;
        done += 1 / wanted.length;
      }
    }
  }
  return found;
}

/** Length of the gradient, grey levels a voxel. */
export function* gradientMagnitude(volume: Volume, sigma: number, core: Core = wholeOf(volume)): Steps<FloatVolume> {
  const gradient = yield* derivatives(volume, sigma, ['100', '010', '001'], core);
  return magnitudeOf(gradient['100'], gradient['010'], gradient['001']);
}

function magnitudeOf(z: FloatVolume, y: FloatVolume, x: FloatVolume): FloatVolume {
  const data = new Float32Array(z.data.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.sqrt(z.data[i]! ** 2 + y.data[i]! ** 2 + x.data[i]! ** 2);
  return { data, shape: z.shape };
}

/** Sum of the second derivatives (Laplacian of Gaussian); positive in dark blobs. */
export function* laplacianOfGaussian(volume: Volume, sigma: number, core: Core = wholeOf(volume)): Steps<FloatVolume> {
  const second = yield* derivatives(volume, sigma, ['200', '020', '002'], core);
  const data = second['200'].data;
  for (let i = 0; i < data.length; i++) data[i]! += second['020'].data[i]! + second['002'].data[i]!;
  return { data, shape: second['200'].shape };
}

/** Gaussian of the smaller σ minus that of the larger. */
export function* differenceOfGaussians(
  volume: Volume,
  small: number,
  large: number,
  core: Core = wholeOf(volume),
): Steps<FloatVolume> {
  const out = yield* within(gaussian(volume, small, [0, 0, 0], core), 0, 0.4);
  const wide = yield* within(gaussian(volume, large, [0, 0, 0], core), 0.4, 1);
  for (let i = 0; i < out.data.length; i++) out.data[i]! -= wide.data[i]!;
  return out;
}

export function* hessian(volume: Volume, sigma: number, core: Core = wholeOf(volume)): Steps<TensorField> {
  const second = yield* derivatives(volume, sigma, ['200', '020', '002', '110', '101', '011'], core);
  return {
    shape: second['200'].shape,
    zz: second['200'].data,
    yy: second['020'].data,
    xx: second['002'].data,
    zy: second['110'].data,
    zx: second['101'].data,
    yx: second['011'].data,
  };
}

/** Products of the gradient of σ, averaged with a Gaussian of `around` (about 2.3 σ). */
export function* structureTensor(
  volume: Volume,
  sigma: number,
  around: number,
  core: Core = wholeOf(volume),
): Steps<TensorField> {
  const reach = gaussianKernel(around, 0).taps.length - 1;
  const from = Math.max(0, core.from - reach);
  const wide = { from, to: Math.min(volume.shape[0], core.to + reach) };
  const inner = { from: core.from - from, to: core.to - from };
  const gradient = yield* within(derivatives(volume, sigma, ['100', '010', '001'], wide), 0, 0.3);
  const [z, y, x] = [gradient['100'], gradient['010'], gradient['001']];
  let done = 0.3;
  function* averaged(a: FloatVolume, b: FloatVolume): Steps<Float32Array<ArrayBuffer>> {
    const product = { data: new Float32Array(a.data.length), shape: a.shape };
    for (let i = 0; i < product.data.length; i++) product.data[i] = a.data[i]! * b.data[i]!;
    const { data } = yield* within(gaussian(product, around, [0, 0, 0], inner), done, done + 0.11);
    done += 0.11;
    return data;
  }
  return {
    shape: [core.to - core.from, volume.shape[1], volume.shape[2]],
    zz: yield* averaged(z, z),
    yy: yield* averaged(y, y),
    xx: yield* averaged(x, x),
    zy: yield* averaged(z, y),
    zx: yield* averaged(z, x),
    yx: yield* averaged(y, x),
  };
}

/** Variance of the grey levels around each voxel, weighted with a Gaussian of σ. */
export function* localVariance(volume: Volume, sigma: number, core: Core = wholeOf(volume)): Steps<FloatVolume> {
  const squares = { data: new Float32Array(volume.data), shape: volume.shape };
  for (let i = 0; i < squares.data.length; i++) squares.data[i]! *= squares.data[i]!;
  const mean = yield* within(gaussian(volume, sigma, [0, 0, 0], core), 0, 0.5);
  const out = yield* within(gaussian(squares, sigma, [0, 0, 0], core), 0.5, 1);
  for (let i = 0; i < out.data.length; i++) out.data[i] = Math.max(0, out.data[i]! - mean.data[i]! ** 2);
  return out;
}
