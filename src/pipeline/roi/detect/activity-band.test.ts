import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { activityBand } from './activity-band.ts';
import { type Band, filterReach, margin } from './bands.ts';
import { believe } from './believe.ts';

const HEIGHT = 90;
const WIDTH = 50;
const BINS = 200;
const RADIUS = 4;
const FIELD = { height: HEIGHT, width: WIDTH, bins: BINS, binRate: 2 };

/** White noise with cells that flash: too rarely to stand out of the mean. */
function flashing(cells: readonly (readonly [row: number, col: number])[]): Uint16Array {
  const rng = makeRng(8);
  const movie = Uint16Array.from({ length: BINS * HEIGHT * WIDTH }, () => 200 + 10 * rng.normal());
  for (const [k, [row, col]] of cells.entries()) {
    for (let bin = 10 + 3 * k; bin < BINS; bin += 23) {
      for (let y = row - RADIUS; y <= row + RADIUS; y++) {
        for (let x = col - RADIUS; x <= col + RADIUS; x++) {
          if (Math.hypot(y - row, x - col) <= RADIUS)
            for (let t = bin; t < bin + 3; t++) movie[(t * HEIGHT + y) * WIDTH + x]! += 24 >> (t - bin);
        }
      }
    }
  }
  return movie;
}

function band(coreFirst: number, coreRows: number): Band {
  const halo = margin(RADIUS) + filterReach(RADIUS);
  const firstRow = Math.max(0, coreFirst - halo);
  return { firstRow, rows: Math.min(HEIGHT, coreFirst + coreRows + halo) - firstRow, coreFirst, coreRows };
}

function search(movie: Uint16Array, part: Band) {
  const rows = new Uint16Array(BINS * part.rows * WIDTH);
  for (let bin = 0; bin < BINS; bin++) {
    const from = (bin * HEIGHT + part.firstRow) * WIDTH;
    rows.set(movie.subarray(from, from + part.rows * WIDTH), bin * part.rows * WIDTH);
  }
  return complete(activityBand({ data: rows }, part, FIELD, RADIUS));
}

const NOWHERE = { row: [], col: [] };
const SIZE = { height: HEIGHT, width: WIDTH, radius: RADIUS };

it('finds a flashing cell that the mean image does not show', () => {
  const movie = flashing([[31, 20]]);
  const mean = new Float64Array(HEIGHT * WIDTH);
  movie.forEach((value, i) => {
    mean[i % mean.length]! += value / BINS;
  });
  const average = mean.reduce((sum, value) => sum + value, 0) / mean.length;
  const noise = Math.sqrt(mean.reduce((sum, value) => sum + (value - average) ** 2, 0) / mean.length);
  expect(mean[31 * WIDTH + 20]! - average).toBeLessThan(5 * noise);

  const [best] = believe([search(movie, band(0, HEIGHT))], NOWHERE, SIZE);
  expect(Math.hypot(best!.row - 31, best!.col - 20)).toBeLessThan(1);
  const inside = [...best!.pixels].filter(
    (pixel) => Math.hypot(Math.floor(pixel / WIDTH) - 31, (pixel % WIDTH) - 20) <= RADIUS + 1,
  );
  expect(inside.length / best!.pixels.length).toBeGreaterThan(0.8);
  expect(inside.length).toBeGreaterThan(0.6 * Math.PI * RADIUS ** 2);
});

it('reports a cell on the seam of two bands once, and the same cells as one band does', () => {
  const cells = [
    [12, 12],
    [44, 30],
    [45, 12],
    [75, 35],
  ] as const;
  const movie = flashing(cells);
  const whole = believe([search(movie, band(0, HEIGHT))], NOWHERE, SIZE).slice(0, 4);
  const parts = believe([search(movie, band(0, 45)), search(movie, band(45, 45))], NOWHERE, SIZE).slice(0, 4);
  for (const found of [whole, parts]) {
    for (const [row, col] of cells)
      expect(found.filter((place) => Math.hypot(place.row - row, place.col - col) < 1.5)).toHaveLength(1);
  }
});

it('says nothing about still, very short and empty movies', () => {
  expect(search(new Uint16Array(BINS * HEIGHT * WIDTH).fill(50), band(0, HEIGHT)).row).toHaveLength(0);
  const rows = { data: new Uint16Array(3 * HEIGHT * WIDTH) };
  const short = complete(activityBand(rows, band(0, HEIGHT), { ...FIELD, bins: 3 }, RADIUS));
  expect(short.row).toHaveLength(0);
  expect([...short.starts]).toEqual([0]);
});
