// Shifts each channel by a fraction of a sample, to undo that a converter samples its channels one after the other: the spectrum
// times exp(−2πi f · shift). Two channels of the same shift share one complex transform.
// Sources: SpikeInterface `phase_shift`, IBL `fshift`.
import { getOrMake } from '../../../base/get-or-make.ts';
import { makeFourier } from '../../signal/fourier.ts';
import { CHANNEL_GROUP, type FloatBlock, putSeries, type TraceBlock, takeSeries } from '../block.ts';
import type { ZeroPhaseFilter } from './filtfilt.ts';

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

/** A filter of the shifted series, and the frames of its own that it needs around what is wanted. */
export interface ShiftThen {
  readonly filter: ZeroPhaseFilter;
  readonly before: number;
  readonly after: number;
}

/** The wanted frames, from a window whose margins are tapered to zero (SpikeInterface); with `then` filtered as well, while they are
 *  at hand. */
export function shiftTapered(
  block: TraceBlock,
  shifts: Float64Array,
  { before, after, margin }: ShiftMargins,
  then?: ShiftThen,
): FloatBlock {
  const kept = block.frames - before - after;
  const offset = margin - before;
  const span = kept + 2 * margin;
  const taper = Float64Array.from({ length: margin }, (_, k) => (1 - Math.cos((k / margin) * Math.PI)) / 2);
  return shiftChannels(block, shifts, { length: span, offset, from: margin, kept, taper, ...(then && { then }) });
}

interface Window {
  /** Of the transform. */
  readonly length: number;
  /** Place of the block's first frame, and of the first frame that is kept. */
  readonly offset: number;
  readonly from: number;
  readonly kept: number;
  readonly taper?: Float64Array;
  readonly then?: ShiftThen;
}

/** Channels are taken out in groups of neighbours, so that each line of memory is read once; pairs are found within a group. */
function shiftChannels(block: TraceBlock, shifts: Float64Array, window: Window): FloatBlock {
  const { channels } = block;
  const { length, kept, from, offset, then } = window;
  const frames = kept - (then ? then.before + then.after : 0);
  const out: FloatBlock = { data: new Float32Array(frames * channels), frames, channels };
  const fourier = makeFourier(length);
  const wave = new Float64Array(2 * length);
  const spectrum = new Float64Array(2 * length);
  const series = new Float64Array(CHANNEL_GROUP * length);
  const turns = new Map<number, Float64Array>();
  for (let first = 0; first < channels; first += CHANNEL_GROUP) {
    const count = Math.min(CHANNEL_GROUP, channels - first);
    series.fill(0);
    takeSeries(block, first, count, series, length, offset);
    for (const [a, b] of pairsOf(shifts.subarray(first, first + count))) {
      const shift = shifts[first + a]!;
      if (shift === 0) continue;
      const one = series.subarray(a * length, (a + 1) * length);
      const two = series.subarray(b * length, (b + 1) * length);
      takePair(one, two, window, wave);
      fourier.transform(spectrum, wave);
      turn(
        spectrum,
        getOrMake(turns, shift, () => rotation(length, shift)),
        wave,
      );
      fourier.transform(spectrum, wave);
      // Im is the first channel, re the second: see `turn`.
      for (let t = from; t < from + kept; t++) {
        two[t] = spectrum[2 * t]! / length;
        one[t] = spectrum[2 * t + 1]! / length;
      }
    }
    if (then) {
      const { padding } = then.filter;
      for (let at = from; at < count * length; at += length)
        then.filter.apply(series.subarray(at - padding, at + kept + padding), kept);
    }
    putSeries(out, first, count, series, length, from + (then?.before ?? 0));
  }
  return out;
}

/** Places of two channels each of the same shift, or of one twice where it has no partner. */
function pairsOf(shifts: Float64Array): [number, number][] {
  const alone = new Map<number, number>();
  const pairs: [number, number][] = [];
  shifts.forEach((shift, c) => {
    const mate = alone.get(shift);
    if (mate === undefined) alone.set(shift, c);
    else {
      pairs.push([mate, c]);
      alone.delete(shift);
    }
  });
  for (const c of alone.values()) pairs.push([c, c]);
  return pairs;
}

/** One channel as the real part, the other as the imaginary one, tapered at both ends. */
function takePair(one: Float64Array, two: Float64Array, { taper, length }: Window, wave: Float64Array): void {
  for (let t = 0, to = 0; t < length; t++, to += 2) {
    wave[to] = one[t]!;
    wave[to + 1] = two[t]!;
  }
  if (!taper) return;
  for (let k = 0, end = 2 * (length - 1); k < taper.length; k++, end -= 2) {
    const factor = taper[k]!;
    wave[2 * k]! *= factor;
    wave[2 * k + 1]! *= factor;
    wave[end]! *= factor;
    wave[end + 1]! *= factor;
  }
}

/** The product, re and im exchanged: exchanged again after it, a forward transform is the inverse one. */
function turn(spectrum: Float64Array, by: Float64Array, out: Float64Array): void {
  for (let k = 0; k < spectrum.length; k += 2) {
    const re = spectrum[k]!;
    const im = spectrum[k + 1]!;
    out[k + 1] = re * by[k]! - im * by[k + 1]!;
    out[k] = re * by[k + 1]! + im * by[k]!;
  }
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
