// Where the cells lie: random sequential packing, [row, column] centres.
import type { Rng } from '../../src/base/rng.ts';
import type { Grid } from './blur.ts';

export interface Place {
  readonly row: number;
  readonly col: number;
}

/** Centres at least (r1 + r2) * (1 - overlap) apart where that can be had; a full field gives way by 15 % every 100 trials. */
export function placeCells(rng: Rng, { height, width }: Grid, radii: readonly number[], overlap: number): Place[] {
  const places: Place[] = [];
  for (const radius of radii) {
    let slack = 1 - overlap;
    let place = { row: 0, col: 0 };
    for (let trial = 0; trial < 400; trial++) {
      place = { row: rng.uniform() * height, col: rng.uniform() * width };
      const free = places.every(
        (other, i) => Math.hypot(other.row - place.row, other.col - place.col) > slack * (radius + radii[i]!),
      );
      if (free) break;
      if (trial % 100 === 99) slack *= 0.85;
    }
    places.push(place);
  }
  return places;
}
