// A region of interest: the list of its pixels in file order, 0-based, repeats kept.
// Neurofinder documents call the pair [x, y]; it is [row, column].

export interface Region {
  /** row, column, row, column … (`dims` numbers a point). */
  readonly points: Float64Array<ArrayBuffer>;
  /** Numbers a point: 2 in every image; the reference scorer takes any. */
  readonly dims: number;
}

export function regionFrom(pairs: readonly (readonly number[])[]): Region {
  return { points: Float64Array.from(pairs.flat()), dims: pairs[0]?.length ?? 2 };
}

export function pixelCount(region: Region): number {
  return region.points.length / region.dims;
}

/** Mean row and column: per-axis sum over the listed pixels divided by their number. */
export function centre(region: Region): [row: number, col: number] {
  const { points, dims } = region;
  let row = 0;
  let col = 0;
  for (let i = 0; i < points.length; i += dims) {
    row += points[i]!;
    col += points[i + 1]!;
  }
  const n = points.length / dims;
  return [row / n, col / n];
}

/** A copy with rows and columns exchanged. */
export function transposed(region: Region): Region {
  const points = region.points.slice();
  for (let i = 0; i + 1 < points.length; i += region.dims) {
    const row = points[i]!;
    points[i] = points[i + 1]!;
    points[i + 1] = row;
  }
  return { points, dims: region.dims };
}

/** A copy moved by whole pixels; without the pixels that leave `within`, where that is given. */
export function translated(
  { points, dims }: Region,
  rows: number,
  cols: number,
  within?: { readonly height: number; readonly width: number },
): Region {
  const moved: number[] = [];
  for (let i = 0; i < points.length; i += dims) {
    const [row, col] = [points[i]! + rows, points[i + 1]! + cols];
    if (!within || (row >= 0 && col >= 0 && row < within.height && col < within.width)) moved.push(row, col);
  }
  return { points: Float64Array.from(moved), dims: 2 };
}
