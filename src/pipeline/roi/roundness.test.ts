import { describe, expect, it } from 'vitest';
import { regionFrom } from '../../base/region.ts';
import { roundness } from './roundness.ts';

const where = (inside: (row: number, col: number) => boolean) =>
  regionFrom(Array.from({ length: 1600 }, (_, i) => [Math.floor(i / 40), i % 40]).filter(([row, col]) => inside(row!, col!)));

describe('roundness', () => {
  it('is near 1 for a disc and a half for a bar', () => {
    expect(roundness(where((row, col) => Math.hypot(row - 20, col - 20) <= 8))).toBeGreaterThan(0.98);
    // A bar of 4 × 36: mean distance about 9, that of the disc of its area 4.5.
    expect(roundness(where((row, col) => row >= 10 && row < 14 && col >= 2 && col < 38))).toBeCloseTo(0.5, 1);
  });

  it('does not depend on the place, and is 1 for a pixel and missing for none', () => {
    const box = (top: number) => roundness(where((row, col) => row >= top && row < top + 5 && col < 9));
    expect(box(3)).toBeCloseTo(box(20), 12);
    expect(roundness(regionFrom([[3, 4]]))).toBe(1);
    expect(roundness(regionFrom([]))).toBeNaN();
  });
});
