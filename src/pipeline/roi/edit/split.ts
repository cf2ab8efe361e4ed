// One region becomes two: by a drawn line, or by k-means of its pixels with k = 2, begun at the ends of its longest axis, so that
// the result is the same every time. The parts share no pixel and together are the region.
import type { Region } from '../../../base/region.ts';
import { pixelsOf, regionOf } from './pixels.ts';

type Parts = readonly [Region, Region];

/** The pixels whose centres lie on either side of the line through two points (image coordinates); the larger part first. Null
 *  where the line leaves all pixels on one side. */
export function splitByLine(
  region: Region,
  line: readonly [row: number, col: number, toRow: number, toCol: number],
  height: number,
  width: number,
): Parts | null {
  const [r0, c0, r1, c1] = line;
  return parts(pixelsOf(region, height, width), width, (row, col) => (r1 - r0) * (col - c0) - (c1 - c0) * (row - r0) > 0);
}

const ROUNDS = 50;

/** The two clusters of the pixels by place; the larger part first. Null for fewer than two pixels. */
export function splitInTwo(region: Region, height: number, width: number): Parts | null {
  const pixels = pixelsOf(region, height, width);
  const at = pixels.map((pixel) => [Math.floor(pixel / width) + 0.5, (pixel % width) + 0.5] as const);
  if (at.length < 2) return null;
  const [axisRow, axisCol] = longestAxis(at);
  const along = at.map(([row, col]) => row * axisRow + col * axisCol);
  let one: readonly [number, number] = at[along.indexOf(Math.min(...along))]!;
  let other: readonly [number, number] = at[along.indexOf(Math.max(...along))]!;
  const nearOne = (row: number, col: number) =>
    (row - one[0]) ** 2 + (col - one[1]) ** 2 <= (row - other[0]) ** 2 + (col - other[1]) ** 2;
  for (let round = 0; round < ROUNDS; round++) {
    const sides = at.map(([row, col]) => nearOne(row, col));
    const nextOne = meanOf(at.filter((_, i) => sides[i]));
    const nextOther = meanOf(at.filter((_, i) => !sides[i]));
    if (!nextOne || !nextOther) return null;
    const still = Math.hypot(nextOne[0] - one[0], nextOne[1] - one[1], nextOther[0] - other[0], nextOther[1] - other[1]) === 0;
    [one, other] = [nextOne, nextOther];
    if (still) break;
  }
  return parts(pixels, width, nearOne);
}

function parts(pixels: readonly number[], width: number, isFirst: (row: number, col: number) => boolean): Parts | null {
  const sides = pixels.map((pixel) => isFirst(Math.floor(pixel / width) + 0.5, (pixel % width) + 0.5));
  const first = regionOf(
    pixels.filter((_, i) => sides[i]),
    width,
  );
  const second = regionOf(
    pixels.filter((_, i) => !sides[i]),
    width,
  );
  if (first.points.length === 0 || second.points.length === 0) return null;
  return second.points.length > first.points.length ? [second, first] : [first, second];
}

function meanOf(at: readonly (readonly [number, number])[]): readonly [number, number] | null {
  if (at.length === 0) return null;
  return [at.reduce((sum, [row]) => sum + row, 0) / at.length, at.reduce((sum, [, col]) => sum + col, 0) / at.length];
}

/** Unit vector of the largest spread: the principal axis of the 2 × 2 covariance. */
function longestAxis(at: readonly (readonly [number, number])[]): readonly [row: number, col: number] {
  const [row, col] = meanOf(at)!;
  let [rr, cc, rc] = [0, 0, 0];
  for (const [r, c] of at) {
    rr += (r - row) ** 2;
    cc += (c - col) ** 2;
    rc += (r - row) * (c - col);
  }
  const angle = 0.5 * Math.atan2(2 * rc, rr - cc);
  return [Math.cos(angle), Math.sin(angle)];
}
