import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Region, regionFrom } from '../../base/region.ts';
import { outlineRegion, outlineRegions } from './outline.ts';

const SIZE = 12;

const closed = (contour: ArrayLike<number>) => [...Array.from(contour), contour[0]!, contour[1]!];

const pointsOf = (contour: ArrayLike<number>) =>
  Array.from({ length: contour.length / 2 }, (_, k) => [contour[2 * k]!, contour[2 * k + 1]!] as const);

/** Enclosed area in px, positive for outer contours. */
function areaOf(open: ArrayLike<number>): number {
  const contour = closed(open);
  let twice = 0;
  for (let i = 0; i + 3 < contour.length; i += 2) twice += contour[i + 1]! * contour[i + 2]! - contour[i + 3]! * contour[i]!;
  return twice / 2;
}

/** Number of times that the contour winds around a point. */
function windings(open: ArrayLike<number>, row: number, col: number): number {
  const contour = closed(open);
  let turns = 0;
  for (let i = 0; i + 3 < contour.length; i += 2) {
    const [r0, c0, r1, c1] = [contour[i]!, contour[i + 1]!, contour[i + 2]!, contour[i + 3]!];
    if (r0 <= row === r1 <= row) continue;
    if (c0 + ((row - r0) / (r1 - r0)) * (c1 - c0) > col) turns += r1 > r0 ? 1 : -1;
  }
  return turns;
}

/** Pixels that are in the region or that no path over empty pixels (edge to edge) connects with the border: the filled mask. */
function filled(region: Region): boolean[][] {
  const outside = Array.from({ length: SIZE + 2 }, () => Array<boolean>(SIZE + 2).fill(false));
  const held = new Set<string>();
  for (let i = 0; i < region.points.length; i += 2) held.add(`${region.points[i]! + 1},${region.points[i + 1]! + 1}`);
  const stack: [number, number][] = [[0, 0]];
  while (stack.length > 0) {
    const [row, col] = stack.pop()!;
    if (outside[row]?.[col] !== false || held.has(`${row},${col}`)) continue;
    outside[row]![col] = true;
    stack.push([row + 1, col], [row - 1, col], [row, col + 1], [row, col - 1]);
  }
  return Array.from({ length: SIZE }, (_, row) => Array.from({ length: SIZE }, (_, col) => !outside[row + 1]![col + 1]));
}

const pixel = fc.tuple(fc.integer({ min: 0, max: SIZE - 1 }), fc.integer({ min: 0, max: SIZE - 1 }));
const mask = fc.array(pixel, { minLength: 1, maxLength: 90 });

describe('the outline of a region', () => {
  it('is a diamond around one pixel', () => {
    expect(outlineRegion(regionFrom([[3, 5]]), 8, 8).map((contour) => [...contour])).toEqual([[3, 5.5, 3.5, 6, 4, 5.5, 3.5, 5]]);
  });

  it('rounds the corners of a square, the same at all four', () => {
    const square = regionFrom([3, 4, 5].flatMap((row) => [1, 2, 3].map((col) => [row, col])));
    const [contour] = outlineRegion(square, 8, 8);
    const corners = [
      [3, 1],
      [3, 4],
      [6, 1],
      [6, 4],
    ].map(([row, col]) => Math.min(...pointsOf(contour!).map(([r, c]) => Math.hypot(r - row!, c - col!))));
    for (const away of corners) expect(away).toBeCloseTo(corners[0]!, 5);
    expect(corners[0]).toBeGreaterThan(0.3);
    expect(corners[0]).toBeLessThan(0.7);
  });

  it('turns staircases into diagonals', () => {
    const stairs = Array.from({ length: 10 }, (_, row) => Array.from({ length: row + 1 }, (_, col) => [row, col])).flat();
    const [contour] = outlineRegion(regionFrom(stairs), SIZE, SIZE);
    // Along the diagonal nothing is left to draw but its two ends.
    const middle = pointsOf(contour!).filter(([row, col]) => row > 3 && col < 7 && row - col < 2 && row - col > -3);
    expect(middle).toEqual([]);
    expect(windings(contour!, 5.1, 4.9)).toBe(1);
    expect(windings(contour!, 4.6, 5.4)).toBe(0);
  });

  it('is round where the mask is a disc, and neither grows nor shrinks', () => {
    for (const radius of [4.2, 5.5, 5.9, 7.3]) {
      const disc: number[][] = [];
      for (let row = 0; row < 24; row++)
        for (let col = 0; col < 24; col++) if ((row - 11) ** 2 + (col - 12) ** 2 <= radius ** 2) disc.push([row, col]);
      const [contour] = outlineRegion(regionFrom(disc), 24, 24);
      const radii = pointsOf(contour!).map(([row, col]) => Math.hypot(row - 11.5, col - 12.5));
      expect(Math.max(...radii) - Math.min(...radii), `${radius}`).toBeLessThan(0.7);
      expect(Math.abs(areaOf(contour!) / disc.length - 1)).toBeLessThan(0.02);
      expect(radii.length, 'points').toBeLessThan(5 * radius);
    }
  });

  it('leaves holes out and follows rows, not columns', () => {
    const ring = regionFrom([
      [2, 2],
      [2, 3],
      [2, 4],
      [3, 2],
      [3, 4],
      [4, 2],
      [4, 3],
      [4, 4],
    ]);
    expect(outlineRegion(ring, 8, 8)).toHaveLength(1);
    const [flat] = outlineRegion(
      regionFrom([
        [1, 2],
        [1, 3],
        [1, 4],
      ]),
      3,
      8,
    );
    const rows = pointsOf(flat!).map(([row]) => row);
    expect(Math.min(...rows)).toBeCloseTo(1, 1);
    expect(Math.max(...rows)).toBeCloseTo(2, 1);
  });

  it('encloses the centres of exactly the filled pixels', () => {
    fc.assert(
      fc.property(mask, (pixels) => {
        const region = regionFrom(pixels);
        const contours = outlineRegion(region, SIZE, SIZE);
        const inside = filled(region);
        for (let row = 0; row < SIZE; row++) {
          for (let col = 0; col < SIZE; col++) {
            // Off the pixel's middle, so that no diagonal runs through the point.
            const turns = contours.reduce((sum, contour) => sum + windings(contour, row + 0.5, col + 0.4375), 0);
            expect(turns > 0, `${row}, ${col}`).toBe(inside[row]![col]);
          }
        }
        for (const contour of contours) {
          expect([...contour.slice(0, 2)]).not.toEqual([...contour.slice(-2)]);
          expect(areaOf(contour)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is unmoved by repeats, fractions, other pixels outside and values that are no numbers', () => {
    const clean = outlineRegion(
      regionFrom([
        [2, 2],
        [2, 3],
      ]),
      8,
      8,
    );
    const dirty = regionFrom([
      [2, 2],
      [2.9, 3.2],
      [2, 2],
      [-0.5, 1],
      [8, 1],
      [1, 8],
      [Number.NaN, 1],
      [1, Infinity],
      [1e300, -1e300],
    ]);
    expect(outlineRegion(dirty, 8, 8)).toEqual(clean);
    expect(outlineRegion(regionFrom([[-1, 0]]), 8, 8)).toEqual([]);
    expect(outlineRegion({ points: new Float64Array(0), dims: 2 }, 8, 8)).toEqual([]);
    expect(outlineRegion(regionFrom([[1, 2, 3]]), 8, 8)).toEqual([]);
  });
});

describe('the outlines of many regions', () => {
  it('are those of each, one after the other', () => {
    fc.assert(
      fc.property(fc.array(mask, { maxLength: 5 }), (masks) => {
        const regions = masks.map((pixels) => regionFrom(pixels));
        const { points, starts, regions: owner } = outlineRegions(regions, SIZE, SIZE);
        const contours = regions.flatMap((one, index) => outlineRegion(one, SIZE, SIZE).map((contour) => ({ index, contour })));
        expect([...owner]).toEqual(contours.map(({ index }) => index));
        contours.forEach(({ contour }, k) => {
          const end = k + 1 < starts.length ? starts[k + 1]! * 2 : points.length;
          expect(points.slice(starts[k]! * 2, end)).toEqual(contour);
        });
      }),
      { numRuns: 60 },
    );
  });
});
