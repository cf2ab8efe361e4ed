import { expect, it } from 'vitest';
import { walkOrder } from './walk-order.ts';

it('goes right in the first band and left in the next', () => {
  const places = [
    { row: 30, col: 10 },
    { row: 5, col: 90 },
    { row: 30, col: 60 },
    { row: 9, col: 2 },
    { row: 99, col: 50 },
  ];
  expect(walkOrder(places, 160).map(({ col }) => col)).toEqual([2, 90, 60, 10, 50]);
  expect(walkOrder([], 160)).toEqual([]);
});
