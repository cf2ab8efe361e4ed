// One region's "coordinates" as a Region, or the reason why it is none. Written by hand because a file has a million pairs.
// Pairs are [row, column], 0-based; a flat pair is one pixel; other numbers of axes pass where no image is known.
import type { Region } from '../../base/region.ts';
import { describeJson } from './json.ts';

export interface PointOptions {
  /** Rows and columns of the image; a pixel outside makes the region bad. */
  readonly height?: number;
  readonly width?: number;
  /** Matlab counts from 1: subtract one from every coordinate. */
  readonly oneBased?: boolean;
  /** Exchange rows and columns on reading. */
  readonly exchanged?: boolean;
  /** Largest number of points a region may have. */
  readonly pointLimit?: number;
}

export const POINT_LIMIT = 1_000_000;
const AXIS_LIMIT = 16;

/** The region, or why there is none (to follow "region 3 "). Empty lists give no region: nothing can be scored or drawn. */
export function readPoints(coordinates: unknown, options: PointOptions = {}): Region | string {
  if (coordinates === undefined) return 'has no "coordinates"';
  if (!Array.isArray(coordinates)) return `has as "coordinates" ${describeJson(coordinates)} instead of a list of pixels`;
  const list: readonly unknown[] = coordinates;
  if (list.length === 0) return 'has no pixels';
  const flat = !list.some((pixel) => Array.isArray(pixel));
  const region = flat ? flatten([list]) : flatten(list, options.pointLimit ?? POINT_LIMIT);
  if (typeof region === 'string') return region;
  if (options.oneBased) for (let i = 0; i < region.points.length; i++) region.points[i]! -= 1;
  if (options.exchanged) exchange(region);
  return region;
}

/** Why a region does not lie in the image, or null where it does (or where no image is known). */
export function findOutside(region: Region, { height, width }: PointOptions): string | null {
  if (height === undefined || width === undefined) return null;
  const { points, dims } = region;
  if (dims !== 2) return `has ${dims} ${dims === 1 ? 'number' : 'numbers'} a pixel instead of row and column`;
  for (let i = 0; i < points.length; i += 2) {
    const row = points[i]!;
    const col = points[i + 1]!;
    if (row >= 0 && row < height && col >= 0 && col < width) continue;
    return `leaves the image of ${height} rows × ${width} columns: pixel ${i / 2} is at row ${row}, column ${col}`;
  }
  return null;
}

function flatten(list: readonly unknown[], pointLimit = POINT_LIMIT): Region | string {
  if (list.length > pointLimit) return `has ${list.length} pixels; the limit is ${pointLimit}`;
  const first = list[0];
  const dims = Array.isArray(first) ? first.length : 0;
  if (dims > AXIS_LIMIT) return `has ${dims} numbers in one pixel`;
  const points = new Float64Array(list.length * dims);
  for (let k = 0; k < list.length; k++) {
    const pixel: unknown = list[k];
    if (!Array.isArray(pixel)) return `has ${describeJson(pixel)} as pixel ${k}`;
    if (dims === 0) return 'has an empty pixel 0';
    if (pixel.length !== dims) return `is ragged: pixel ${k} has length ${pixel.length}, pixel 0 length ${dims}`;
    for (let axis = 0; axis < dims; axis++) {
      const value: unknown = pixel[axis];
      if (Array.isArray(value)) return `is nested once too often at pixel ${k}`;
      if (typeof value !== 'number') return `has ${describeJson(value)} instead of a number in pixel ${k}`;
      if (!Number.isFinite(value)) return `has ${value} in pixel ${k}`;
      points[k * dims + axis] = value;
    }
  }
  return { points, dims };
}

function exchange({ points, dims }: Region): void {
  for (let i = 0; i + 1 < points.length; i += dims) {
    const row = points[i]!;
    points[i] = points[i + 1]!;
    points[i + 1] = row;
  }
}
