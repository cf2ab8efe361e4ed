// The eight rotations and mirror images of a square template, as index maps over the pixels of its disc.

/** For each of the eight: disc element i is taken from disc element map[i]. `disc` holds offsets row · side + column. */
export function dihedralMaps(disc: Int32Array, side: number): Int32Array<ArrayBuffer>[] {
  const place = new Map<number, number>();
  disc.forEach((offset, i) => {
    place.set(offset, i);
  });
  const last = side - 1;
  const moves: ((y: number, x: number) => [number, number])[] = [
    (y, x) => [y, x],
    (y, x) => [x, last - y],
    (y, x) => [last - y, last - x],
    (y, x) => [last - x, y],
    (y, x) => [last - y, x],
    (y, x) => [x, y],
    (y, x) => [y, last - x],
    (y, x) => [last - x, last - y],
  ];
  return moves.map((move) =>
    Int32Array.from(disc, (offset) => {
      const [y, x] = move(Math.floor(offset / side), offset % side);
      return place.get(y * side + x)!;
    }),
  );
}

/** Σ over the eight of the symmetric matrix [i, j] with rows and columns rearranged: the covariance of patches in all eight orientations. */
export function symmetrised(matrix: Float64Array, n: number, maps: readonly Int32Array[]): Float64Array<ArrayBuffer> {
  const out = new Float64Array(n * n);
  for (const map of maps) {
    for (let i = 0; i < n; i++) {
      const from = map[i]! * n;
      for (let j = i, to = i * n + i; j < n; j++, to++) out[to]! += matrix[from + map[j]!]!;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[i * n + j] = out[j * n + i]!;
  return out;
}
