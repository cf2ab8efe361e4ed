import { expect, it } from 'vitest';
import { describeItem, extentOf, isMovieLike, linesOf, modesOf, planesOf } from './modes.ts';

const npy = (shape: readonly number[], holds: 'numbers' | 'texts' | 'other' = 'numbers') => ({
  kind: 'npy' as const,
  shape,
  holds,
});

it('offers what the shape allows, the best first', () => {
  expect(modesOf(npy([]))).toEqual(['table']);
  expect(modesOf(npy([9]))).toEqual(['traces', 'table']);
  expect(modesOf(npy([4, 9]))).toEqual(['image', 'traces', 'table']);
  expect(modesOf(npy([2, 3, 4, 9]))).toEqual(['stack']);
  expect(modesOf({ kind: 'csv', shape: [4, 9], holds: 'numbers' })).toEqual(['table', 'traces', 'image']);
  expect(modesOf({ kind: 'csv', shape: [4, 9], holds: 'texts' })).toEqual(['table']);
});

it('offers nothing for what cannot be drawn', () => {
  for (const item of [npy([0, 4]), npy([4], 'other'), npy([2, 3, 4], 'texts')]) expect(modesOf(item)).toEqual([]);
});

it('counts planes and lines', () => {
  expect(extentOf(npy([2, 3, 4, 9]))).toEqual({ height: 4, width: 9 });
  expect(planesOf(npy([2, 3, 4, 9]))).toBe(6);
  expect(planesOf(npy([4, 9]))).toBe(1);
  expect([linesOf(npy([9])), linesOf(npy([4, 9]))]).toEqual([1, 4]);
  expect([isMovieLike(npy([2, 4, 9])), isMovieLike(npy([4, 9])), isMovieLike(npy([2, 4, 9], 'other'))]).toEqual([
    true,
    false,
    false,
  ]);
  expect(describeItem({ shape: [3, 4000], dtype: 'float32' })).toBe('3 × 4,000 float32');
});
