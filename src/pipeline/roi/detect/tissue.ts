// Which pixels of a mean image [row, column] show tissue: not those without a value, not flat patches (black borders of registered
// movies, saturated spots), not single pixels that stand out of all their neighbours (dead and hot ones).
import type { Plane } from '../../../base/ndarray.ts';

/** A pixel is alone when it differs from every neighbour by more than this many times the range of its neighbours. */
const ALONE = 4;

/** 1 for tissue, 0 for the rest; null where all is tissue. */
export function tissueOf({ data, height, width }: Plane<Float64Array<ArrayBuffer>>): Float64Array<ArrayBuffer> | null {
  const tissue = new Float64Array(data.length).fill(1);
  let rest = 0;
  const leaveOut = (at: number) => {
    rest += tissue[at]!;
    tissue[at] = 0;
  };
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - 1), Math.min(height - 1, y + 1)];
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const value = data[at]!;
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let row = top; row <= bottom; row++) {
        for (let i = row * width + left; i <= row * width + right; i++) {
          if (i === at) continue;
          if (data[i]! < low) low = data[i]!;
          if (data[i]! > high) high = data[i]!;
        }
      }
      const inside = bottom - top === 2 && right - left === 2;
      if (!Number.isFinite(value) || (inside && Math.max(low - value, value - high) > ALONE * (high - low))) leaveOut(at);
      else if (low === value && high === value) {
        // The rim of a flat patch is as flat, though it has other neighbours too.
        for (let row = top; row <= bottom; row++) for (let col = left; col <= right; col++) leaveOut(row * width + col);
      }
    }
  }
  return rest > 0 ? tissue : null;
}
