// Ranks the shape hits: gain on the full mean plus the gain at the same place on the means of the odd and of the even frames.
// Only the order changes; the rates belong to ranks, so they stay where they were.
import { nearest } from './disc.ts';
import type { ShapeHits } from './shape-branch.ts';

export interface RankedHits extends ShapeHits {
  /** Gain of the nearest hit within 0.7 radii on the half-movie means; 0 where there is none. */
  readonly gainOdd: Float64Array<ArrayBuffer>;
  readonly gainEven: Float64Array<ArrayBuffer>;
}

/** How near, in radii, two hits are the same place. */
export const SAME_PLACE = 0.7;

/** `odd` and `even` are null for movies too short to halve: their gains are then 0. */
export function rankByHalves(hits: ShapeHits, odd: ShapeHits | null, even: ShapeHits | null, radius: number): RankedHits {
  const gainIn = (half: ShapeHits | null) =>
    Float64Array.from(hits.row, (row, i) => {
      const at = half ? nearest(half, row, hits.col[i]!, SAME_PLACE * radius) : -1;
      return at < 0 ? 0 : half!.gain[at]!;
    });
  const [gainOdd, gainEven] = [gainIn(odd), gainIn(even)];
  const score = hits.gain.map((gain, i) => gain + gainOdd[i]! + gainEven[i]!);
  const order = Array.from(score.keys()).sort((a, b) => score[b]! - score[a]! || a - b);
  const ints = (source: Int32Array) => Int32Array.from(order, (i) => source[i]!);
  const floats = (source: Float64Array) => Float64Array.from(order, (i) => source[i]!);
  const { tail, real } = hits;
  const gains = { gain: floats(hits.gain), gainOdd: floats(gainOdd), gainEven: floats(gainEven) };
  return { row: ints(hits.row), col: ints(hits.col), ...gains, tail, real };
}
