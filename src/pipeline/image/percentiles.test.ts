import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { histogram, percentile, percentiles } from './percentiles.ts';

it('interpolates as numpy does, for every kind of array', () => {
  // numpy.percentile([15, 20, 35, 40, 50], [0, 8, 40, 99, 100]) = [15, 16.6, 29, 49.6, 50]
  const values = [40, 15, 50, 20, 35];
  for (const data of [Uint8Array.from(values), Int16Array.from(values), Uint16Array.from(values), Float32Array.from(values)]) {
    const found = percentiles(data, [0, 8, 40, 99, 100]);
    for (const [i, expected] of [15, 16.6, 29, 49.6, 50].entries()) expect(found[i]).toBeCloseTo(expected, 9);
  }
  expect(percentile(Int16Array.of(-300, -100), 50)).toBe(-200);
  expect(percentile(Int8Array.of(-128, 127), 100)).toBe(127);
});

it('leaves out missing values, and has none without data', () => {
  expect(percentile(Float32Array.of(1, Number.NaN, 3), 50)).toBe(2);
  expect(percentile(Float32Array.of(Number.NaN), 50)).toBeNaN();
  expect(percentile(new Uint16Array(0), 50)).toBeNaN();
});

it('samples large float images closely', () => {
  const rng = makeRng(1);
  const data = Float32Array.from({ length: 500_000 }, () => rng.uniform());
  expect(percentile(data, 99.8)).toBeCloseTo(0.998, 2);
  expect(percentile(data, 1)).toBeCloseTo(0.01, 2);
});

it('counts every value once, the highest in the last bin', () => {
  const { low, high, counts } = histogram(Uint16Array.of(0, 1, 2, 3, 4), 4);
  expect([low, high]).toEqual([0, 4]);
  expect([...counts]).toEqual([1, 1, 1, 2]);
  expect([...histogram(Float32Array.of(-1, 0, 0.5, 1, 2, Number.NaN), 2, [0, 1]).counts]).toEqual([1, 2]);
  expect([...histogram(Uint8Array.of(7, 7), 2).counts]).toEqual([2, 0]);
  const empty = histogram(Float32Array.of(Number.NaN), 2);
  expect(empty.low).toBeNaN();
  expect([...empty.counts]).toEqual([0, 0]);
});
