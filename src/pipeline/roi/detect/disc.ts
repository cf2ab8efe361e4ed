// Discs as regions, and places near each other. Pixels of a region are row, column pairs.
import type { Region } from '../../../base/region.ts';

/** Pixels of the field within `radius` px of a centre that is rounded to whole pixels. */
export function disc(row: number, col: number, radius: number, height: number, width: number): Region {
  const points: number[] = [];
  const [top, left] = [Math.round(row), Math.round(col)];
  const reach = Math.floor(radius) + 1;
  for (let y = Math.max(0, top - reach); y <= Math.min(height - 1, top + reach); y++) {
    for (let x = Math.max(0, left - reach); x <= Math.min(width - 1, left + reach); x++) {
      if ((y - top) ** 2 + (x - left) ** 2 <= radius * radius) points.push(y, x);
    }
  }
  return { points: Float64Array.from(points), dims: 2 };
}

export interface Places {
  readonly row: ArrayLike<number>;
  readonly col: ArrayLike<number>;
}

/** Index of the nearest of the first `count` places that is nearer than `limit` px; −1 where there is none. */
export function nearest(places: Places, row: number, col: number, limit: number, count = places.row.length): number {
  let best = -1;
  let least = limit * limit;
  for (let i = 0; i < count; i++) {
    const square = (places.row[i]! - row) ** 2 + (places.col[i]! - col) ** 2;
    if (square < least) {
      least = square;
      best = i;
    }
  }
  return best;
}
