// How much a region is like a disc: the mean distance of a disc's pixels from its centre (two thirds of its radius) over that of
// the region's own pixels. 1 for a disc, less for what is longer, frayed or in pieces. suite2p's `compact` is its inverse.
import { centre, pixelCount, type Region } from '../../base/region.ts';

/** NaN for a region without pixels, 1 at most. */
export function roundness(region: Region): number {
  const { points, dims } = region;
  const [row, col] = centre(region);
  const count = pixelCount(region);
  let sum = 0;
  for (let i = 0; i + 1 < points.length; i += dims) sum += Math.hypot(points[i]! - row, points[i + 1]! - col);
  if (count === 0) return Number.NaN;
  return sum > 0 ? Math.min(1, ((2 / 3) * Math.sqrt(count / Math.PI) * count) / sum) : 1;
}
