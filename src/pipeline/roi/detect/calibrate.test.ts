import { expect, it } from 'vitest';
import { calibrate, type Traits } from './calibrate.ts';

const ring = (standing: number, clearness: number): Traits => ({ carrier: 'ring', standing, clearness });
const active = (standing: number): Traits => ({ carrier: 'activity', standing, clearness: 0 });

it('rises with standing and, for rings, with clearness', () => {
  for (const purpose of ['any', 'active'] as const) {
    const confidenceOf = (traits: Traits) => calibrate([traits], purpose, 0, 0).confidence[0]!;
    expect(confidenceOf(ring(0.3, 2))).toBeGreaterThan(confidenceOf(ring(0.2, 2)));
    expect(confidenceOf(ring(0.7, 3))).toBeGreaterThan(confidenceOf(ring(0.7, 1.5)));
    expect(confidenceOf(active(0.6))).toBeGreaterThan(confidenceOf(active(0.3)));
    for (const extreme of [ring(0.76, 1e6), ring(0, 0), active(1), active(0)]) {
      expect(confidenceOf(extreme)).toBeGreaterThanOrEqual(0);
      expect(confidenceOf(extreme)).toBeLessThanOrEqual(1);
    }
  }
});

it('keeps by default exactly what stands at the default cut or above', () => {
  // The clear ring of low standing would pass the faint one of high standing.
  const all = [ring(0.7, 4), ring(0.6, 0.2), ring(0.5, 1), active(0.45), ring(0.35, 9), active(0.2), ring(0.2, 1)];
  const { confidence, cut } = calibrate(all, 'any', 0.4, 0.4);
  expect(confidence.map((value) => value >= cut)).toEqual(all.map(({ standing }) => standing >= 0.4));
  expect(new Set(confidence).size).toBe(all.length);
  expect(cut).toBe(Number(cut.toFixed(2)));
});

it('moves the cut with what is asked, and no confidence', () => {
  const all = Array.from({ length: 20 }, (_, i) => ring(0.7 - 0.03 * i, 1 + (i % 3)));
  const usual = calibrate(all, 'any', 0.4, 0.4);
  for (const asked of [0.05, 0.2, 0.55, 0.9]) {
    const { confidence, cut } = calibrate(all, 'any', 0.4, asked);
    expect(confidence).toEqual(usual.confidence);
    expect(confidence.filter((value) => value >= cut)).toHaveLength(all.filter(({ standing }) => standing >= asked).length);
  }
  expect(calibrate([], 'any', 0.4, 0.4).confidence).toEqual([]);
});
