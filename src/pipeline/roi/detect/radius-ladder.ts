// Soma radius from the movie itself: the shape search on a ladder of radii; the radius at which it makes most discoveries.
// Rungs are independent of each other, so they can run as parts of a job.
import type { Plane } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import { discoveries } from './fdr.ts';
import { shapeBranch } from './shape-branch.ts';

/** Radii that are tried, px. */
export const LADDER = [3.6, 4.3, 5.1, 6.1, 7.3, 8.7] as const;

/** What to take when no rung finds anything, px. */
export const FALLBACK_RADIUS = 5;

export interface RungResult {
  readonly radius: number;
  /** Discoveries at tail rates 0.1, 0.2 and 0.3 on average. */
  readonly score: number;
}

const LARGEST_FIELD = 320;
const CROP = 256;
const RATES = [0.1, 0.2, 0.3];
const ROUNDS = 5;
/** With one, the radius found wavers by a tenth from seed to seed. */
const SURROGATES = 2;
const FEWEST = 5;
const SHARPNESS = 6;

/** One rung; a field with a side above 320 px is cropped to its central 256 px there. */
export function* shapeRung(mean: Plane<Float64Array<ArrayBuffer>>, radius: number, seed = 1): Steps<RungResult> {
  const { tail } = yield* shapeBranch(cropCentre(mean), radius, { surrogates: SURROGATES, rounds: ROUNDS, seed });
  const found = RATES.reduce((sum, rate) => sum + discoveries(tail!, rate), 0) / RATES.length;
  return { radius, score: found };
}

/** Weighted mean of the logarithms, weights (score / best)^6; null where even the best rung finds next to nothing. */
export function chooseRadius(rungs: readonly RungResult[]): number | null {
  const best = Math.max(0, ...rungs.map(({ score }) => score));
  if (best < FEWEST) return null;
  let sum = 0;
  let weights = 0;
  for (const { radius, score } of rungs) {
    const weight = (score / best) ** SHARPNESS;
    sum += weight * Math.log(radius);
    weights += weight;
  }
  return Math.exp(sum / weights);
}

function cropCentre({ data, height, width }: Plane<Float64Array<ArrayBuffer>>): Plane<Float64Array<ArrayBuffer>> {
  const rows = height > LARGEST_FIELD ? CROP : height;
  const cols = width > LARGEST_FIELD ? CROP : width;
  const top = Math.floor((height - rows) / 2);
  const left = Math.floor((width - cols) / 2);
  const cropped = new Float64Array(rows * cols);
  for (let y = 0; y < rows; y++) {
    cropped.set(data.subarray((top + y) * width + left, (top + y) * width + left + cols), y * cols);
  }
  return { data: cropped, height: rows, width: cols };
}
