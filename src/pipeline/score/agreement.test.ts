// By hand: two squares on a small picture, counted on paper. By property: a set agrees with itself, and order does not matter
// where it should not.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Region, regionFrom } from '../../base/region.ts';
import { agreementOf, kappaOf } from './agreement.ts';

const FRAME = { height: 10, width: 10 };

function box(row: number, col: number, rows: number, cols: number): Region {
  return regionFrom(Array.from({ length: rows * cols }, (_, i) => [row + Math.floor(i / cols), col + (i % cols)]));
}

it('two squares that share half: counted by hand', () => {
  // 4 × 4 at columns 0–3, and 4 × 4 at columns 1–4: 12 pixels in both, 4 in each alone, 80 in neither; IoU 12 / 20.
  const found = agreementOf([box(0, 0, 4, 4)], [box(0, 1, 4, 4)], FRAME, 5);
  expect(found.pixels).toEqual({ both: 12, onlyFirst: 4, onlySecond: 4, neither: 80 });
  expect(found.byOverlap).toEqual({ pairs: 1, f1: 1 });
  expect(found.byCentre).toEqual({ pairs: 1, f1: 1 });
  // Observed 0.92; expected 0.16² + 0.84² = 0.7312.
  expect(found.kappa).toBeCloseTo((0.92 - 0.7312) / (1 - 0.7312), 12);
});

it('centres may agree where pixels do not, and the other way round', () => {
  const inside = agreementOf([box(0, 0, 6, 6)], [box(2, 2, 2, 2)], FRAME, 5);
  expect([inside.byCentre.f1, inside.byOverlap.f1]).toEqual([1, 0]);
  const long = agreementOf([box(0, 0, 1, 10)], [box(0, 0, 1, 5)], FRAME, 2);
  expect([long.byCentre.f1, long.byOverlap.f1]).toEqual([0, 1]);
});

it('half of the cells in common', () => {
  const [a, b, c] = [box(0, 0, 3, 3), box(5, 5, 3, 3), box(0, 6, 3, 3)];
  expect(agreementOf([a, b], [a, c], FRAME, 2)).toMatchObject({
    first: 2,
    second: 2,
    byCentre: { pairs: 1, f1: 0.5 },
    byOverlap: { pairs: 1, f1: 0.5 },
  });
});

it('empty sets: two agree, one against another does not', () => {
  expect(agreementOf([], [], FRAME, 5)).toMatchObject({ byCentre: { f1: 1 }, byOverlap: { f1: 1 }, kappa: 1 });
  expect(agreementOf([], [box(0, 0, 3, 3)], FRAME, 5)).toMatchObject({ byCentre: { f1: 0 }, byOverlap: { f1: 0 }, kappa: 0 });
});

it('kappa is zero for independent marks and −1 for opposite halves', () => {
  expect(kappaOf({ both: 25, onlyFirst: 25, onlySecond: 25, neither: 25 })).toBe(0);
  expect(kappaOf({ both: 0, onlyFirst: 50, onlySecond: 50, neither: 0 })).toBe(-1);
  expect(kappaOf({ both: 100, onlyFirst: 0, onlySecond: 0, neither: 0 })).toBe(1);
});

const region = fc
  .record({
    row: fc.nat({ max: 15 }),
    col: fc.nat({ max: 15 }),
    rows: fc.integer({ min: 1, max: 5 }),
    cols: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ row, col, rows, cols }) => box(row, col, rows, cols));
const regions = fc.array(region, { maxLength: 12 });
const LARGE = { height: 20, width: 20 };

it('a set agrees with itself', () => {
  fc.assert(
    fc.property(regions, (set) => {
      const { byCentre, byOverlap, kappa } = agreementOf(set, set, LARGE, 5);
      expect([byCentre.f1, byOverlap.f1, kappa]).toEqual([1, 1, 1]);
    }),
  );
});

it('overlap and kappa are the same whichever comes first', () => {
  fc.assert(
    fc.property(regions, regions, (a, b) => {
      const there = agreementOf(a, b, LARGE, 5);
      const back = agreementOf(b, a, LARGE, 5);
      expect(back.byOverlap).toEqual(there.byOverlap);
      expect(back.kappa).toBeCloseTo(there.kappa, 12);
      expect(back.pixels.both).toBe(there.pixels.both);
      expect(there.kappa).toBeLessThanOrEqual(1);
      expect(there.kappa).toBeGreaterThanOrEqual(-1);
    }),
  );
});
