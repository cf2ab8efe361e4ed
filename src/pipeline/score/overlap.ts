// How many listed pixels of one region occur in another: lists, not sets, so a repeat in the first counts each time.
// Whole-number row/column pairs go through a stamped grid over the second region's bounding box, everything else through a set.
import type { Region } from '../../base/region.ts';

/** Largest bounding box that is worth a grid, in cells (an int32 each). */
const GRID_CELLS = 1 << 22;

/** `overlap(a, b)` = number of entries of a's list that occur in b's list. Keep one counter for many pairs: it reuses its grid. */
export function makeOverlapCounter(): (a: Region, b: Region) => number {
  let grid = new Int32Array(0);
  let stamp = 0;
  return (a, b) => {
    if (a.dims !== b.dims) return 0;
    const box = gridBox(b);
    if (!box) return countInSet(a, b);
    const [top, left, height, width] = box;
    if (grid.length < height * width) {
      grid = new Int32Array(height * width * 2);
      stamp = 0;
    }
    stamp++;
    for (let i = 0; i < b.points.length; i += 2) grid[(b.points[i]! - top) * width + b.points[i + 1]! - left] = stamp;
    let shared = 0;
    for (let i = 0; i < a.points.length; i += 2) {
      const row = a.points[i]! - top;
      const col = a.points[i + 1]! - left;
      // A fractional index reads undefined, so pixels off the grid's lattice never count.
      if (row >= 0 && row < height && col >= 0 && col < width && Number.isInteger(row) && grid[row * width + col] === stamp)
        shared++;
    }
    return shared;
  };
}

/** [top, left, height, width] of a region of whole-number pairs, or null where a grid does not serve. */
function gridBox({ points, dims }: Region): [number, number, number, number] | null {
  if (dims !== 2) return null;
  let top = Infinity;
  let left = Infinity;
  let bottom = -Infinity;
  let right = -Infinity;
  for (let i = 0; i < points.length; i += 2) {
    const row = points[i]!;
    const col = points[i + 1]!;
    if (!Number.isSafeInteger(row) || !Number.isSafeInteger(col)) return null;
    if (row < top) top = row;
    if (row > bottom) bottom = row;
    if (col < left) left = col;
    if (col > right) right = col;
  }
  const height = bottom - top + 1;
  const width = right - left + 1;
  return height * width <= GRID_CELLS ? [top, left, height, width] : null;
}

function countInSet(a: Region, b: Region): number {
  const { dims } = b;
  const held = new Set<string>();
  for (let i = 0; i < b.points.length; i += dims) held.add(b.points.subarray(i, i + dims).join());
  let shared = 0;
  for (let i = 0; i < a.points.length; i += dims) if (held.has(a.points.subarray(i, i + dims).join())) shared++;
  return shared;
}
