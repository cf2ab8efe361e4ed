// Regions that hold the same pixels, whatever their order and repeats: an estimate listed twice counts as one wrong extra.
import type { Region } from '../../base/region.ts';

/** Pairs [earlier, later]; each later region is reported once, with the first that equals it. Regions without pixels and pixels that
 *  are not pairs of whole numbers are passed over. */
export function findSameRegions(regions: readonly Region[]): [number, number][] {
  const buckets = new Map<number, { index: number; keys: Float64Array }[]>();
  const pairs: [number, number][] = [];
  regions.forEach((region, index) => {
    const keys = pixelKeys(region);
    if (!keys) return;
    const hash = hashOf(keys);
    const bucket = buckets.get(hash) ?? [];
    const same = bucket.find((other) => equal(other.keys, keys));
    if (same) pairs.push([same.index, index]);
    else buckets.set(hash, [...bucket, { index, keys }]);
  });
  return pairs;
}

/** Distinct pixels as sorted numbers, or null where the region has none to compare. */
function pixelKeys({ points, dims }: Region): Float64Array | null {
  const limit = 2 ** 25;
  if (dims !== 2 || points.length === 0) return null;
  const keys = new Float64Array(points.length / 2);
  for (let k = 0; k < keys.length; k++) {
    const row = points[2 * k]!;
    const col = points[2 * k + 1]!;
    if (!Number.isInteger(row) || !Number.isInteger(col) || Math.abs(row) >= limit || Math.abs(col) >= limit) return null;
    keys[k] = row * 2 * limit + col;
  }
  keys.sort();
  return keys.filter((key, k) => k === 0 || key !== keys[k - 1]);
}

/** FNV-1a over the keys' low and high words. */
function hashOf(keys: Float64Array): number {
  let hash = 0x811c9dc5;
  for (const key of keys) {
    hash = Math.imul(hash ^ (key | 0), 0x01000193);
    hash = Math.imul(hash ^ Math.floor(key / 4294967296), 0x01000193);
  }
  return hash >>> 0;
}

function equal(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((key, k) => key === b[k]);
}
