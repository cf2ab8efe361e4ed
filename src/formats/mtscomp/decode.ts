// A chunk of differences back into samples: sums along channels where these were subtracted, then along time, in the type's own
// wrapping arithmetic; from [channel, frame] or [frame, channel] to time-major [frame, channel].
import type { NumericArray } from '../../base/ndarray.ts';

export interface ChunkShape {
  readonly frames: number;
  readonly channels: number;
  readonly order: 'F' | 'C';
  readonly timeDifferences: boolean;
  readonly spatialDifferences: boolean;
}

// Frames of a tile: its rows of 384 samples stay in the second cache while channel after channel is written into them.
const TILE = 64;

/** `stored` in the order of the file; the result has its type. */
export function decodeChunk<T extends NumericArray>(stored: T, shape: ChunkShape): T {
  const { frames, channels, order, timeDifferences, spatialDifferences } = shape;
  const out = order === 'F' ? transposed(stored, frames, channels) : stored;
  if (spatialDifferences) {
    for (let frame = 0; frame < frames; frame++) {
      const row = frame * channels;
      for (let i = row + 1; i < row + channels; i++) out[i]! += out[i - 1]!;
    }
  }
  // Stores into the array wrap, as the subtraction did.
  if (timeDifferences) for (let i = channels; i < out.length; i++) out[i]! += out[i - channels]!;
  return out;
}

/** [channel, frame] to [frame, channel], tile by tile. */
function transposed<T extends NumericArray>(stored: T, frames: number, channels: number): T {
  const out = stored.slice() as T;
  for (let first = 0; first < frames; first += TILE) {
    const last = Math.min(first + TILE, frames);
    for (let channel = 0; channel < channels; channel++) {
      const from = channel * frames;
      for (let frame = first; frame < last; frame++) out[frame * channels + channel] = stored[from + frame]!;
    }
  }
  return out;
}
