import { expect, it } from 'vitest';
import { regionFrom } from '../base/region.ts';
import { paintLabels, regionAt } from './picking.ts';

const square = (row: number, col: number, size: number) =>
  regionFrom(Array.from({ length: size * size }, (_, i) => [row + Math.floor(i / size), col + (i % size)]));

it('finds the region under the cursor, rows first', () => {
  const labels = paintLabels([regionFrom([[3, 7]])], 10, 12);
  expect(regionAt(labels, 3.5, 7.99)).toBe(0);
  expect(regionAt(labels, 7.5, 3.5)).toBeNull();
  expect(regionAt(labels, 2.99, 7.5)).toBeNull();
});

it('lets the smallest of overlapping regions win, whatever their order', () => {
  const large = square(0, 0, 6);
  const small = square(2, 2, 2);
  expect(regionAt(paintLabels([large, small], 8, 8), 2, 2)).toBe(1);
  expect(regionAt(paintLabels([small, large], 8, 8), 2, 2)).toBe(0);
  expect(regionAt(paintLabels([small, large], 8, 8), 0, 0)).toBe(1);
});

it('reaches as far as the tolerance and takes the nearest', () => {
  const labels = paintLabels([regionFrom([[5, 2]]), regionFrom([[5, 8]])], 10, 12);
  expect(regionAt(labels, 5.5, 4.5, 1)).toBeNull();
  expect(regionAt(labels, 5.5, 4.5, 1.5)).toBe(0);
  expect(regionAt(labels, 5.5, 5.9, 9)).toBe(1);
  expect(regionAt(labels, 7.2, 4.2, 1.6)).toBeNull();
});

it('prefers the pixel under the cursor to a neighbour that touches it', () => {
  const labels = paintLabels([regionFrom([[5, 2]]), regionFrom([[5, 3]])], 10, 12);
  expect(regionAt(labels, 5, 3, 2)).toBe(1);
});

it('leaves out pixels off the image and regions that are not shown', () => {
  const labels = paintLabels([square(-1, -1, 3), square(0, 0, 1)], 4, 4, (region) => region === 0);
  expect([...labels.data].filter((label) => label > 0)).toEqual([1, 1, 1, 1]);
  expect(regionAt(labels, -0.5, 0.5)).toBeNull();
  expect(regionAt(labels, -0.5, 0.5, 1)).toBe(0);
});

it('takes wide labels where 16 bits do not suffice', () => {
  const regions = Array.from({ length: 65_536 }, (_, i) => regionFrom([[Math.floor(i / 256), i % 256]]));
  const labels = paintLabels(regions, 256, 256);
  expect(labels.data).toBeInstanceOf(Int32Array);
  expect(regionAt(labels, 255, 255)).toBe(65_535);
});
