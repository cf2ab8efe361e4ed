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
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const value = data[at]!;
      const around: number[] = [];
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let i = row * width + Math.max(0, x - 1); i <= row * width + Math.min(width - 1, x + 1); i++) {
          if (i === at) continue;
          around.push(i);
          if (data[i]! < low) low = data[i]!;
          if (data[i]! > high) high = data[i]!;
        }
      }
      const alone = around.length === 8 && Math.max(low - value, value - high) > ALONE * (high - low);
      if (!Number.isFinite(value) || alone) leaveOut(at);
      else if (low === value && high === value) {
        leaveOut(at);
        // The rim of a flat patch is as flat, though it has other neighbours too.
        for (const i of around) leaveOut(i);
      }
    }
  }
  return rest > 0 ? tissue : null;
}
