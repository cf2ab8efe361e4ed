import { expect, it } from 'vitest';
import { makeCurve } from './trace-view.tsx';

it('draws from the highest at the top to the lowest at the bottom, with a gap where samples are missing', () => {
  const { path, low, high } = makeCurve(Float64Array.of(0, 10, Number.NaN, 5, 5));
  expect([low, high]).toEqual([0, 10]);
  expect(path).toBe('M0.0 388.0L200.0 12.0M600.0 200.0L800.0 200.0');
});

it('draws a flat trace in the middle, and nothing of nothing', () => {
  expect(makeCurve(Float64Array.of(3, 3)).path).toBe('M0.0 200.0L500.0 200.0');
  expect(makeCurve(Float64Array.of(Number.NaN))).toEqual({ path: '', low: Number.NaN, high: Number.NaN });
});
