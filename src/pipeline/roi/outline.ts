// Outlines of regions: closed polylines around their pixels in pixel-edge coordinates, pixel (r, c) covering
// [r, r+1) × [c, c+1). The edges of the mask are followed with the pixels on the right hand, pixels that touch at a corner belong
// together, holes are left out; then the staircase is smoothed, so that cells look round and yet every pixel's centre stays on its side.
import type { Region } from '../../base/region.ts';
import { smoothContour } from './smooth-contour.ts';

export interface Outlines {
  /** row, column, row, column … px; the last point of a contour joins its first, which is not repeated. */
  readonly points: Float32Array<ArrayBuffer>;
  /** Index of the first point (not number) of each contour. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** Region index of each contour. */
  readonly regions: Int32Array<ArrayBuffer>;
}

const SET = 1;
const SEEN = 2;
// Directions: right, down, left, up; turning right is +1.
const ROW_STEP = [0, 1, 0, -1] as const;
const COL_STEP = [1, 0, -1, 0] as const;
// The pixel ahead on the right of a vertex, relative to the vertex, for each direction; the one on the left is that of the direction before.
const AHEAD_ROW = [0, 0, -1, -1] as const;
const AHEAD_COL = [0, -1, -1, 0] as const;

/** The contours of one region, clipped to the image: row, column, row, column … whose last
 *  point joins the first.
 *  Fractional coordinates belong to the pixel that they lie in; what lies outside the image or is no number is left out. */
export function outlineRegion(region: Region, height: number, width: number): Float32Array<ArrayBuffer>[] {
  return makeTracer()(region, height, width).map((contour) => Float32Array.from(contour));
}

/**
 * The exact edges of a region's pixels, not cut, holes included: closed paths of whole numbers (row, column, row, column …), outer
 * ones with the pixels on the right hand, holes the other way round. Filled by either rule they give the region's pixels again.
 */
export function edgePaths(region: Region, height: number, width: number): Float64Array<ArrayBuffer>[] {
  const paths: Float64Array<ArrayBuffer>[] = [];
  makeFollower()(region, height, width, (corners, top, left) => {
    paths.push(Float64Array.from(corners, (value, i) => value + (i % 2 === 0 ? top : left)));
  });
  return paths;
}

/** The contours of many regions in one array. */
export function outlineRegions(regions: readonly Region[], height: number, width: number): Outlines {
  const trace = makeTracer();
  const points: number[] = [];
  const starts: number[] = [];
  const owner: number[] = [];
  regions.forEach((region, index) => {
    for (const contour of trace(region, height, width)) {
      starts.push(points.length / 2);
      owner.push(index);
      for (const value of contour) points.push(value);
    }
  });
  return { points: Float32Array.from(points), starts: Int32Array.from(starts), regions: Int32Array.from(owner) };
}

type Tracer = (region: Region, height: number, width: number) => number[][];

function makeTracer(): Tracer {
  const follow = makeFollower();
  return (region, height, width) => {
    const contours: number[][] = [];
    follow(region, height, width, (corners, top, left) => {
      if (signedArea(corners) > 0)
        contours.push(Array.from(smoothContour(corners), (value, i) => value + (i % 2 === 0 ? top : left)));
    });
    return contours;
  };
}

/** Corners of a contour, and what is added to their rows and columns to make them those of the image. */
type OnContour = (corners: number[], top: number, left: number) => void;
type Follower = (region: Region, height: number, width: number, onContour: OnContour) => void;

/** One follower serves many regions: its mask grows to the largest bounding box and is wiped pixel by pixel. */
function makeFollower(): Follower {
  let mask = new Uint8Array(0);
  return (region, height, width, onContour) => {
    const pixels = pixelsInside(region, height, width);
    if (pixels.length === 0) return;
    const { top, left, rows, cols } = boundsOf(pixels);
    // A rim of one empty pixel spares every test for the border.
    const stride = cols + 2;
    if (mask.length < (rows + 2) * stride) mask = new Uint8Array((rows + 2) * stride);
    const cells = new Int32Array(pixels.length / 2);
    for (let k = 0; k < cells.length; k++) {
      cells[k] = (pixels[2 * k]! - top + 1) * stride + pixels[2 * k + 1]! - left + 1;
      mask[cells[k]!] = SET;
    }
    for (const cell of cells) {
      if (mask[cell] === SET && !mask[cell - stride]) onContour(followEdge(mask, stride, cell), top - 1, left - 1);
    }
    for (const cell of cells) mask[cell] = 0;
  };
}

/** Row and column of each pixel that lies in the image, whole numbers. */
function pixelsInside({ points, dims }: Region, height: number, width: number): number[] {
  const pixels: number[] = [];
  if (dims !== 2) return pixels;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const row = Math.floor(points[i]!);
    const col = Math.floor(points[i + 1]!);
    if (row >= 0 && row < height && col >= 0 && col < width) pixels.push(row, col);
  }
  return pixels;
}

function boundsOf(pixels: readonly number[]): { top: number; left: number; rows: number; cols: number } {
  let [top, left] = pixels as [number, number];
  let bottom = top;
  let right = left;
  for (let i = 0; i < pixels.length; i += 2) {
    const row = pixels[i]!;
    const col = pixels[i + 1]!;
    if (row < top) top = row;
    if (row > bottom) bottom = row;
    if (col < left) left = col;
    if (col > right) right = col;
  }
  return { top, left, rows: bottom - top + 1, cols: right - left + 1 };
}

/** Corners (row, column of the mask) of the contour that holds the top edge of `cell`, which is marked as seen with all others. */
function followEdge(mask: Uint8Array, stride: number, cell: number): number[] {
  const startRow = Math.floor(cell / stride);
  const startCol = cell % stride;
  const corners: number[] = [];
  let row = startRow;
  let col = startCol;
  let direction = 0;
  do {
    if (direction === 0) mask[row * stride + col]! |= SEEN;
    row += ROW_STEP[direction]!;
    col += COL_STEP[direction]!;
    const before = (direction + 3) % 4;
    const onLeft = mask[(row + AHEAD_ROW[before]!) * stride + col + AHEAD_COL[before]!];
    const onRight = mask[(row + AHEAD_ROW[direction]!) * stride + col + AHEAD_COL[direction]!];
    if (!onLeft && onRight) continue;
    corners.push(row, col);
    direction = onLeft ? before : (direction + 1) % 4;
  } while (row !== startRow || col !== startCol || direction !== 0);
  return corners;
}

/** Twice the enclosed area; positive for outer contours. */
function signedArea(corners: readonly number[]): number {
  let sum = 0;
  for (let i = 0, j = corners.length - 2; i < corners.length; j = i, i += 2) {
    sum += corners[j + 1]! * corners[i]! - corners[i + 1]! * corners[j]!;
  }
  return sum;
}
