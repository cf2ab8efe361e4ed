// From the edges of pixels to the line that a person would draw: the middles of all pixel edges, smoothed along the contour and
// thinned. Each middle moves only across its own edge and by less than half a pixel, so that the line still runs between the centres
// of the pixels inside and of those outside: what it encloses is the mask, whatever its shape. Coordinates in px, pixel (r, c)
// covering [r, r+1) × [c, c+1).

/** How far a point may leave its edge, px; a line thinned by TOLERANCE passes no pixel's centre then. */
const REACH = 0.35;
/** How far a point that is left out may lie from the line, px. */
const TOLERANCE = 0.08;
const PASSES = 8;
/** Contours of so few edges, those of one or two pixels, have nothing to smooth. */
const FEW = 8;

/** `corners`: row, column … of a closed path along pixel edges. Returns row, column … of a closed line, not repeating the first. */
export function smoothContour(corners: readonly number[]): Float64Array<ArrayBuffer> {
  const { points, isAcross } = edgeMiddles(corners);
  if (isAcross.length < FEW) return points;
  return thin(smooth(points, isAcross));
}

/** The middle of every unit edge, and whether the contour goes across there (along columns), so that the point may move by rows. */
function edgeMiddles(corners: readonly number[]): { points: Float64Array<ArrayBuffer>; isAcross: boolean[] } {
  const points: number[] = [];
  const isAcross: boolean[] = [];
  for (let i = 0, j = corners.length - 2; i < corners.length; j = i, i += 2) {
    const rows = corners[i]! - corners[j]!;
    const cols = corners[i + 1]! - corners[j + 1]!;
    const edges = Math.abs(rows) + Math.abs(cols);
    for (let k = 0.5; k < edges; k++) {
      points.push(corners[j]! + (rows * k) / edges, corners[j + 1]! + (cols * k) / edges);
      isAcross.push(rows === 0);
    }
  }
  return { points: Float64Array.from(points), isAcross };
}

/** A fourth-order filter takes out the staircase and, unlike a running mean, leaves discs their size. */
function smooth(middles: Float64Array<ArrayBuffer>, isAcross: readonly boolean[]): Float64Array<ArrayBuffer> {
  const count = isAcross.length;
  let from = middles;
  for (let pass = 0; pass < PASSES; pass++) {
    const to = from.slice();
    for (let i = 0; i < count; i++) {
      const axis = isAcross[i] ? 0 : 1;
      const at = (offset: number) => from[2 * ((i + offset + count) % count) + axis]!;
      const filtered = (10 * at(0) + 4 * (at(-1) + at(1)) - at(-2) - at(2)) / 16;
      const middle = middles[2 * i + axis]!;
      to[2 * i + axis] = Math.min(middle + REACH, Math.max(middle - REACH, filtered));
    }
    from = to;
  }
  return from;
}

/** Leaves out points as long as those between two kept ones lie within TOLERANCE of the line that joins these. */
function thin(points: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const count = points.length / 2;
  const kept: number[] = [0];
  for (let next = 2; next <= count; next++) {
    const last = kept.at(-1)!;
    if (!isStraight(points, last, next)) kept.push(next - 1);
  }
  return Float64Array.from({ length: 2 * kept.length }, (_, i) => points[2 * kept[i >> 1]! + (i & 1)]!);
}

/** Whether all points between two lie near the segment that joins them; `to` may be the first point again. */
function isStraight(points: Float64Array<ArrayBuffer>, from: number, to: number): boolean {
  const count = points.length / 2;
  const row = points[2 * from]!;
  const col = points[2 * from + 1]!;
  const rows = points[2 * (to % count)]! - row;
  const cols = points[2 * (to % count) + 1]! - col;
  const length = Math.hypot(rows, cols);
  for (let i = from + 1; i < to; i++) {
    const away = (points[2 * i]! - row) * cols - (points[2 * i + 1]! - col) * rows;
    if (Math.abs(away) > TOLERANCE * length) return false;
  }
  return true;
}
