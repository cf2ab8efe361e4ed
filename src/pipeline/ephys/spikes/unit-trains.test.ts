import { expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { groupSpikes, trainOf, valuesOf } from './unit-trains.ts';

const units = complete(groupSpikes([1, 2, 3, 2 ** 40, 2 ** 40 + 1], [7, -3, 7, 500_000_000, 7]));

it('groups by unit in the order of time, whatever the unit numbers and times', () => {
  expect(Array.from(units.unitIds)).toEqual([-3, 7, 500_000_000]);
  expect(Array.from(trainOf(units, 1))).toEqual([1, 3, 2 ** 40 + 1]);
  expect(Array.from(trainOf(units, 2))).toEqual([2 ** 40]);
  expect(Array.from(valuesOf(units, 1, [10, 20, 30, 40, 50]))).toEqual([10, 30, 50]);
});

it('groups nothing', () => {
  expect(complete(groupSpikes([], [])).unitIds).toHaveLength(0);
});
