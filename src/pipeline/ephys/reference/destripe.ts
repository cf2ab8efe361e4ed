// IBL's destriping: high-pass, shift of the converters, then a high-pass along the channels (k-filter) of traces whose gain was
// evened out, or the common median instead. Source: ibl-neuropixel `voltage.destripe`, `kfilt`, `agc`.
import { type ChannelContext, type FloatBlock, framesOfBlock, type TraceBlock } from '../block.ts';
import { butterworth } from '../filter/butterworth.ts';
import { filterBlock } from '../filter/filter-block.ts';
import { zeroPhase } from '../filter/filtfilt.ts';
import { shiftPeriodic } from '../filter/phase-shift.ts';
import { subtractReference } from './common-reference.ts';

export interface DestripeParameters {
  /** Hz. */
  readonly cutoff: number;
  readonly order: number;
  readonly spatial: 'k-filter' | 'median';
}

export const DESTRIPE: DestripeParameters = { cutoff: 300, order: 3, spatial: 'k-filter' };

/** Length of the window in which the gain is evened out, in seconds. */
export const GAIN_SECONDS = 0.1;
const MIRRORED = 60;
const SPATIAL = { order: 3, cutoff: 0.01 } as const;
const EPSILON = 1e-8;

/** The block, which the shift takes as periodic, without its first `before` and last `after` frames. */
export function destripe(
  block: TraceBlock,
  { cutoff, order, spatial }: DestripeParameters,
  context: ChannelContext,
  before = 0,
  after = 0,
): FloatBlock {
  const high = filterBlock(block, butterworth(order, { type: 'highpass', cutoff }, context.rate));
  const shifted = context.sampleShifts ? shiftPeriodic(high, context.sampleShifts) : high;
  if (spatial === 'k-filter') return spatialFilter(shifted, gainWindow(context.rate), before, after);
  const kept = framesOfBlock(shifted, before, shifted.frames - after);
  subtractReference(kept, { operator: 'median', scope: 'global' }, context);
  return kept;
}

/** Frames; field potentials (below 3 kHz) keep their gain. */
function gainWindow(rate: number): number {
  return rate < 3000 ? 0 : Math.trunc(rate * GAIN_SECONDS);
}

/** High-pass along the channels, mirrored at both ends of the probe; `window` frames for the gain, 0: none. */
export function spatialFilter(block: TraceBlock, window: number, before = 0, after = 0): FloatBlock {
  const { channels } = block;
  const frames = block.frames - before - after;
  const gain = window > 0 ? gainOf(block, window) : null;
  const out: FloatBlock = { data: new Float32Array(frames * channels), frames, channels };
  const filter = zeroPhase(butterworth(SPATIAL.order, { type: 'highpass', cutoff: SPATIAL.cutoff }, 2));
  const mirrored = Math.min(MIRRORED, channels);
  const length = channels + 2 * mirrored;
  const line = new Float64Array(length + 2 * filter.padding);
  const first = filter.padding + mirrored;
  for (let t = 0; t < frames; t++) {
    const row = (before + t) * channels;
    for (let c = 0; c < channels; c++) line[first + c] = gain ? block.data[row + c]! / gain[row + c]! : block.data[row + c]!;
    for (let k = 0; k < mirrored; k++) {
      line[first - 1 - k] = line[first + k]!;
      line[first + channels + k] = line[first + channels - 1 - k]!;
    }
    filter.apply(line, length);
    for (let c = 0; c < channels; c++) out.data[t * channels + c] = line[first + c]! * (gain ? gain[row + c]! : 1);
  }
  return out;
}

/** |x| smoothed by a Hann window, [frame][channel]; a silent channel has the gain 1. */
function gainOf({ data, frames, channels }: TraceBlock, window: number): Float64Array {
  const gain = new Float64Array(frames * channels);
  const half = roundHalfEven(window / 2);
  // The window is (1 + cos(πm / half)) / 2, so three running sums give the convolution at any length.
  const turn = Math.PI / half;
  const cos = Float64Array.from({ length: frames }, (_, t) => Math.cos(turn * t));
  const sin = Float64Array.from({ length: frames }, (_, t) => Math.sin(turn * t));
  const sums = [new Float64Array(frames + 1), new Float64Array(frames + 1), new Float64Array(frames + 1)] as const;
  for (let c = 0; c < channels; c++) {
    for (let t = 0; t < frames; t++) {
      const size = Math.abs(data[t * channels + c]!);
      sums[0][t + 1] = sums[0][t]! + size;
      sums[1][t + 1] = sums[1][t]! + size * cos[t]!;
      sums[2][t + 1] = sums[2][t]! + size * sin[t]!;
    }
    let total = 0;
    for (let t = 0; t < frames; t++) {
      const from = Math.max(0, t - half);
      const to = Math.min(frames, t + half + 1);
      const plain = sums[0][to]! - sums[0][from]!;
      const even = sums[1][to]! - sums[1][from]!;
      const odd = sums[2][to]! - sums[2][from]!;
      const smooth = (plain + cos[t]! * even + sin[t]! * odd) / 2 / half;
      gain[t * channels + c] = smooth;
      total += smooth;
    }
    const floor = (total * EPSILON) / frames;
    for (let t = 0; t < frames; t++) gain[t * channels + c] = total > 0 ? gain[t * channels + c]! + floor : 1;
  }
  return gain;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
