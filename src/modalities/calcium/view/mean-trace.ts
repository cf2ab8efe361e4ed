// The mean over the whole field in every bin, in raw values: what the time strip shows while no region is selected.
import { drive, type Steps } from '../../../base/steps.ts';
import type { BinnedMovie } from './binned.ts';

const known = new WeakMap<BinnedMovie, number[]>();
const SLICE_MS = 8;

/** Adds the bins that are new since the last time; one yield a bin. */
export function* addMeans({ images, scale, offset }: BinnedMovie, means: number[]): Steps<Float32Array<ArrayBuffer>> {
  while (means.length < images.length) {
    const bin = images[means.length];
    let sum = 0;
    if (bin) for (const value of bin) sum += value;
    means.push(bin ? (sum / bin.length) * scale + offset : Number.NaN);
    yield means.length / images.length;
  }
  return Float32Array.from(means);
}

/** In slices, so that the page stays live; runs at the same time share what they have. */
export function meanTrace(movie: BinnedMovie): Promise<Float32Array<ArrayBuffer>> {
  const means = known.get(movie) ?? [];
  known.set(movie, means);
  return drive(addMeans(movie, means), { slice: SLICE_MS });
}
