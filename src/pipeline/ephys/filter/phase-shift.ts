// Shifts each channel by a fraction of a sample, to undo that a converter samples its channels one after the other: the spectrum
// times exp(−2πi f · shift). Two channels of the same shift share one complex transform.
// Sources: SpikeInterface `phase_shift`, IBL `fshift`.
import { makeFourier } from '../../signal/fourier.ts';
import type { FloatBlock, TraceBlock } from '../block.ts';

/** Frames of margin on each side of what is wanted, in seconds (SpikeInterface). */
export const SHIFT_MARGIN_SECONDS = 0.04;

/** The whole block, taken as periodic (IBL). `shifts`: samples, one a channel. */
export function shiftPeriodic(block: TraceBlock, shifts: Float64Array): FloatBlock {
  return shiftChannels(block, shifts, { length: block.frames, offset: 0, from: 0, kept: block.frames });
}

export interface ShiftMargins {
  /** Frames of the block before and after what is wanted, at most `margin`. Less than that: the file ends there, zeros follow. */
  readonly before: number;
  readonly after: number;
  /** Frames over which a cosine taper rises from zero. */
  readonly margin: number;
}

/** The wanted frames, from a window whose margins are tapered to zero (SpikeInterface). */
export function shiftTapered(block: TraceBlock, shifts: Float64Array, { before, after, margin }: ShiftMargins): FloatBlock {
  const kept = block.frames - before - after;
  const offset = margin - before;
  const span = kept + 2 * margin;
  const taper = Float64Array.from({ length: margin }, (_, k) => (1 - Math.cos((k / margin) * Math.PI)) / 2);
  return shiftChannels(block, shifts, { length: span, offset, from: margin, kept, taper });
}

interface Window {
  /** Of the transform. */
  readonly length: number;
  /** Place of the block's first frame, and of the first frame that is kept. */
  readonly offset: number;
  readonly from: number;
  readonly kept: number;
  readonly taper?: Float64Array;
}

function shiftChannels(block: TraceBlock, shifts: Float64Array, window: Window): FloatBlock {
  const { channels } = block;
  const { length, kept } = window;
  const out: FloatBlock = { data: new Float32Array(kept * channels), frames: kept, channels };
  const fourier = makeFourier(length);
  const wave = new Float64Array(2 * length);
  const spectrum = new Float64Array(2 * length);
  for (const [shift, members] of channelsByShift(shifts)) {
    const turn = shift === 0 ? null : rotation(length, shift);
    for (let i = 0; i < members.length; i += 2) {
      const pair = [members[i]!, members[i + 1] ?? members[i]!] as const;
      if (!turn) {
        copyPair(block, out, pair, window);
        continue;
      }
      takePair(block, pair, window, wave);
      fourier.transform(spectrum, wave);
      // Re and im exchanged before and after make a forward transform the inverse one.
      for (let k = 0; k < 2 * length; k += 2) {
        const re = spectrum[k]!;
        const im = spectrum[k + 1]!;
        wave[k + 1] = re * turn[k]! - im * turn[k + 1]!;
        wave[k] = re * turn[k + 1]! + im * turn[k]!;
      }
      fourier.transform(spectrum, wave);
      putPair(out, pair, window, spectrum);
    }
  }
  return out;
}

function takePair(
  { data, frames, channels }: TraceBlock,
  [a, b]: readonly [number, number],
  window: Window,
  wave: Float64Array,
): void {
  const { offset, taper, length } = window;
  wave.fill(0);
  for (let t = 0, row = 0, to = 2 * offset; t < frames; t++, row += channels, to += 2) {
    wave[to] = data[row + a]!;
    wave[to + 1] = data[row + b]!;
  }
  taper?.forEach((factor, k) => {
    for (const at of [2 * k, 2 * (length - 1 - k)]) {
      wave[at]! *= factor;
      wave[at + 1]! *= factor;
    }
  });
}

function putPair(
  { data, channels }: FloatBlock,
  [a, b]: readonly [number, number],
  { from, kept, length }: Window,
  wave: Float64Array,
): void {
  for (let t = 0, row = 0, at = 2 * from; t < kept; t++, row += channels, at += 2) {
    data[row + a] = wave[at + 1]! / length;
    if (b !== a) data[row + b] = wave[at]! / length;
  }
}

function copyPair(
  { data, channels }: TraceBlock,
  out: FloatBlock,
  pair: readonly [number, number],
  { from, offset, kept }: Window,
): void {
  for (const c of pair) {
    for (let t = 0; t < kept; t++) out.data[t * channels + c] = data[(t + from - offset) * channels + c]!;
  }
}

function channelsByShift(shifts: Float64Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  shifts.forEach((shift, channel) => {
    const group = groups.get(shift);
    if (group) group.push(channel);
    else groups.set(shift, [channel]);
  });
  return groups;
}

/** exp(−2πi k shift / length), for negative frequencies its conjugate, at half the rate its real part. */
function rotation(length: number, shift: number): Float64Array {
  const turn = new Float64Array(2 * length);
  for (let k = 0; 2 * k <= length; k++) {
    const angle = (-2 * Math.PI * k * shift) / length;
    const [re, im] = [Math.cos(angle), 2 * k === length ? 0 : Math.sin(angle)];
    turn[2 * k] = re;
    turn[2 * k + 1] = im;
    if (k === 0 || 2 * k === length) continue;
    turn[2 * (length - k)] = re;
    turn[2 * (length - k) + 1] = -im;
  }
  return turn;
}
