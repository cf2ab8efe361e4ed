// The neurofinder score along the match threshold, or along a cut on the confidence of the estimates, for plots and sliders.
// Each truth's estimates within the largest threshold are sorted once by (distance, index); the nearest remaining one is then
// the first that is not taken, which is exactly the reference's greedy rule with its ties.
import { SomascopeError } from '../../base/errors.ts';
import type { Region } from '../../base/region.ts';
import { type Centres, centresOf, requireSameAxes, squaredDistance } from './centres.ts';
import { rates } from './neurofinder.ts';

/** Parallel arrays, one element per abscissa. */
export interface ScoreCurve {
  /** Thresholds in px, or confidence cuts. */
  readonly at: Float64Array<ArrayBuffer>;
  readonly recall: Float64Array<ArrayBuffer>;
  readonly precision: Float64Array<ArrayBuffer>;
  readonly combined: Float64Array<ArrayBuffer>;
  /** Estimates that take part. */
  readonly kept: Int32Array<ArrayBuffer>;
}

/** 1, 1.5 … 15 px. */
export const CURVE_THRESHOLDS: readonly number[] = Array.from({ length: 29 }, (_, i) => 1 + i / 2);

/** Scores at every threshold (px, in any order). */
export function thresholdCurve(
  truth: readonly Region[],
  estimate: readonly Region[],
  thresholds: ArrayLike<number> = CURVE_THRESHOLDS,
): ScoreCurve {
  const at = Float64Array.from(thresholds);
  const near = nearLists(
    truth,
    estimate,
    at.reduce((largest, value) => Math.max(largest, value), 0),
  );
  const keep = new Uint8Array(estimate.length).fill(1);
  return curve(at, truth.length, (threshold) => ({ hits: countHits(near, keep, threshold), kept: estimate.length }));
}

/** Scores of the estimates whose confidence is at least each of `cuts` (in any order); a confidence of NaN means that there is
 *  none (drawn by hand), and such an estimate always takes part. `threshold` in px. */
export function confidenceCurve(
  truth: readonly Region[],
  estimate: readonly Region[],
  confidence: ArrayLike<number>,
  threshold: number,
  cuts: ArrayLike<number> = confidenceCuts(confidence),
): ScoreCurve {
  if (confidence.length !== estimate.length) {
    throw new SomascopeError('Bug', `${confidence.length} confidences for ${estimate.length} estimates.`);
  }
  const near = nearLists(truth, estimate, threshold);
  const keep = new Uint8Array(estimate.length);
  return curve(Float64Array.from(cuts), truth.length, (cut) => {
    let kept = 0;
    for (let j = 0; j < keep.length; j++) kept += keep[j] = confidence[j]! < cut ? 0 : 1;
    return { hits: countHits(near, keep, threshold), kept };
  });
}

/** At most `limit` cuts in rising order: every distinct confidence, or evenly spaced ranks of them. */
export function confidenceCuts(confidence: ArrayLike<number>, limit = 101): Float64Array<ArrayBuffer> {
  const distinct = Float64Array.from(new Set(Array.from(confidence).filter((value) => !Number.isNaN(value)))).sort();
  if (distinct.length <= limit) return distinct;
  return Float64Array.from({ length: limit }, (_, i) => distinct[Math.round((i * (distinct.length - 1)) / (limit - 1))]!);
}

/** Compressed rows: the estimates of truth i are `index[start[i] … start[i + 1])`, nearest first. */
interface NearLists {
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly distance: Float64Array;
  readonly estimates: number;
}

function nearLists(truth: readonly Region[], estimate: readonly Region[], limit: number): NearLists {
  if (Number.isNaN(limit)) throw new SomascopeError('Invalid', 'The match threshold is not a number.', {}, 'Give it in pixels.');
  const a = centresOf(truth, 'truth');
  const b = centresOf(estimate, 'estimate');
  requireSameAxes(a, b);
  const start = new Int32Array(a.count + 1);
  const index: number[] = [];
  const distance: number[] = [];
  for (let i = 0; i < a.count; i++) {
    for (const [far, j] of nearOf(a, i, b, limit)) {
      index.push(j);
      distance.push(far);
    }
    start[i + 1] = index.length;
  }
  return { start, index: Int32Array.from(index), distance: Float64Array.from(distance), estimates: b.count };
}

function nearOf(a: Centres, i: number, b: Centres, limit: number): [distance: number, index: number][] {
  const near: [number, number][] = [];
  for (let j = 0; j < b.count; j++) {
    const distance = Math.sqrt(squaredDistance(a, i, b, j));
    if (distance < limit) near.push([distance, j]);
  }
  return near.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
}

function countHits({ start, index, distance, estimates }: NearLists, keep: Uint8Array, threshold: number): number {
  const taken = new Uint8Array(estimates);
  let hits = 0;
  for (let i = 0; i + 1 < start.length; i++) {
    for (let k = start[i]!; k < start[i + 1]! && distance[k]! < threshold; k++) {
      const j = index[k]!;
      if (!keep[j] || taken[j]) continue;
      taken[j] = 1;
      hits++;
      break;
    }
  }
  return hits;
}

function curve(
  at: Float64Array<ArrayBuffer>,
  truths: number,
  score: (value: number) => { hits: number; kept: number },
): ScoreCurve {
  const column = () => new Float64Array(at.length);
  const result = { at, recall: column(), precision: column(), combined: column(), kept: new Int32Array(at.length) };
  at.forEach((value, i) => {
    const { hits, kept } = score(value);
    const { recall, precision, combined } = rates(hits, truths, kept);
    result.recall[i] = recall;
    result.precision[i] = precision;
    result.combined[i] = combined;
    result.kept[i] = kept;
  });
  return result;
}
