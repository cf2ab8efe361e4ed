import { expect, it } from 'vitest';
import { laneRange, scaleBar } from './lane-scale.ts';

it('is not moved by single odd samples and leaves damaged ones out', () => {
  const values = Float32Array.from({ length: 10_000 }, (_, i) => (i % 100) / 100);
  const clean = laneRange(values)!;
  values[17] = 1e6;
  values[18] = -1e6;
  values[19] = Number.NaN;
  values[20] = Number.POSITIVE_INFINITY;
  expect(laneRange(values)!.high).toBeCloseTo(clean.high, 2);
  expect(laneRange(values)!.low).toBeCloseTo(clean.low, 2);
  expect(clean.low).toBeLessThan(0.01);
  expect(clean.high).toBeGreaterThan(0.99);
  expect(clean.high).toBeLessThan(1.2);
});

it('covers all curves of a lane', () => {
  const range = laneRange(new Float32Array(100).fill(5), new Float32Array(100).fill(-3))!;
  expect(range.low).toBeLessThan(-3);
  expect(range.high).toBeGreaterThan(5);
});

it('puts a flat curve in the middle and has no range for nothing', () => {
  expect(laneRange(new Float32Array(9).fill(200))).toEqual({ low: 100, high: 300 });
  expect(laneRange(new Float32Array(9))).toEqual({ low: -0.5, high: 0.5 });
  expect(laneRange(new Float32Array(9).fill(Number.NaN))).toBeNull();
  expect(laneRange()).toBeNull();
});

it('says how long its bar is', () => {
  expect(scaleBar({ low: -0.2, high: 3.8 }, 'ΔF/F')).toEqual({ value: 2, share: 0.5, label: '2 ΔF/F' });
  expect(scaleBar({ low: 0, high: 4000 }, 'grey values').label).toBe('2,000 grey values');
  expect(scaleBar({ low: 0, high: 0.1 }, 'ΔF/F').label).toBe('0.05 ΔF/F');
});
