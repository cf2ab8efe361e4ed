// The filter bank that describes a voxel to a classifier, as Ilastik's does: per scale σ (voxels) the Gaussian, its Laplacian, gradient
// magnitude and Hessian eigenvalues, and if asked for structure-tensor eigenvalues, local variance, difference of Gaussians.
import { type Steps, within } from '../../../base/steps.ts';
import { derivatives, differenceOfGaussians, localVariance, structureTensor, type TensorField } from '../filter/derivatives.ts';
import { eigenvaluesOf } from '../filter/eigenvalues.ts';
import { type Core, gaussianRadius, wholeOf } from '../filter/gaussian.ts';
import type { Shape3, Volume } from '../volume.ts';

export type FeatureKind = 'gaussian' | 'laplacian' | 'gradient' | 'hessian' | 'structure' | 'variance' | 'difference';

export interface FeatureBank {
  readonly scales: readonly number[];
  /** The grey level itself is always the first feature. */
  readonly kinds: readonly FeatureKind[];
}

/** 19 features: enough for X-ray tissue, and seen from a slice they cost what the slice costs. */
export const DEFAULT_BANK: FeatureBank = { scales: [0.7, 1.6, 3.5], kinds: ['gaussian', 'laplacian', 'gradient', 'hessian'] };

const INTEGRATION = 2.3;
const DIFFERENCE = 1.6;
const PER_KIND: Readonly<Record<FeatureKind, readonly string[]>> = {
  gaussian: ['Gaussian'],
  laplacian: ['Laplacian'],
  gradient: ['gradient'],
  hessian: ['Hessian, first', 'Hessian, second', 'Hessian, third'],
  structure: ['structure, first', 'structure, second', 'structure, third'],
  variance: ['variance'],
  difference: ['difference'],
};

/** What each feature is, for people. */
export function featureNames({ scales, kinds }: FeatureBank): string[] {
  return ['grey level', ...scales.flatMap((s) => kinds.flatMap((kind) => PER_KIND[kind].map((name) => `${name} ${s}`)))];
}

/** Slices on either side of a slice that its features depend on. */
export function bankReach({ scales, kinds }: FeatureBank): number {
  const reach = (sigma: number) => {
    const structure = kinds.includes('structure') ? gaussianRadius(sigma) + gaussianRadius(INTEGRATION * sigma) : 0;
    const difference = kinds.includes('difference') ? gaussianRadius(DIFFERENCE * sigma) : 0;
    return Math.max(gaussianRadius(sigma), structure, difference);
  };
  return scales.reduce((most, sigma) => Math.max(most, reach(sigma)), 0);
}

/** One array a feature, each over the same voxels [z, y, x]. */
export interface FeatureBlock {
  readonly shape: Shape3;
  readonly planes: readonly Float32Array<ArrayBuffer>[];
}

/** Features of the slices `core`; exact where the volume holds `bankReach` slices around them, or ends there itself. */
export function* computeFeatures(volume: Volume, bank: FeatureBank, core: Core = wholeOf(volume)): Steps<FeatureBlock> {
  const [, height, width] = volume.shape;
  const pixels = height * width;
  const planes = [new Float32Array(volume.data.subarray(core.from * pixels, core.to * pixels))];
  const share = 1 / bank.scales.length;
  for (const [i, sigma] of bank.scales.entries()) {
    planes.push(...(yield* within(featuresOfScale(volume, bank.kinds, sigma, core), i * share, (i + 1) * share)));
  }
  return { shape: [core.to - core.from, height, width], planes };
}

const GRADIENT = ['100', '010', '001'] as const;
const CURVATURE = ['200', '020', '002'] as const;
const MIXED = ['110', '101', '011'] as const;

function* featuresOfScale(
  volume: Volume,
  kinds: readonly FeatureKind[],
  sigma: number,
  core: Core,
): Steps<Float32Array<ArrayBuffer>[]> {
  const wanted = (['000', ...GRADIENT, ...CURVATURE, ...MIXED] as const).filter((orders) => {
    if (orders === '000') return kinds.includes('gaussian');
    if (GRADIENT.some((one) => one === orders)) return kinds.includes('gradient');
    if (CURVATURE.some((one) => one === orders)) return kinds.includes('laplacian') || kinds.includes('hessian');
    return kinds.includes('hessian');
  });
  const found = yield* within(derivatives(volume, sigma, wanted, core), 0, 0.6);
  const planes: Float32Array<ArrayBuffer>[] = [];
  for (const kind of kinds) {
    if (kind === 'gaussian') planes.push(found['000'].data);
    else if (kind === 'gradient') planes.push(lengthOf(found['100'].data, found['010'].data, found['001'].data));
    else if (kind === 'laplacian') planes.push(sumOf(found['200'].data, found['020'].data, found['002'].data));
    else if (kind === 'variance') planes.push((yield* within(localVariance(volume, sigma, core), 0.6, 0.7)).data);
    else if (kind === 'difference') {
      planes.push((yield* within(differenceOfGaussians(volume, sigma, DIFFERENCE * sigma, core), 0.7, 0.8)).data);
    } else {
      const tensor: TensorField =
        kind === 'structure'
          ? yield* within(structureTensor(volume, sigma, INTEGRATION * sigma, core), 0.8, 0.9)
          : {
              shape: found['200'].shape,
              zz: found['200'].data,
              yy: found['020'].data,
              xx: found['002'].data,
              zy: found['110'].data,
              zx: found['101'].data,
              yx: found['011'].data,
            };
      planes.push(...(yield* within(eigenvaluesOf(tensor), 0.9, 1)).values);
    }
  }
  return planes;
}

function lengthOf(a: Float32Array, b: Float32Array, c: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(a[i]! * a[i]! + b[i]! * b[i]! + c[i]! * c[i]!);
  return out;
}

function sumOf(a: Float32Array, b: Float32Array, c: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + b[i]! + c[i]!;
  return out;
}
