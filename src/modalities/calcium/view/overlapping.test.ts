import { expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import { overlapGroup } from './overlapping.ts';

const bar = (from: number, to: number) => regionFrom(Array.from({ length: to - from + 1 }, (_, i) => [3, from + i]));
const REGIONS = [bar(0, 4), bar(4, 8), bar(8, 10), bar(20, 22), bar(0, 30)];

it('follows shared pixels from region to region, among those that count', () => {
  expect(overlapGroup(REGIONS, 1, [0, 1, 2, 3])).toEqual([1, 0, 2]);
  expect(overlapGroup(REGIONS, 3, [0, 1, 2, 3])).toEqual([3]);
  expect(overlapGroup(REGIONS, 3, [0, 1, 2, 3, 4])).toEqual([3, 0, 1, 2, 4]);
  expect(overlapGroup(REGIONS, 4, [3])).toEqual([4, 3]);
});
