import { expect, it } from 'vitest';
import { COMMAND_LINE_THRESHOLD, defaultThreshold } from './default-threshold.ts';

it('takes the threshold of the website where the scale is known', () => {
  expect([1.15, 0.8, 2, 1.1, 0.5].map(defaultThreshold)).toEqual([6, 4, 10, 6, 3]);
  expect([undefined, 0, -1, Number.NaN, Infinity].map((scale) => defaultThreshold(scale))).toEqual(
    Array(5).fill(COMMAND_LINE_THRESHOLD),
  );
});
