import { expect, it } from 'vitest';
import type { BinnedMovie } from './binned.ts';
import { cutWindow, discPoints } from './binned-window.ts';

const movie: BinnedMovie = {
  factor: 1,
  bins: 2,
  scale: 1,
  offset: 0,
  height: 6,
  width: 7,
  images: [0, 100].map((base) => Uint16Array.from({ length: 42 }, (_, i) => base + i)),
};

it('a window holds every bin, and ends at the edges of the field', () => {
  const { data, ...place } = cutWindow(movie, 3, 4, 1);
  expect(place).toEqual({ top: 2, left: 3, height: 3, width: 3 });
  expect([...data]).toEqual([17, 18, 19, 24, 25, 26, 31, 32, 33, 117, 118, 119, 124, 125, 126, 131, 132, 133]);
  expect(cutWindow(movie, 0, 6, 2)).toMatchObject({ top: 0, left: 4, height: 3, width: 3 });
});

it('a disc holds the pixels whose centres are within its radius', () => {
  expect([...discPoints(2.5, 3.5, 1, 6, 7)]).toEqual([1, 3, 2, 2, 2, 3, 2, 4, 3, 3]);
  expect([...discPoints(0, 0, 1, 6, 7)]).toEqual([0, 0]);
  expect(discPoints(-9, 3, 2, 6, 7)).toHaveLength(0);
});
