// The whole detector on one thread, in the order and with the parts that the jobs use, so that results are equal:
// radius ladder, shape search and its repeats, activity search by bands, union.
import type { Plane } from '../../../base/ndarray.ts';
import { type Steps, within } from '../../../base/steps.ts';
import { type ActivityCandidates, activityBand } from './activity-band.ts';
import { bandsFor } from './bands.ts';
import { chooseRadius, FALLBACK_RADIUS, LADDER, type RungResult, shapeRung } from './radius-ladder.ts';
import { NEIGHBOUR_RADII, type Repeats } from './repeats.ts';
import { shapeBranch } from './shape-branch.ts';
import { type Labels, type United, unite } from './unite.ts';

export interface DetectInput {
  /** Mean images over all, odd and even frames; the last two null for movies of up to three frames. */
  readonly mean: Plane<Float64Array<ArrayBuffer>>;
  readonly odd: Plane<Float64Array<ArrayBuffer>> | null;
  readonly even: Plane<Float64Array<ArrayBuffer>> | null;
  /** The binned movie [bin, row, column], uint16, and its rate in bins per second; null where there is none. */
  readonly binned: { readonly data: Uint16Array; readonly bins: number; readonly binRate: number } | null;
  readonly labels: Labels;
  /** 0…1, 0.5 is the default answer. */
  readonly sensitivity: number;
  /** Soma radius, px; null: found from the mean image. */
  readonly radius: number | null;
}

export interface DetectOutput extends United {
  readonly radius: number;
}

export function* detectAll(input: DetectInput): Steps<DetectOutput> {
  const { mean, odd, even, binned, labels, sensitivity } = input;
  const { height, width } = mean;
  const radius = input.radius ?? (yield* within(ladder(mean), 0, 0.3));
  const shape = yield* within(shapeBranch(mean, radius, { surrogates: 3 }), 0.3, 0.45);
  const again = (image: Plane<Float64Array<ArrayBuffer>>, px: number, from: number) =>
    within(shapeBranch(image, px, { surrogates: 0 }), from, from + 0.05);
  const repeats: Repeats = {
    odd: odd && (yield* again(odd, radius, 0.45)),
    even: even && (yield* again(even, radius, 0.5)),
    smaller: yield* again(mean, NEIGHBOUR_RADII.smaller * radius, 0.55),
    larger: yield* again(mean, NEIGHBOUR_RADII.larger * radius, 0.6),
  };
  const activity: ActivityCandidates[] = [];
  if (labels !== 'visible' && binned) {
    const { bins, binRate, data } = binned;
    const bands = bandsFor(height, width, bins, radius);
    for (const [k, band] of bands.entries()) {
      const rows = cutRows(data, bins, height * width, band.firstRow * width, band.rows * width);
      const steps = activityBand({ data: rows }, band, { height, width, bins, binRate }, radius);
      activity.push(yield* within(steps, 0.65 + (0.35 * k) / bands.length, 0.65 + (0.35 * (k + 1)) / bands.length));
    }
  }
  return { radius, ...unite({ shape, ...repeats, activity, labels, sensitivity, radius, height, width }) };
}

function* ladder(mean: Plane<Float64Array<ArrayBuffer>>): Steps<number> {
  const rungs: RungResult[] = [];
  for (const [k, radius] of LADDER.entries()) {
    rungs.push(yield* within(shapeRung(mean, radius), k / LADDER.length, (k + 1) / LADDER.length));
  }
  return chooseRadius(rungs) ?? FALLBACK_RADIUS;
}

/** Part of every bin. */
function cutRows(data: Uint16Array, bins: number, size: number, from: number, length: number): Uint16Array<ArrayBuffer> {
  const out = new Uint16Array(bins * length);
  for (let bin = 0; bin < bins; bin++) out.set(data.subarray(bin * size + from, bin * size + from + length), bin * length);
  return out;
}
