// Zero-phase filtering of every channel of a block.
import { CHANNEL_GROUP, type FloatBlock, putSeries, type TraceBlock, takeSeries } from '../block.ts';
import type { Sections } from './butterworth.ts';
import { zeroPhase } from './filtfilt.ts';

/** The filtered block without its first `before` and last `after` frames, which only settle the filter. */
export function filterBlock(block: TraceBlock, sections: Sections, before = 0, after = 0): FloatBlock {
  const { frames, channels } = block;
  const kept = frames - before - after;
  const out: FloatBlock = { data: new Float32Array(kept * channels), frames: kept, channels };
  const filter = zeroPhase(sections);
  const stride = frames + 2 * filter.padding;
  const series = new Float64Array(CHANNEL_GROUP * stride);
  for (let first = 0; first < channels; first += CHANNEL_GROUP) {
    const count = Math.min(CHANNEL_GROUP, channels - first);
    takeSeries(block, first, count, series, stride, filter.padding);
    for (let c = 0; c < count; c++) filter.apply(series.subarray(c * stride, (c + 1) * stride), frames);
    putSeries(out, first, count, series, stride, filter.padding + before);
  }
  return out;
}
