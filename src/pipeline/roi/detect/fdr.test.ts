import { expect, it } from 'vitest';
import { complete, type Steps } from '../../../base/steps.ts';
import { checkedDiscovery, discoveries, falseDiscovery, poolAdjacentViolators } from './fdr.ts';

it('pools adjacent violators', () => {
  expect([...poolAdjacentViolators([3, 1, 2, 0])]).toEqual([3, 1.5, 1.5, 0]);
  expect([...poolAdjacentViolators([1, 2, 3])]).toEqual([2, 2, 2]);
  expect([...poolAdjacentViolators([])]).toEqual([]);
});

it('keeps the sum, never rises, and leaves a falling sequence alone', () => {
  const values = [5, 4, 4.5, 1, 2, 2.5, -1, 0];
  const fit = poolAdjacentViolators(values);
  expect(fit.reduce((sum, value) => sum + value, 0)).toBeCloseTo(18, 12);
  for (let i = 1; i < fit.length; i++) expect(fit[i]!).toBeLessThanOrEqual(fit[i - 1]!);
  expect([...poolAdjacentViolators([3, 2, 1])]).toEqual([3, 2, 1]);
});

it('counts null hits at or above each gain, per surrogate', () => {
  // Two surrogates: 6 counts at the second hit, 3 and 2.5 at the fourth.
  const { tail, real } = falseDiscovery(Float64Array.from([9, 6, 5, 2]), Float64Array.from([3, 6, 2.5, 1]), 2);
  expect([...real]).toEqual([1, 0.75, 0.75, 0]);
  // One more of so few may be false: 1.5 of 3, 2.5 of 4.
  expect([...tail]).toEqual([0.5, 0.5, 0.5, 0.625]);
  expect(discoveries(tail, 0.5)).toBe(3);
  expect(discoveries(tail, 0.1)).toBe(0);
  expect(discoveries(tail, 1)).toBe(4);
});

it('makes no allowance where there are many', () => {
  const gains = Float64Array.from({ length: 60 }, (_, i) => 100 - i);
  const { tail } = falseDiscovery(gains, Float64Array.of(95, 60), 2);
  expect(tail[3]).toBe(0.0125);
  // A lucky null hit among the best says little against the many behind it.
  expect(tail[5]).toBe(0.0125);
  expect(tail[59]).toBeCloseTo(1 / 60, 12);
  expect(discoveries(tail, 0.1)).toBe(60);
});

it('never says more than 1, and says nothing of no hits', () => {
  const { tail } = falseDiscovery(Float64Array.from([1]), Float64Array.from([2, 2, 2]), 1);
  expect([...tail]).toEqual([1]);
  expect(falseDiscovery(new Float64Array(0), Float64Array.from([1]), 1).tail).toHaveLength(0);
});

it('checks a handful of discoveries against more surrogates, and neither many, none, nor a rough answer', () => {
  const asked: number[][] = [];
  // The first surrogates are lucky: only the later ones have hits as good as the gains.
  // biome-ignore lint/correctness/useYield: it has nothing to report
  const draw = function* (count: number, first: number): Steps<Float64Array> {
    asked.push([count, first]);
    return new Float64Array(first === 0 ? 0 : 12 * count).fill(200);
  };
  const falling = (count: number) => Float64Array.from({ length: count }, (_, i) => 100 - i);
  expect(discoveries(falseDiscovery(falling(12), new Float64Array(0), 3).tail, 0.2)).toBe(12);
  expect(discoveries(complete(checkedDiscovery(falling(12), 3, draw)).tail, 0.2)).toBe(0);
  expect(asked.splice(0)).toEqual([
    [3, 0],
    [6, 3],
  ]);
  expect(discoveries(complete(checkedDiscovery(falling(60), 3, draw)).tail, 0.2)).toBe(60);
  complete(checkedDiscovery(falling(2), 3, draw));
  complete(checkedDiscovery(falling(12), 1, draw));
  expect(asked).toEqual([
    [3, 0],
    [3, 0],
    [1, 0],
  ]);
});
