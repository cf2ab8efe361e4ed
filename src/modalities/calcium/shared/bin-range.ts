// Which values the 16-bit binned movie must be able to hold, guessed from one frame, and what it may take.
import type { NumericArray } from '../../../base/ndarray.ts';

/** A bin may be this many times brighter than the brightest pixel of the first frame before it is clipped. */
const HEADROOM = 8;

export const MAX_BINNED_BYTES = 256e6;

export function binRange(first: NumericArray): [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of first) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const span = Math.max(high - low, Math.abs(high), 1e-30);
  return [low < 0 ? low - span : 0, Math.max(high, low) + (HEADROOM - 1) * span];
}
