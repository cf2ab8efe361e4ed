// Inner loops of the one pass over a movie: four frames a touch of the accumulators, one row at a time, no branches.
// A row is Float64 with one zero before and one after it, so that neighbours beyond the border add nothing.
// Planes are [row, column]; `at` is the index of the row's first pixel.

/** The planes that every frame adds to. */
export interface SumPlanes {
  /** Sums of the frames with even and with odd number. */
  readonly even: Float64Array<ArrayBuffer>;
  readonly odd: Float64Array<ArrayBuffer>;
  readonly squares: Float64Array<ArrayBuffer>;
  /** Products with the neighbour to the right, below, below right and below left. */
  readonly right: Float64Array<ArrayBuffer>;
  readonly down: Float64Array<ArrayBuffer>;
  readonly downRight: Float64Array<ArrayBuffer>;
  readonly downLeft: Float64Array<ArrayBuffer>;
  /** Squared differences of consecutive frames. */
  readonly squaredDifferences: Float64Array<ArrayBuffer>;
}

export type PaddedRow = Float64Array<ArrayBuffer>;
export type FourRows = readonly [PaddedRow, PaddedRow, PaddedRow, PaddedRow];

export const makeRow = (width: number): PaddedRow => new Float64Array(width + 2);

/** One row of four consecutive frames, the first with even number; `previous` is that row of the frame before (or of the first). */
export function addFourRows(
  planes: SumPlanes,
  at: number,
  width: number,
  previous: PaddedRow,
  rows: FourRows,
  below: FourRows,
): void {
  const { even, odd, squares, right, down, downRight, downLeft, squaredDifferences } = planes;
  const [rowA, rowB, rowC, rowD] = rows;
  const [belowA, belowB, belowC, belowD] = below;
  for (let x = 0; x < width; x++) {
    const i = at + x;
    const a = rowA[x + 1]!;
    const b = rowB[x + 1]!;
    const c = rowC[x + 1]!;
    const d = rowD[x + 1]!;
    even[i]! += a + c;
    odd[i]! += b + d;
    squares[i]! += a * a + b * b + c * c + d * d;
    const e = a - previous[x + 1]!;
    const f = b - a;
    const g = c - b;
    const h = d - c;
    squaredDifferences[i]! += e * e + f * f + g * g + h * h;
    right[i]! += a * rowA[x + 2]! + b * rowB[x + 2]! + c * rowC[x + 2]! + d * rowD[x + 2]!;
    down[i]! += a * belowA[x + 1]! + b * belowB[x + 1]! + c * belowC[x + 1]! + d * belowD[x + 1]!;
    downRight[i]! += a * belowA[x + 2]! + b * belowB[x + 2]! + c * belowC[x + 2]! + d * belowD[x + 2]!;
    downLeft[i]! += a * belowA[x]! + b * belowB[x]! + c * belowC[x]! + d * belowD[x]!;
  }
}

/** One row of one frame; `half` is the even or the odd plane, whichever the frame's number asks for. */
export function addOneRow(
  planes: SumPlanes,
  half: Float64Array,
  at: number,
  width: number,
  previous: PaddedRow,
  row: PaddedRow,
  below: PaddedRow,
): void {
  const { squares, right, down, downRight, downLeft, squaredDifferences } = planes;
  for (let x = 0; x < width; x++) {
    const i = at + x;
    const a = row[x + 1]!;
    half[i]! += a;
    squares[i]! += a * a;
    const e = a - previous[x + 1]!;
    squaredDifferences[i]! += e * e;
    right[i]! += a * row[x + 2]!;
    down[i]! += a * below[x + 1]!;
    downRight[i]! += a * below[x + 2]!;
    downLeft[i]! += a * below[x]!;
  }
}

/** Running extremes over one row of four frames. The comparisons settle after a few frames, so they are predicted. */
export function trackFourRows(maximum: Float64Array, minimum: Float64Array, at: number, width: number, rows: FourRows): void {
  const [rowA, rowB, rowC, rowD] = rows;
  for (let x = 0; x < width; x++) {
    const a = rowA[x + 1]!;
    const b = rowB[x + 1]!;
    const c = rowC[x + 1]!;
    const d = rowD[x + 1]!;
    let high = maximum[at + x]!;
    if (a > high) high = a;
    if (b > high) high = b;
    if (c > high) high = c;
    if (d > high) high = d;
    maximum[at + x] = high;
    let low = minimum[at + x]!;
    if (a < low) low = a;
    if (b < low) low = b;
    if (c < low) low = c;
    if (d < low) low = d;
    minimum[at + x] = low;
  }
}

export function trackOneRow(maximum: Float64Array, minimum: Float64Array, at: number, width: number, row: PaddedRow): void {
  for (let x = 0; x < width; x++) {
    const a = row[x + 1]!;
    if (a > maximum[at + x]!) maximum[at + x] = a;
    if (a < minimum[at + x]!) minimum[at + x] = a;
  }
}

export function subtractRow(row: PaddedRow, offset: Float64Array, at: number, width: number): void {
  for (let x = 0; x < width; x++) row[x + 1]! -= offset[at + x]!;
}
