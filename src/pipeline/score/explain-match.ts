// Why the reference matched each region, or why it did not: the story of its greedy walk through the truth, told per region.
// Distances in pixels, indices 0-based.
import type { Region } from '../../base/region.ts';
import { centresOf, squaredDistance } from './centres.ts';
import { scoreRegions } from './neurofinder.ts';

export interface MatchedStory {
  readonly kind: 'matched';
  /** In the other list. */
  readonly partner: number;
  readonly distance: number;
  readonly inclusion: number;
  readonly exclusion: number;
}

/** The other list is empty. */
export interface AloneStory {
  readonly kind: 'alone';
}

/** The nearest region of the other list is not nearer than the threshold. */
export interface FarStory {
  readonly kind: 'far';
  readonly nearest: number;
  readonly distance: number;
}

/** The nearest region of the other list is near enough but went to another. */
export interface TakenStory {
  readonly kind: 'taken';
  readonly nearest: number;
  readonly distance: number;
  /** Who has it; for a truth that was missed, a truth that comes earlier in the file. */
  readonly taker: number;
  readonly takerDistance: number;
  /** The nearest that was left at this truth's turn; −1 where none was left, and for estimates. */
  readonly next: number;
  readonly nextDistance: number;
}

export type MatchStory = MatchedStory | AloneStory | FarStory | TakenStory;

export interface MatchStories {
  readonly truth: readonly MatchStory[];
  readonly estimate: readonly MatchStory[];
}

/** Throws as `scoreRegions` does. O(|truth| · |estimate|). */
export function explainMatch(truth: readonly Region[], estimate: readonly Region[], threshold: number): MatchStories {
  const { match, pairs } = scoreRegions(truth, estimate, threshold);
  const a = centresOf(truth, 'truth');
  const b = centresOf(estimate, 'estimate');
  const between = (i: number, j: number) => Math.sqrt(squaredDistance(a, i, b, j));
  const truthOf = new Int32Array(b.count).fill(-1);
  match.forEach((j, i) => {
    if (j >= 0) truthOf[j] = i;
  });
  const matched = new Map(pairs.map((pair) => [pair.truth, pair]));

  const tellTruth = (i: number): MatchStory => {
    const pair = matched.get(i);
    if (pair) return { kind: 'matched', partner: pair.estimate, ...figuresOf(pair) };
    const [nearest, distance] = nearestBy(b.count, (j) => between(i, j));
    if (nearest < 0) return { kind: 'alone' };
    if (!(distance < threshold)) return { kind: 'far', nearest, distance };
    const taker = truthOf[nearest]!;
    // At its turn, what earlier truths had taken was gone.
    const [next, nextDistance] = nearestBy(b.count, (j) => (truthOf[j]! >= 0 && truthOf[j]! < i ? Infinity : between(i, j)));
    return { kind: 'taken', nearest, distance, taker, takerDistance: between(taker, nearest), next, nextDistance };
  };
  const tellEstimate = (j: number): MatchStory => {
    const pair = matched.get(truthOf[j]!);
    if (pair) return { kind: 'matched', partner: pair.truth, ...figuresOf(pair) };
    const [nearest, distance] = nearestBy(a.count, (i) => between(i, j));
    if (nearest < 0) return { kind: 'alone' };
    if (!(distance < threshold)) return { kind: 'far', nearest, distance };
    const taker = match[nearest]!;
    const none = { next: -1, nextDistance: Infinity };
    return { kind: 'taken', nearest, distance, taker, takerDistance: between(nearest, taker), ...none };
  };
  return { truth: truth.map((_, i) => tellTruth(i)), estimate: estimate.map((_, j) => tellEstimate(j)) };
}

function figuresOf({ distance, inclusion, exclusion }: { distance: number; inclusion: number; exclusion: number }) {
  return { distance, inclusion, exclusion };
}

/** The first of the smallest distances; −1 where all are infinite. */
function nearestBy(count: number, distanceTo: (index: number) => number): [index: number, distance: number] {
  let index = -1;
  let least = Infinity;
  for (let k = 0; k < count; k++) {
    const distance = distanceTo(k);
    if (distance < least) {
      index = k;
      least = distance;
    }
  }
  return [index, least];
}
