// The neurofinder score, equal to the last bit to the reference (codeneuro/neurofinder-python 1.1.1 on freeman-lab/regional
// 1.1.2): a greedy match in the order of the truth, nearest remaining centre first, strictly nearer than the threshold.
// The test looks only at the nearest remaining estimate, so the result depends on the truth's order and is not optimal.
// Distances and thresholds in pixels. Nothing is rounded here.
import { SomascopeError } from '../../base/errors.ts';
import type { Region } from '../../base/region.ts';
import { type Centres, centresOf, requireSameAxes, squaredDistance } from './centres.ts';
import { fusedDistance } from './fused-distance.ts';
import { makeOverlapCounter } from './overlap.ts';

export interface ScorePair {
  readonly truth: number;
  readonly estimate: number;
  /** Share of the truth's listed pixels that the estimate lists too. */
  readonly inclusion: number;
  /** The same count over the estimate's listed pixels; above 1 where the truth repeats pixels. */
  readonly exclusion: number;
  /** Between the centres, px, in the reference's own rounding. */
  readonly distance: number;
}

/** A region without partner, and the nearest region of the other list whether that is taken or not. */
export interface Unmatched {
  readonly index: number;
  /** −1 where the other list is empty. */
  readonly nearest: number;
  /** Between the centres, px; Infinity where the other list is empty. */
  readonly distance: number;
}

export interface NeurofinderScore {
  readonly threshold: number;
  /** Per truth region the index of its estimate, or −1. */
  readonly match: Int32Array<ArrayBuffer>;
  /** In truth order. */
  readonly pairs: readonly ScorePair[];
  readonly recall: number;
  readonly precision: number;
  /** Harmonic mean of recall and precision. */
  readonly combined: number;
  /** Means over the pairs; 0 without pairs, as the reference says. */
  readonly inclusion: number;
  readonly exclusion: number;
  /** Truth regions without estimate, in truth order. */
  readonly missed: readonly Unmatched[];
  /** Estimates without truth, in estimate order. */
  readonly extra: readonly Unmatched[];
  /** What a person must know about these figures. */
  readonly note?: string;
}

export const EMPTY_NOTE = 'the reference refuses empty sets';

/** Scores `estimate` against `truth`; `threshold` may be Infinity. O(|truth| · |estimate|).
 *  Throws Invalid for a region without pixels (place.index names it), for mixed axes and for a threshold that is no number. */
export function scoreRegions(truth: readonly Region[], estimate: readonly Region[], threshold: number): NeurofinderScore {
  if (Number.isNaN(threshold))
    throw new SomascopeError('Invalid', 'The match threshold is not a number.', {}, 'Give it in pixels.');
  const a = centresOf(truth, 'truth');
  const b = centresOf(estimate, 'estimate');
  requireSameAxes(a, b);
  const match = matchCentres(a, b, threshold);
  const pairs = measurePairs(truth, estimate, a, b, match);
  const empty = truth.length === 0 || estimate.length === 0;
  return {
    threshold,
    match,
    pairs,
    ...rates(pairs.length, truth.length, estimate.length),
    inclusion: meanOf(pairs, 'inclusion'),
    exclusion: meanOf(pairs, 'exclusion'),
    ...unmatched(a, b, match),
    ...(empty ? { note: EMPTY_NOTE } : {}),
  };
}

/** Recall, precision and their harmonic mean from counts; 0 where there is nothing to divide by. */
export function rates(hits: number, truths: number, estimates: number): { recall: number; precision: number; combined: number } {
  const recall = truths === 0 ? 0 : hits / truths;
  const precision = estimates === 0 ? 0 : hits / estimates;
  return { recall, precision, combined: hits === 0 ? 0 : (2 * (recall * precision)) / (recall + precision) };
}

function matchCentres(a: Centres, b: Centres, threshold: number): Int32Array<ArrayBuffer> {
  const match = new Int32Array(a.count).fill(-1);
  const left = Int32Array.from({ length: b.count }, (_, j) => j);
  let remaining = b.count;
  for (let i = 0; i < a.count && remaining > 0; i++) {
    const { position, distance } = nearestOf(a, i, b, left, remaining);
    if (position < 0 || !(distance < threshold)) continue;
    match[i] = left[position]!;
    left.copyWithin(position, position + 1, remaining--);
  }
  return match;
}

/** The first of the smallest distances from centre `i` of `a` to the centres of `b` listed in `list`; position −1 for none. */
function nearestOf(a: Centres, i: number, b: Centres, list: Int32Array, length: number): { position: number; distance: number } {
  let position = -1;
  let distance = Infinity;
  let nearest = Infinity;
  const planar = a.dims === 2;
  const row = a.data[i * a.dims]!;
  const col = a.data[i * a.dims + 1]!;
  for (let k = 0; k < length; k++) {
    const j = list[k]!;
    let square: number;
    if (planar) {
      const rows = row - b.data[2 * j]!;
      const cols = col - b.data[2 * j + 1]!;
      square = rows * rows + cols * cols;
    } else square = squaredDistance(a, i, b, j);
    if (square >= nearest) continue;
    // Two squares may share one root; the reference compares roots, and the first index wins.
    const root = Math.sqrt(square);
    if (root >= distance) continue;
    position = k;
    distance = root;
    nearest = square;
  }
  return { position, distance };
}

function measurePairs(
  truth: readonly Region[],
  estimate: readonly Region[],
  a: Centres,
  b: Centres,
  match: Int32Array,
): ScorePair[] {
  const overlap = makeOverlapCounter();
  const pairs: ScorePair[] = [];
  match.forEach((j, i) => {
    if (j < 0) return;
    const shared = overlap(truth[i]!, estimate[j]!);
    const inclusion = shared / (truth[i]!.points.length / a.dims);
    const exclusion = shared / (estimate[j]!.points.length / b.dims);
    pairs.push({ truth: i, estimate: j, inclusion, exclusion, distance: fusedDistance(a, i, b, j) });
  });
  return pairs;
}

function meanOf(pairs: readonly ScorePair[], key: 'inclusion' | 'exclusion'): number {
  return pairs.length === 0 ? 0 : pairs.reduce((sum, pair) => sum + pair[key], 0) / pairs.length;
}

function unmatched(a: Centres, b: Centres, match: Int32Array): { missed: Unmatched[]; extra: Unmatched[] } {
  const taken = new Uint8Array(b.count);
  for (const j of match) if (j >= 0) taken[j] = 1;
  const missed: number[] = [];
  const extra: number[] = [];
  match.forEach((j, i) => {
    if (j < 0) missed.push(i);
  });
  taken.forEach((used, j) => {
    if (!used) extra.push(j);
  });
  return { missed: nearestToEach(missed, a, b), extra: nearestToEach(extra, b, a) };
}

function nearestToEach(indices: readonly number[], from: Centres, to: Centres): Unmatched[] {
  const all = Int32Array.from({ length: to.count }, (_, j) => j);
  return indices.map((index) => {
    const { position, distance } = nearestOf(from, index, to, all, to.count);
    return { index, nearest: position, distance };
  });
}
