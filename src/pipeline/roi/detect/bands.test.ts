import { expect, it } from 'vitest';
import { bandRuns, bandsFor, filterReach, margin } from './bands.ts';

it.each([
  [512, 512, 500, 4.7],
  [498, 490, 1000, 8.7],
  [24, 32, 10, 3.6],
  [700, 2048, 300, 7],
  [1, 100, 50, 5],
  [512, 512, 0, 5],
])('covers each row of %i × %i × %i once, radius %f', (height, width, bins, radius) => {
  const bands = bandsFor(height, width, bins, radius);
  let next = 0;
  for (const band of bands) {
    expect(band.coreFirst).toBe(next);
    expect(band.coreRows).toBeGreaterThan(0);
    next += band.coreRows;
    const halo = margin(radius) + filterReach(radius);
    expect(band.firstRow).toBe(Math.max(0, band.coreFirst - halo));
    expect(band.firstRow + band.rows).toBe(Math.min(height, band.coreFirst + band.coreRows + halo));
  }
  expect(next).toBe(height);
  const runs = bandRuns(height, width, bins, radius);
  expect(runs.flatMap((run) => run.bands)).toEqual(bands);
  expect(runs.length === 1 || runs.length % 2 === 0).toBe(true);
  for (const { bands: own, firstRow, rows } of runs) {
    expect(own.length).toBeLessThanOrEqual(3);
    expect(firstRow).toBe(own[0]!.firstRow);
    expect(firstRow + rows).toBe(own.at(-1)!.firstRow + own.at(-1)!.rows);
  }
});

it('keeps the movies of a band within 120 MB', () => {
  for (const { coreRows } of bandsFor(512, 512, 500, 8.7)) {
    expect((coreRows + 2 * margin(8.7)) * 512 * 500 * 4).toBeLessThanOrEqual(120e6);
  }
});
