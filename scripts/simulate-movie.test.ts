import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Family } from './simulate/params.ts';
import { simulateMovie } from './simulate-movie.ts';

const SMALL = { height: 96, width: 80, frames: 40 };
const FAMILIES: Family[] = ['00', '01', '02', '03', '04'];

const digest = (movie: Uint16Array) => createHash('sha256').update(new Uint8Array(movie.buffer)).digest('hex');

it('gives the same movie for the same family and seed, another for another', () => {
  const small = { height: 48, width: 56, frames: 8 };
  const first = simulateMovie('01', 3, small);
  const again = simulateMovie('01', 3, small);
  expect(digest(again.movie)).toBe(digest(first.movie));
  expect(again.regions).toEqual(first.regions);
  expect(digest(simulateMovie('01', 4, small).movie)).not.toBe(digest(first.movie));
  expect(digest(simulateMovie('02', 3, small).movie)).not.toBe(digest(first.movie));
});

it.each(FAMILIES)('family %s: regions lie inside, frames hold light and noise', (family) => {
  const { movie, regions, cells, params, info } = simulateMovie(family, 2, SMALL);
  expect(movie).toBeInstanceOf(Uint16Array);
  expect(movie).toHaveLength(96 * 80 * 40);
  expect(info.dimensions).toEqual([96, 80, 40]);
  expect(regions.length).toBeGreaterThan(1);
  expect(cells).toHaveLength(regions.length);
  for (const region of regions) {
    expect(new Set(region.map(([row, col]) => row * 80 + col)).size).toBe(region.length);
    expect(region.every(([row, col]) => row >= 0 && row < 96 && col >= 0 && col < 80)).toBe(true);
  }
  const whole = cells
    .map((cell, i) => ({ cell, area: regions[i]!.length }))
    .filter(({ cell: { row, col } }) => row > 12 && row < 84 && col > 12 && col < 68);
  for (const { cell, area } of whole) {
    const ratio = area / (Math.PI * cell.radius ** 2);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  }
  const mean = movie.reduce((sum, v) => sum + v, 0) / movie.length;
  const light = (mean - params.offset) / params.gain / params.photons;
  expect(light).toBeGreaterThan(0.3);
  expect(light).toBeLessThan(3);
  expect(noiseSlope(movie, 96 * 80, params.gain)).toBeGreaterThan(0.5);
  expect(noiseSlope(movie, 96 * 80, params.gain)).toBeLessThan(2.5);
});

/** Variance of neighbouring frames' difference over mean, in counts a photon: 1 for photon noise alone. */
function noiseSlope(movie: Uint16Array, pixels: number, gain: number): number {
  let difference = 0;
  let sum = 0;
  for (let i = pixels; i < movie.length; i++) {
    difference += (movie[i]! - movie[i - pixels]!) ** 2 / 2;
    sum += movie[i]!;
  }
  return difference / sum / gain;
}

it('lets active cells fire and silent ones only glow', () => {
  const { cells } = simulateMovie('01', 5, { ...SMALL, classes: { active: 0.5, silent: 0.5, hidden: 0 } });
  const peaks = (kind: string) =>
    cells.filter((cell) => cell.kind === kind).map(({ dff }) => dff.reduce((most, v) => Math.max(most, v), 0));
  expect(peaks('active').length).toBeGreaterThan(0);
  expect(peaks('active').every((peak) => peak > 0.05)).toBe(true);
  expect(peaks('silent').length).toBeGreaterThan(0);
  expect(peaks('silent').every((peak) => peak === 0)).toBe(true);
});

it('brightens a cell in the movie when its dF/F says so', () => {
  const { movie, regions, cells, params } = simulateMovie('01', 6, {
    ...SMALL,
    lineNoise: 0,
    bright: 0,
    distractors: 0,
    photons: 60,
  });
  const strongest = cells.reduce((best, cell, i) => (Math.max(...cell.dff) > Math.max(...cells[best]!.dff) ? i : best), 0);
  const { dff } = cells[strongest]!;
  const course = Array.from({ length: SMALL.frames }, (_, t) =>
    regions[strongest]!.reduce((sum, [row, col]) => sum + movie[(t * 96 + row) * 80 + col]!, 0),
  );
  expect(params.frames).toBe(SMALL.frames);
  expect(correlation(course, [...dff])).toBeGreaterThan(0.8);
});

function correlation(a: number[], b: number[]): number {
  const centred = (x: number[]) => x.map((v) => v - x.reduce((sum, w) => sum + w, 0) / x.length);
  const [x, y] = [centred(a), centred(b)];
  const dot = (p: number[], q: number[]) => p.reduce((sum, v, i) => sum + v * q[i]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

it('makes family 04 two data sets: odd seeds are slower', () => {
  const tiny = { height: 32, width: 32, frames: 2 };
  expect(simulateMovie('04', 2, tiny).params.rateHz).toBe(6.75);
  expect(simulateMovie('04', 3, tiny).params.rateHz).toBe(3);
});
