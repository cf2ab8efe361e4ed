import { expect, it } from 'vitest';
import { formatScore, roundHalfToEven, roundScore } from './rounding.ts';

it('rounds halves to the even number', () => {
  expect([0.5, 1.5, 2.5, 312.5, 313.5, -0.5, -1.5, 2.4, 2.6, 7].map((value) => roundHalfToEven(value) + 0)).toEqual([
    0, 2, 2, 312, 314, 0, -2, 2, 3, 7,
  ]);
});

it('prints four decimals as the reference does', () => {
  expect(roundScore(0.03125)).toBe(0.0312);
  expect([0.03125, 0.09375, 2 / 3, 1, 0, 4 / 3].map(formatScore)).toEqual([
    '0.0312',
    '0.0938',
    '0.6667',
    '1.0000',
    '0.0000',
    '1.3333',
  ]);
});
