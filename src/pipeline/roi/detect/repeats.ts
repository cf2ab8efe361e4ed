// Ranks the shape hits by how well they show again: gain on the full mean plus the gains at the same place on the means of the odd
// and of the even frames, and with templates of a smaller and of a larger radius. Each search learns its own templates, so
// what only one of them sees falls behind. Only the order changes; the rates belong to ranks, so they stay where they were.
import { nearest } from './disc.ts';
import { DIRECTIONS } from './ring-outline.ts';
import type { ShapeHits } from './shape-branch.ts';

/** Further searches on the same field; null where the movie is too short for one. */
export interface Repeats {
  readonly odd: ShapeHits | null;
  readonly even: ShapeHits | null;
  /** On the full mean, at `NEIGHBOUR_RADII` times the radius. */
  readonly smaller: ShapeHits | null;
  readonly larger: ShapeHits | null;
}

export const NEIGHBOUR_RADII = { smaller: 0.88, larger: 1.12 } as const;

export interface RankedHits extends ShapeHits {
  /** Gain of the nearest hit within 0.7 radii on the half-movie means; 0 where there is none. */
  readonly gainOdd: Float64Array<ArrayBuffer>;
  readonly gainEven: Float64Array<ArrayBuffer>;
  /** Mean gain over all searches that were made: falls with the rank. */
  readonly meanGain: Float64Array<ArrayBuffer>;
}

/** How near, in radii, two hits are the same place. */
export const SAME_PLACE = 0.7;

export function rankByRepeats(hits: ShapeHits, { odd, even, smaller, larger }: Repeats, radius: number): RankedHits {
  const [gainOdd, gainEven, gainSmaller, gainLarger] = [odd, even, smaller, larger].map((search) =>
    Float64Array.from(hits.row, (row, i) => {
      const at = search ? nearest(search, row, hits.col[i]!, SAME_PLACE * radius) : -1;
      return at < 0 ? 0 : search!.gain[at]!;
    }),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const score = hits.gain.map((gain, i) => gain + gainOdd[i]! + gainEven[i]! + gainSmaller[i]! + gainLarger[i]!);
  const order = Array.from(score.keys()).sort((a, b) => score[b]! - score[a]! || a - b);
  const ints = (source: Int32Array) => Int32Array.from(order, (i) => source[i]!);
  const floats = (source: Float64Array) => Float64Array.from(order, (i) => source[i]!);
  const { tail, real } = hits;
  const searches = 1 + [odd, even, smaller, larger].filter((search) => search !== null).length;
  const meanGain = floats(score).map((sum) => sum / searches);
  const gains = { gain: floats(hits.gain), gainOdd: floats(gainOdd), gainEven: floats(gainEven), meanGain };
  const outline = new Float32Array(hits.outline.length);
  for (const [rank, i] of order.entries()) {
    outline.set(hits.outline.subarray(i * DIRECTIONS, (i + 1) * DIRECTIONS), rank * DIRECTIONS);
  }
  return { row: ints(hits.row), col: ints(hits.col), ...gains, outline, tail, real };
}
