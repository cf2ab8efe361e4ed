import { expect, it } from 'vitest';
import { bandsFor, filterReach, margin } from './bands.ts';

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
  expect(bands.length === 1 || bands.length % 2 === 0).toBe(true);
});

it.each([
  [512, 500, 8.7],
  [512, 750, 5.5],
  [512, 1000, 5.5],
])('holds at most 220 MB of a band of %i columns and %i bins, radius %f', (width, bins, radius) => {
  for (const { rows, coreRows } of bandsFor(512, width, bins, radius)) {
    expect((rows + 2 * (coreRows + 2 * margin(radius))) * width * bins * 2).toBeLessThanOrEqual(220e6);
  }
});
