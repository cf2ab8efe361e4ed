// Scoring 500 regions against 500: discs of about 100 px on a 512 × 512 field, the estimates shifted by a few pixels.

import { type Region, regionFrom } from '../../../src/base/region.ts';
import { makeRng } from '../../../src/base/rng.ts';
import { scoreRegions } from '../../../src/pipeline/score/neurofinder.ts';
import { timeInTurn } from './timing.ts';

const COUNT = 500;
const RADIUS = 5.6;
const SIDE = 512;
const ROUNDS = 9;

function disc(row: number, col: number): Region {
  const pixels: [number, number][] = [];
  const reach = Math.ceil(RADIUS);
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++) if (x * x + y * y <= RADIUS * RADIUS) pixels.push([row + y, col + x]);
  return regionFrom(pixels);
}

/** Median milliseconds. */
export async function timeScoring(): Promise<number> {
  const rng = makeRng(7);
  const place = () => 8 + rng.below(SIDE - 16);
  const centres = Array.from({ length: COUNT }, () => [place(), place()] as const);
  const truth = centres.map(([row, col]) => disc(row, col));
  const estimate = centres.map(([row, col]) => disc(row + rng.below(5) - 2, col + rng.below(5) - 2));
  const { ours } = await timeInTurn({ ours: () => scoreRegions(truth, estimate, 6) }, ROUNDS);
  return ours;
}
