// The golden cases as they lie in a listing, and what it takes to compare with them.
import { SomascopeError, toPlain } from '../../../base/errors.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import type { NdArray } from '../../../base/ndarray.ts';
import type { VerifiedCase } from '../../../base/verification.ts';
import { entryBytes } from '../../../formats/listing.ts';
import { readNpy, toNumbers } from '../../../formats/npy/index.ts';

export interface Golden {
  array(path: string): Promise<NdArray>;
  json(path: string): Promise<unknown>;
}

export function goldenOf(listing: FileListing): Golden {
  const bytes = (path: string) => {
    const index = listing.paths.indexOf(path);
    if (index < 0) throw new SomascopeError('Invalid', `The golden case ${path} is missing.`, {}, 'Reload the page.');
    return entryBytes(entryAt(listing, index));
  };
  return {
    array: async (path) => toNumbers(readNpy(await bytes(path), path), path),
    json: async (path) => JSON.parse(new TextDecoder().decode(await bytes(path))) as unknown,
  };
}

/** Rows of an array [row, sample]. */
export function rowsOf({ data, shape }: NdArray): Float32Array<ArrayBuffer>[] {
  const length = shape[1]!;
  return Array.from({ length: shape[0]! }, (_, i) => Float32Array.from(data.subarray(i * length, (i + 1) * length)));
}

/**
 * The largest |found − expected| / max(1, |expected|), or over `scale` where it is given; Infinity where lengths differ or one of
 * the two is no number. Numbers without end are equal to themselves.
 */
export function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>, scale?: number): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < found.length; i++) {
    const [a, b] = [found[i]!, expected[i]!];
    if (Object.is(a, b)) continue;
    const difference = Math.abs(a - b) / (scale ?? Math.max(1, Math.abs(b)));
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return largest;
}

export interface Comparison extends Pick<VerifiedCase, 'title' | 'reference' | 'allowed'> {
  readonly scale?: number;
  /** What is computed here and what the reference gave. */
  run(): Promise<readonly [found: ArrayLike<number>, expected: ArrayLike<number>]>;
}

export async function compare({ title, reference, allowed, scale, run }: Comparison): Promise<VerifiedCase> {
  const named = { title, reference, allowed };
  try {
    const [found, expected] = await run();
    return { ...named, values: expected.length, largest: largestDifference(found, expected, scale), failure: '' };
  } catch (error) {
    return { ...named, values: 0, largest: Number.POSITIVE_INFINITY, failure: toPlain(error).message };
  }
}
