import { expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import type { BinnedMovie } from './binned.ts';
import { addMeans, meanTrace } from './mean-trace.ts';

const image = (...values: number[]) => Uint16Array.from(values);
const movieOf = (images: Uint16Array<ArrayBuffer>[]): BinnedMovie => ({
  factor: 4,
  bins: 3,
  scale: 2,
  offset: -1,
  height: 1,
  width: 2,
  images,
});

it('gives the mean of all pixels in raw values and reads each bin once', async () => {
  const movie = movieOf([image(1, 3), image(0, 10)]);
  const known: number[] = [];
  expect([...complete(addMeans(movie, known))]).toEqual([3, 9]);
  movie.images[0] = image(1000, 1000);
  movie.images.push(image(65535, 65535));
  expect([...complete(addMeans(movie, known))]).toEqual([3, 9, 131069]);
});

it('may run twice at once', async () => {
  const movie = movieOf(Array.from({ length: 50 }, (_, i) => image(i, i)));
  const [a, b] = await Promise.all([meanTrace(movie), meanTrace(movie)]);
  expect([...a]).toEqual(Array.from({ length: 50 }, (_, i) => 2 * i - 1));
  expect([...b]).toEqual([...a]);
});
