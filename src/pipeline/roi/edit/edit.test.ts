import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Region } from '../../../base/region.ts';
import { makeRng } from '../../../base/rng.ts';
import { growRegion } from './grow-region.ts';
import { differenceOf, pixelsOf, regionOf, unionOf } from './pixels.ts';
import { rasterisePolygon, strokePixels } from './polygon.ts';
import { splitByLine, splitInTwo } from './split.ts';

const H = 24;
const W = 30;
const pixels = (region: Region) => pixelsOf(region, H, W);
const pixel = fc.integer({ min: 0, max: H * W - 1 });
const region = fc.uniqueArray(pixel, { minLength: 0, maxLength: 60 }).map((list) => regionOf(list, W));
// Off the grid of centres, where the rule for ties does not matter.
const place = (size: number) => fc.integer({ min: -40, max: size * 10 + 40 }).map((value) => value / 10 + 0.013);
const outline = fc.array(fc.tuple(place(H), place(W)), { minLength: 3, maxLength: 9 });

/** Ray casting to the right, written the other way round than the scan lines. */
function isInside(vertices: readonly (readonly [number, number])[], row: number, col: number): boolean {
  let inside = false;
  for (let i = 0, j = vertices.length - 1; i < vertices.length; j = i++) {
    const [r0, c0] = vertices[i]!;
    const [r1, c1] = vertices[j]!;
    if (r0 > row !== r1 > row && col < ((c1 - c0) * (row - r0)) / (r1 - r0) + c0) inside = !inside;
  }
  return inside;
}

describe('a polygon', () => {
  it('holds the pixels whose centres are inside by the even-odd rule', () => {
    fc.assert(
      fc.property(outline, (vertices) => {
        const found = new Set(pixels(rasterisePolygon(vertices.flat(), H, W)));
        for (let i = 0; i < H * W; i++) expect(found.has(i)).toBe(isInside(vertices, Math.floor(i / W) + 0.5, (i % W) + 0.5));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a hole where it winds twice', () => {
    const twice = [2, 2, 2, 12, 12, 12, 12, 2, 2, 2, 5, 5, 5, 9, 9, 9, 9, 5, 5, 5];
    const found = new Set(pixels(rasterisePolygon(twice, H, W)));
    expect(found.has(3 * W + 3)).toBe(true);
    expect(found.has(7 * W + 7)).toBe(false);
    expect(found.size).toBe(100 - 16);
  });

  it('shares no pixel with its neighbour along a common edge through centres', () => {
    const left = rasterisePolygon([2, 3, 2, 8.5, 9, 8.5, 9, 3], H, W);
    const right = rasterisePolygon([2, 8.5, 2, 14, 9, 14, 9, 8.5], H, W);
    expect(new Set([...pixels(left), ...pixels(right)]).size).toBe(pixels(left).length + pixels(right).length);
    expect(pixels(left).length + pixels(right).length).toBe(7 * 11);
  });
});

describe('a stroke', () => {
  it('of one point is the disc around it', () => {
    const disc = strokePixels([10.5, 12.5], 3, H, W);
    expect(pixels(disc)).toHaveLength(29);
    for (const at of pixels(disc)) expect(Math.hypot(Math.floor(at / W) - 10, (at % W) - 12)).toBeLessThanOrEqual(3);
  });

  it('covers the discs of all its vertices and stays in the field', () => {
    fc.assert(
      fc.property(outline, fc.integer({ min: 1, max: 5 }), (vertices, radius) => {
        const all = new Set(pixels(strokePixels(vertices.flat(), radius, H, W)));
        for (const vertex of vertices)
          for (const at of pixels(strokePixels(vertex, radius, H, W))) expect(all.has(at)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('merge and erase', () => {
  it('are union and difference', () => {
    fc.assert(
      fc.property(region, region, (a, b) => {
        const union = pixels(unionOf([a, b], H, W));
        const difference = pixels(differenceOf(a, b, H, W));
        expect(union).toEqual([...new Set([...pixels(a), ...pixels(b)])].sort((x, y) => x - y));
        expect(difference).toEqual(pixels(a).filter((at) => !pixels(b).includes(at)));
        expect(pixels(unionOf([differenceOf(a, b, H, W), b], H, W))).toEqual(union);
      }),
    );
  });

  it('drop repeats and what is outside the field', () => {
    const odd: Region = { points: Float64Array.from([3, 4, 3, 4, -1, 2, 5, W, 3.7, 4.2]), dims: 2 };
    expect(pixels(unionOf([odd], H, W))).toEqual([3 * W + 4]);
  });
});

describe('a split', () => {
  const isPartition = (whole: Region, parts: readonly [Region, Region]) => {
    const [one, other] = parts.map(pixels) as [number[], number[]];
    expect(one.length).toBeGreaterThanOrEqual(other.length);
    expect(other.length).toBeGreaterThan(0);
    expect([...one, ...other].sort((a, b) => a - b)).toEqual(pixels(whole));
  };

  it('by a line is a partition', () => {
    fc.assert(
      fc.property(region, fc.tuple(place(H), place(W), place(H), place(W)), (whole, line) => {
        const parts = splitByLine(whole, line, H, W);
        if (parts) isPartition(whole, parts);
      }),
    );
  });

  it('by itself is a partition, the same every time', () => {
    fc.assert(
      fc.property(region, (whole) => {
        const parts = splitInTwo(whole, H, W);
        if (pixels(whole).length < 2) expect(parts).toBeNull();
        else isPartition(whole, parts!);
        expect(splitInTwo(whole, H, W)).toEqual(parts);
      }),
    );
  });

  it('parts two discs that touch', () => {
    const [one, other] = [strokePixels([8.5, 8.5], 4, H, W), strokePixels([8.5, 16.5], 4, H, W)];
    const parts = splitInTwo(unionOf([one, other], H, W), H, W)!;
    const columns = parts.map((part) => new Set(pixels(part).map((at) => at % W > 12)));
    expect(columns.map((sides) => sides.size)).toEqual([1, 1]);
  });

  it('is nothing where the line misses the region', () => {
    expect(splitByLine(strokePixels([8.5, 8.5], 3, H, W), [20, 0, 20, 30], H, W)).toBeNull();
  });
});

describe('growing from a click', () => {
  const size = 25;
  const bins = 60;
  const radius = 5;
  /** A cell at the middle that is bright, or only active; the rest is noise. */
  const movie = (bright: number, active: number) => {
    const rng = makeRng(7);
    // Tissue that does not change: it hides what is only active from the mean image.
    const tissue = Array.from({ length: size * size }, () => 60 * rng.normal());
    const activity = Array.from({ length: bins }, () => (rng.uniform() < 0.15 ? rng.uniform() : 0));
    return Uint16Array.from({ length: bins * size * size }, (_, i) => {
      const [bin, row, col] = [Math.floor(i / (size * size)), Math.floor(i / size) % size, i % size];
      const inside = Math.hypot(row - 12, col - 12) <= radius;
      return 1000 + tissue[row * size + col]! + 20 * rng.normal() + (inside ? bright + active * activity[bin]! : 0);
    });
  };
  const window = (data: Uint16Array, row = 12, col = 12) => ({ data, bins, height: size, width: size, row, col, radius });
  const truth = strokePixels([12.5, 12.5], radius, size, size);
  const overlap = (found: Region) => {
    const inside = new Set(pixelsOf(truth, size, size));
    const list = pixelsOf(found, size, size);
    const both = list.filter((at) => inside.has(at)).length;
    return both / (inside.size + list.length - both);
  };

  it('finds a bright cell on the mean image and an active one on the correlation', () => {
    const bright = growRegion(window(movie(400, 0)))!;
    const active = growRegion(window(movie(0, 400)))!;
    expect([bright.on, active.on]).toEqual(['mean image', 'correlation']);
    expect(overlap(bright.region)).toBeGreaterThan(0.7);
    expect(overlap(active.region)).toBeGreaterThan(0.7);
  });

  it('is the same every time, hangs together around the click, and is much the same from a click beside the middle', () => {
    const data = movie(100, 300);
    const found = growRegion(window(data))!;
    expect(growRegion(window(data))).toEqual(found);
    expect(overlap(growRegion(window(data, 14, 11))!.region)).toBeGreaterThan(0.6);
  });

  it('is nothing on a flat field', () => {
    expect(growRegion(window(new Uint16Array(bins * size * size).fill(500)))).toBeNull();
  });
});
