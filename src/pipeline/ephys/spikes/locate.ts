// Places of detected spikes: the centre of mass of what rises above the noise on the channels around each peak. Channels that show
// noise alone would pull every spike to the middle of its neighbourhood, and hide half of the drift. µm.
import type { FloatBlock } from '../block.ts';
import { centreOfMass } from '../template/location.ts';
import type { DetectedSpikes } from './detect.ts';

/** The peak-to-peak range of noise alone within a millisecond is about four deviations. */
const NOISE_RANGE = 4;

/**
 * [spike][x, y]; NaN where the window of ± `halfSamples` leaves the block. `neighbours`: channels around each channel (75 µm; see
 * `neighboursWithin`), `noise` and samples in one unit, `positions` [channel][x, y].
 */
export function locateSpikes(
  { data, frames: total, channels }: FloatBlock,
  { frames, channels: peaks }: DetectedSpikes,
  noise: ArrayLike<number>,
  neighbours: readonly ArrayLike<number>[],
  positions: ArrayLike<number>,
  halfSamples: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(2 * frames.length).fill(Number.NaN);
  const sizes = new Float64Array(channels);
  for (let i = 0; i < frames.length; i++) {
    const [from, to] = [frames[i]! - halfSamples, frames[i]! + halfSamples];
    if (from < 0 || to > total) continue;
    const near = neighbours[peaks[i]!]!;
    for (let k = 0; k < near.length; k++) {
      const c = near[k]!;
      let low = Infinity;
      let high = -Infinity;
      for (let at = from * channels + c; at < to * channels; at += channels) {
        const x = data[at]!;
        if (x < low) low = x;
        if (x > high) high = x;
      }
      sizes[c] = Math.max(0, high - low - NOISE_RANGE * noise[c]!);
    }
    out.set(centreOfMass(sizes, positions, near), 2 * i);
  }
  return out;
}
