// What the view computes by itself: lengths and angles, the strip's slices, classes and their colours, bricks, axes, CSV.
import { expect, it } from 'vitest';
import { orderedShape } from './axes.ts';
import { csvText } from './exports.ts';
import { angleAt, lengthOf } from './overlay-draw.ts';
import { classesOf, fileLabel, paletteTable } from './palette.ts';
import { sliceAt } from './strip-draw.ts';

it('measures in micrometres, also where voxels are long', () => {
  expect(lengthOf([0, 0, 0], [0, 3, 4], [1, 1, 1])).toBe(5);
  expect(lengthOf([0, 0, 0], [2, 0, 0], [3, 1, 1])).toBe(6);
  expect(angleAt([0, 0, 0], [0, 0, 5], [0, 5, 0], [1, 1, 1])).toBeCloseTo(90, 9);
  expect(angleAt([0, 0, 0], [0, 0, 0], [0, 5, 0], [1, 1, 1])).toBeNaN();
});

it('finds the slice under a point of the strip, never beyond its ends', () => {
  const range = { from: 5, to: 10 };
  expect(sliceAt(0, 550, range)).toBe(5);
  expect(sliceAt(41, 550, range)).toBe(5);
  expect(sliceAt(539, 550, range)).toBe(9);
  expect(sliceAt(900, 550, range)).toBe(9);
  expect(sliceAt(290, 550, range)).toBe(7);
});

it('names every class, also labels that nobody knows', () => {
  expect(classesOf({ kind: 'microstructure' }, [0, 2, 9]).map(({ name }) => name)).toEqual([
    'background',
    'blood vessel',
    'cell',
    'myelinated axon',
    'unknown label 9',
  ]);
  expect(classesOf({ kind: 'other' }, [4]).map(({ name }) => name)).toEqual(['background', 'label 4']);
});

it('tells the number that the file uses for a class', () => {
  expect(fileLabel({ kind: 'microstructure', convention: 'xray-thc-notebooks' }, 1)).toBe(2);
  expect(fileLabel({ kind: 'microstructure', convention: 'bossdb' }, 1)).toBe(1);
});

it('hides classes by alpha', () => {
  const table = paletteTable(classesOf({ kind: 'microstructure' }, []), (id) => id === 2);
  expect([...table.subarray(8, 12)]).toEqual([230, 159, 0, 255]);
  expect([table[3], table[7], table[15]]).toEqual([0, 0, 0]);
});

it('exchanges the axes of a shape', () => {
  expect(orderedShape([2, 3, 4], 'zyx')).toEqual([2, 3, 4]);
  expect(orderedShape([2, 3, 4], 'xyz')).toEqual([4, 3, 2]);
  expect(orderedShape([2, 3, 4], 'yzx')).toEqual([3, 2, 4]);
});

it('writes CSV: quotes where needed, nothing for a missing value', () => {
  expect(
    csvText([
      ['a', 'b,c'],
      [1, Number.NaN],
    ]),
  ).toBe('a,"b,c"\r\n1,\r\n');
});
