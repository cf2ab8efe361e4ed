// Dark blobs of several sizes: maxima of the scale-normalised Laplacian of Gaussian σ²∇²G over place and scale (Lindeberg 1998),
// thinned out where two overlap, as skimage.feature.blob_log does it. Positions z, y, x and σ in voxels; a blob of σ has radius σ√3.
import { type Steps, within } from '../../../base/steps.ts';
import { laplacianOfGaussian } from '../filter/derivatives.ts';
import { type Core, gaussianRadius, wholeOf } from '../filter/gaussian.ts';
import type { Volume } from '../volume.ts';
import { roundnessAt } from './roundness.ts';

export interface BlobOptions {
  /** Rising. */
  readonly sigmas: readonly number[];
  /** Least response, in grey levels: a ball darker by D than what is around it responds with 0.925 D. */
  readonly threshold: number;
  /** Least curvature over the greatest, 0 … 1: keeps tubes and sheets out; 0 keeps all. */
  readonly roundness?: number;
}

export interface Blob {
  readonly z: number;
  readonly y: number;
  readonly x: number;
  readonly sigma: number;
  readonly response: number;
}

/** What a ball responds with at its centre, per grey level of contrast: 4π r³ G(r) with r = σ√3. */
export const BALL_RESPONSE = 4 * Math.PI * 3 ** 1.5 * (2 * Math.PI) ** -1.5 * Math.exp(-1.5);

/** Slices around a slice that its blobs depend on. */
export function blobReach(sigmas: readonly number[]): number {
  return gaussianRadius(Math.max(...sigmas)) + 1;
}

/** Blobs of the slices `core`, strongest first, overlapping ones included. */
export function* findBlobs(
  volume: Volume,
  { sigmas, threshold, roundness = 0 }: BlobOptions,
  core: Core = wholeOf(volume),
): Steps<Blob[]> {
  const wide = { from: Math.max(0, core.from - 1), to: Math.min(volume.shape[0], core.to + 1) };
  const responses: Float32Array[] = [];
  for (const [k, sigma] of sigmas.entries()) {
    const { data } = yield* within(laplacianOfGaussian(volume, sigma, wide), k / sigmas.length, (k + 1) / sigmas.length);
    for (let i = 0; i < data.length; i++) data[i]! *= sigma * sigma;
    responses.push(data);
    yield (k + 1) / sigmas.length;
  }
  const blobs: Blob[] = [];
  const [depth, height, width] = [wide.to - wide.from, volume.shape[1], volume.shape[2]];
  for (let z = core.from - wide.from; z < core.to - wide.from; z++) {
    for (const [k, response] of responses.entries()) {
      for (let i = z * height * width; i < (z + 1) * height * width; i++) {
        const value = response[i]!;
        if (!(value > threshold)) continue;
        const y = Math.floor(i / width) % height;
        const x = i % width;
        if (!isGreatest(responses, k, value, z, y, x, depth, height, width)) continue;
        const blob = { z: z + wide.from, y, x, sigma: sigmas[k]!, response: value };
        if (roundness === 0 || roundnessAt(volume, blob) >= roundness) blobs.push(blob);
      }
    }
    yield 1;
  }
  return blobs.sort((a, b) => b.response - a.response);
}

/** Whether nothing among the 80 neighbours in place and scale is greater. */
function isGreatest(
  responses: readonly Float32Array[],
  k: number,
  value: number,
  z: number,
  y: number,
  x: number,
  depth: number,
  height: number,
  width: number,
): boolean {
  for (let s = Math.max(0, k - 1); s <= k + 1 && s < responses.length; s++) {
    const response = responses[s]!;
    for (let c = Math.max(0, z - 1); c <= z + 1 && c < depth; c++) {
      for (let b = Math.max(0, y - 1); b <= y + 1 && b < height; b++) {
        for (let a = Math.max(0, x - 1); a <= x + 1 && a < width; a++) {
          if (response[(c * height + b) * width + a]! > value) return false;
        }
      }
    }
  }
  return true;
}

/** Of two blobs of which more than `overlap` of the smaller lies in the other, the larger stays; of equal ones the stronger. */
export function pruneBlobs(blobs: readonly Blob[], overlap = 0.5): Blob[] {
  const widest = 2 * Math.sqrt(3) * blobs.reduce((most, { sigma }) => Math.max(most, sigma), 0);
  const order = [...blobs].sort((a, b) => a.z - b.z);
  const gone = new Set<Blob>();
  for (const [i, a] of order.entries()) {
    for (let j = i + 1; j < order.length && order[j]!.z - a.z <= widest; j++) {
      const b = order[j]!;
      if (gone.has(a) || gone.has(b) || sharedPart(a, b) <= overlap) continue;
      const isFirst = a.sigma !== b.sigma ? a.sigma > b.sigma : a.response >= b.response;
      gone.add(isFirst ? b : a);
    }
  }
  return blobs.filter((blob) => !gone.has(blob));
}

/** Volume that two balls share, over that of the smaller. */
function sharedPart(a: Blob, b: Blob): number {
  const [r, s] = [a.sigma * Math.sqrt(3), b.sigma * Math.sqrt(3)];
  const square = (a.z - b.z) ** 2 + (a.y - b.y) ** 2 + (a.x - b.x) ** 2;
  if (square >= (r + s) ** 2) return 0;
  const d = Math.sqrt(square);
  if (d <= Math.abs(r - s)) return 1;
  const lens = (Math.PI / (12 * d)) * (r + s - d) ** 2 * (d * d + 2 * d * (r + s) - 3 * (r * r + s * s) + 6 * r * s);
  return lens / ((4 / 3) * Math.PI * Math.min(r, s) ** 3);
}
