// Shapes to pixels: a pixel belongs to a shape when its centre lies inside, a centre on the left or top edge included. This is how
// ImageJ fills (PolygonFiller, OvalRoi). Coordinates are in pixel edges: pixel (r, c) covers [r, r+1) × [c, c+1).
import { SomascopeError } from '../../base/errors.ts';
import type { Region } from '../../base/region.ts';

/** Edges times the rows they cross: an outline of a cell has hundreds, a file that is out to fill the memory has more. */
const MOST_CROSSINGS = 20_000_000;

/**
 * The pixels inside closed paths (row, column, row, column … each; the last point joins the first), holes by the even-odd rule,
 * clipped to `height` × `width`, in reading order. Coordinates must be finite. Throws Unsafe for paths of millions of long edges.
 */
export function fillPaths(paths: readonly Float64Array[], height: number, width: number): Region {
  const { first, end } = rowsOf(paths, height);
  const crossings = Array.from({ length: Math.max(0, end - first) }, (): number[] => []);
  let count = 0;
  for (const path of paths) {
    for (let i = 0, j = path.length - 2; i < path.length; j = i, i += 2) {
      count += addCrossings(crossings, first, path[j]!, path[j + 1]!, path[i]!, path[i + 1]!);
      if (count > MOST_CROSSINGS) throw new SomascopeError('Unsafe', 'A shape has too many edges.', {}, 'Draw it more simply.');
    }
  }
  const points: number[] = [];
  crossings.forEach((columns, i) => {
    columns.sort((a, b) => a - b);
    for (let k = 0; k + 1 < columns.length; k += 2) {
      const last = Math.min(width, Math.ceil(columns[k + 1]! - 0.5));
      for (let col = Math.max(0, Math.ceil(columns[k]! - 0.5)); col < last; col++) points.push(first + i, col);
    }
  });
  return { points: Float64Array.from(points), dims: 2 };
}

/** Rows of the image whose centre line a path may cross. */
function rowsOf(paths: readonly Float64Array[], height: number): { first: number; end: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      low = Math.min(low, path[i]!);
      high = Math.max(high, path[i]!);
    }
  }
  return { first: Math.max(0, Math.ceil(low - 0.5)), end: Math.min(height, Math.ceil(high - 0.5)) };
}

/** Columns in which the edge crosses the centre lines of rows, from row `first` on; how many they are. */
function addCrossings(crossings: number[][], first: number, rowA: number, colA: number, rowB: number, colB: number): number {
  if (rowA === rowB) return 0;
  const slope = (colB - colA) / (rowB - rowA);
  const from = Math.max(first, Math.ceil(Math.min(rowA, rowB) - 0.5));
  const end = Math.min(first + crossings.length, Math.ceil(Math.max(rowA, rowB) - 0.5));
  for (let row = from; row < end; row++) crossings[row - first]!.push(colA + (row + 0.5 - rowA) * slope);
  return Math.max(0, end - from);
}

export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The pixels of the ellipse that fills `box`, clipped to `height` × `width`, in reading order. */
export function fillOval(box: Box, height: number, width: number): Region {
  const points: number[] = [];
  const [radiusRow, radiusCol] = [box.height / 2, box.width / 2];
  const firstRow = Math.max(0, Math.floor(box.top));
  const endRow = Math.min(height, Math.ceil(box.top + box.height));
  const firstCol = Math.max(0, Math.floor(box.left));
  const endCol = Math.min(width, Math.ceil(box.left + box.width));
  for (let row = firstRow; row < endRow; row++) {
    const down = (row + 0.5 - box.top - radiusRow) / radiusRow;
    for (let col = firstCol; col < endCol; col++) {
      const along = (col + 0.5 - box.left - radiusCol) / radiusCol;
      if (down * down + along * along <= 1) points.push(row, col);
    }
  }
  return { points: Float64Array.from(points), dims: 2 };
}
