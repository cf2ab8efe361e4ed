import { describe, expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import { complete } from '../../../base/steps.ts';
import { type BinnedMovie, binnedTrace } from './binned.ts';
import { STEPS, stepOf } from './measure-colours.ts';
import { binnedTraces } from './measures.ts';

const movie: BinnedMovie = {
  factor: 3,
  bins: 4,
  scale: 0.5,
  offset: 7,
  height: 5,
  width: 6,
  images: Array.from({ length: 4 }, (_, bin) => Uint16Array.from({ length: 30 }, (_, i) => (i * 37 + bin * 11) % 101)),
};

describe('traces of many regions', () => {
  it('are those of each alone', () => {
    const regions = [
      [[0, 0]],
      [
        [2, 3],
        [2, 4],
        [4, 5],
      ],
      [
        [-1, 2],
        [9, 9],
      ],
    ].map((pairs) => regionFrom(pairs));
    const traces = complete(binnedTraces(movie, regions));
    regions.forEach(({ points }, i) => {
      expect([...traces.subarray(4 * i, 4 * i + 4)]).toEqual([...binnedTrace(movie, points)]);
    });
    expect(traces[8]).toBeNaN();
  });
});

it('a value has its step of the colour map', () => {
  expect([stepOf(2, 2, 4), stepOf(4, 2, 4), stepOf(9, 2, 4), stepOf(-9, 2, 4)]).toEqual([0, STEPS - 1, STEPS - 1, 0]);
  expect(stepOf(3, 3, 3)).toBe(STEPS - 1);
});
