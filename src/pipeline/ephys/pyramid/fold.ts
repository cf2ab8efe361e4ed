// The finest thing that a picture of many samples may not lose: the lowest and highest of each column of `step` frames. Levels are
// [channel][column]; a column never read is NaN, which any number replaces: missing is never zero.
import type { FloatBlock } from '../block.ts';

export interface MinMax {
  readonly low: Float32Array<ArrayBuffer>;
  readonly high: Float32Array<ArrayBuffer>;
  readonly columns: number;
  readonly channels: number;
}

export function emptyMinMax(channels: number, columns: number): MinMax {
  const missing = () => new Float32Array(channels * columns).fill(Number.NaN);
  return { low: missing(), high: missing(), columns, channels };
}

/**
 * Adds the frames of a block whose first frame is `at`; column k covers frames [from + k · step, from + (k + 1) · step). Frames outside
 * of the columns are left out. Every column is gathered in a row of its own first, because the level lies the other way round.
 */
export function foldBlock({ data, frames, channels }: FloatBlock, at: number, from: number, step: number, into: MinMax): void {
  const { low, high, columns } = into;
  const least = new Float32Array(channels);
  const most = new Float32Array(channels);
  for (let t = Math.max(0, from - at); t < frames; ) {
    const column = Math.floor((at + t - from) / step);
    if (column >= columns) return;
    const end = Math.min(frames, from + (column + 1) * step - at);
    least.fill(Number.NaN);
    most.fill(Number.NaN);
    for (; t < end; t++) {
      for (let c = 0, i = t * channels; c < channels; c++, i++) {
        const value = data[i]!;
        if (!(least[c]! <= value)) least[c] = value;
        if (!(most[c]! >= value)) most[c] = value;
      }
    }
    for (let c = 0, to = column; c < channels; c++, to += columns) {
      if (!(low[to]! <= least[c]!)) low[to] = least[c]!;
      if (!(high[to]! >= most[c]!)) high[to] = most[c]!;
    }
  }
}

/** Samples [channel][frame] of a block, copied: the level of single frames. */
export function transposed({ data, frames, channels }: FloatBlock): Float32Array<ArrayBuffer> {
  const out = new Float32Array(data.length);
  // In tiles of frames, so that what is read and what is written both stay in the cache.
  for (let first = 0; first < frames; first += TILE) {
    const end = Math.min(frames, first + TILE);
    for (let c = 0; c < channels; c++)
      for (let t = first, from = first * channels + c; t < end; t++, from += channels) out[c * frames + t] = data[from]!;
  }
  return out;
}

const TILE = 64;
