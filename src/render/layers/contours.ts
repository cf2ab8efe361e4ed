// Closed polylines packed for drawing. Every point becomes one record; segment k reads the records k…k+3 (the point before,
// its own two ends, the point after), so the buffer holds each point once but for three repeats a contour.

export interface Contours {
  /** row, column, row, column … in image coordinates: pixel (r, c) covers [r, r+1) × [c, c+1). The last point is not the first again. */
  readonly points: Float32Array;
  /** Index of the first point of each contour. */
  readonly starts: ArrayLike<number>;
  /** The region that each contour belongs to; a region may have several contours. */
  readonly regions: ArrayLike<number>;
}

/** row, column, arc length from the contour's start, contour length (both in image px), region or −1 where no segment starts. */
export const RECORD_FLOATS = 5;

export interface PackedContours {
  readonly records: Float32Array<ArrayBuffer>;
  /** Number of segments to draw, those that join two contours (and are never shown) included. */
  readonly segments: number;
  /** Per region the [first segment, number of segments] of its contours. */
  readonly spans: ReadonlyMap<number, readonly (readonly [first: number, count: number])[]>;
}

export function packContours({ points, starts, regions }: Contours): PackedContours {
  const total = points.length / 2;
  const endOf = (contour: number) => Math.min(total, contour + 1 < starts.length ? starts[contour + 1]! : total);
  const records = new Float32Array((total + 3 * regions.length) * RECORD_FLOATS);
  const spans = new Map<number, (readonly [number, number])[]>();
  let at = 0;
  for (let contour = 0; contour < regions.length; contour++) {
    const start = starts[contour]!;
    const count = endOf(contour) - start;
    if (count < 2) continue;
    const region = regions[contour]!;
    const arcs = arcLengths(points, start, count);
    const first = at / RECORD_FLOATS;
    for (let i = -1; i < count + 2; i++) {
      const point = start + ((i + count) % count);
      records[at] = points[2 * point]!;
      records[at + 1] = points[2 * point + 1]!;
      records[at + 2] = arcs[Math.min(count, Math.max(0, i))]!;
      records[at + 3] = arcs[count]!;
      records[at + 4] = i >= 0 && i < count ? region : -1;
      at += RECORD_FLOATS;
    }
    const known = spans.get(region);
    if (known) known.push([first, count]);
    else spans.set(region, [[first, count]]);
  }
  return { records: records.slice(0, at), segments: Math.max(0, at / RECORD_FLOATS - 3), spans };
}

/** Length along the contour up to each point; the last of `count` + 1 numbers is the whole length. */
function arcLengths(points: Float32Array, start: number, count: number): Float64Array {
  const arcs = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) {
    const a = 2 * (start + i);
    const b = 2 * (start + ((i + 1) % count));
    arcs[i + 1] = arcs[i]! + Math.hypot(points[b]! - points[a]!, points[b + 1]! - points[a + 1]!);
  }
  return arcs;
}
