import { expect, it } from 'vitest';
import { smoothLength } from './processed.ts';

it('finds the next length that transforms fast', () => {
  expect([1, 7, 11, 30_000, 30_001, 65_537].map(smoothLength)).toEqual([1, 8, 12, 30_000, 30_375, 65_610]);
});
