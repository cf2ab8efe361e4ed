import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Region } from '../../base/region.ts';
import { regionFrom } from '../../base/region.ts';
import { fillOval, fillPaths } from './fill.ts';
import { edgePaths } from './outline.ts';

const SIZE = 14;
const keys = ({ points }: Region) => {
  const all = new Set<string>();
  for (let i = 0; i < points.length; i += 2) all.add(`${points[i]},${points[i + 1]}`);
  return [...all].sort();
};
const path = (...pairs: number[][]) => Float64Array.from(pairs.flat());

describe('filled paths', () => {
  it('hold the pixels whose centres they enclose, left and top edge included', () => {
    expect(keys(fillPaths([path([1, 2], [1, 4], [3, 4], [3, 2])], 8, 8))).toEqual(['1,2', '1,3', '2,2', '2,3']);
    // Edges through the centres: the left and the top one count, the right and the bottom one do not.
    expect(keys(fillPaths([path([1.5, 2.5], [1.5, 4.5], [3.5, 4.5], [3.5, 2.5])], 8, 8))).toEqual(['1,2', '1,3', '2,2', '2,3']);
  });

  it('leave holes out, whichever way they go round', () => {
    const outer = path([0, 0], [0, 3], [3, 3], [3, 0]);
    const hole = path([1, 1], [1, 2], [2, 2], [2, 1]);
    const turned = path([1, 1], [2, 1], [2, 2], [1, 2]);
    for (const inner of [hole, turned]) expect(keys(fillPaths([outer, inner], 8, 8))).toHaveLength(8);
  });

  it('are clipped to the image', () => {
    const square = path([-5, -5], [-5, 2], [2, 2], [2, -5]);
    expect(keys(fillPaths([square], 8, 8))).toEqual(['0,0', '0,1', '1,0', '1,1']);
    expect(fillPaths([path([20, 20], [20, 30], [30, 30])], 8, 8).points).toHaveLength(0);
    expect(fillPaths([path([-1e9, -1e9], [-1e9, 1e9], [1e9, 1e9], [1e9, -1e9])], 3, 4).points).toHaveLength(24);
  });

  it('are refused where millions of long edges would fill the memory', () => {
    const zigzag = Float64Array.from({ length: 200_000 }, (_, i) => (i % 4 === 0 ? 0 : i % 4 === 2 ? 1000 : i));
    expect(() => fillPaths([zigzag], 1000, 10)).toThrow(/too many edges/);
  });

  it('along the edges of any mask give the mask again, and wind once around its pixels', () => {
    const pixel = fc.tuple(fc.integer({ min: 0, max: SIZE - 1 }), fc.integer({ min: 0, max: SIZE - 1 }));
    fc.assert(
      fc.property(fc.array(pixel, { minLength: 1, maxLength: 120 }), (pixels) => {
        const region = regionFrom(pixels);
        const paths = edgePaths(region, SIZE, SIZE);
        expect(keys(fillPaths(paths, SIZE, SIZE))).toEqual(keys(region));
        // Holes go the other way round, so the signed areas add up to the number of pixels.
        const area = paths.reduce((sum, points) => sum + signedArea(points), 0);
        expect(area).toBe(keys(region).length);
      }),
      { numRuns: 300 },
    );
  });
});

function signedArea(points: Float64Array): number {
  let twice = 0;
  for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2)
    twice += points[j + 1]! * points[i]! - points[i + 1]! * points[j]!;
  return twice / 2;
}

describe('a filled oval', () => {
  it('holds the pixels whose centres lie in the ellipse', () => {
    const rows = [' ### ', '#####', '#####', '#####', ' ### '];
    const wanted = rows.flatMap((line, row) => [...line].flatMap((char, col) => (char === '#' ? [`${row + 2},${col + 1}`] : [])));
    expect(keys(fillOval({ top: 2, left: 1, height: 5, width: 5 }, 10, 10))).toEqual(wanted.sort());
  });

  it('is clipped, and empty where it has no size', () => {
    const clipped = keys(fillOval({ top: -3, left: -3, height: 6, width: 6 }, 10, 10));
    expect(clipped).toEqual(['0,0', '0,1', '0,2', '1,0', '1,1', '1,2', '2,0', '2,1']);
    expect(fillOval({ top: 2, left: 2, height: 0, width: 4 }, 10, 10).points).toHaveLength(0);
  });
});
