// A strip of the recording for the screen: the smallest and largest value of each channel in blocks of `step` frames. Channels are the
// recording's electrodes in ascending column; values in µV after the chain (whitened: in standard deviations).
import type { ChainSettings } from './chain.ts';
import type { RecordingSource } from './info.ts';

export interface StripInput {
  readonly source: RecordingSource;
  readonly chain: ChainSettings;
  /** Frames [from, to). */
  readonly from: number;
  readonly to: number;
  /** Frames a column; 1: the samples themselves. */
  readonly step: number;
  /** Frames in the middle of each column that are read; null: all of them. */
  readonly sampled: number | null;
}

export interface Strip {
  readonly from: number;
  readonly step: number;
  readonly columns: number;
  readonly channels: number;
  /** [channel][column]. The same array as `high` where the step is 1. */
  readonly low: Float32Array<ArrayBuffer>;
  readonly high: Float32Array<ArrayBuffer>;
  readonly sampled: boolean;
}

/** Steps are powers of four, so that strips of one level share their columns. */
export const STEP_BASE = 4;

/** The level whose columns are the nearest to one px. */
export function stepFor(framesAPx: number): number {
  return framesAPx <= 2 ? 1 : STEP_BASE ** Math.round(Math.log(framesAPx) / Math.log(STEP_BASE));
}

/** Frames of a tile, where its columns allow: a second, so that the picture grows as it is read; … */
export const TILE_FRAMES = 32_768;
/** … of a packed recording more, whose chunks of a second neighbouring tiles would otherwise unpack twice. */
export const PACKED_TILE_FRAMES = 131_072;

/** Frames of a tile of a level: enough columns to be worth a question, little enough to be answered soon. */
export function tileFrames(step: number, usual = TILE_FRAMES): number {
  return step * Math.max(32, Math.min(512, Math.round(usual / step)));
}

export interface StripSpan {
  readonly from: number;
  readonly to: number;
}

/** The aligned tiles of a level that cover frames [from, to) of a recording of `frames`. */
export function tilesOf(step: number, { from, to }: StripSpan, frames: number, usual = TILE_FRAMES): StripSpan[] {
  const size = tileFrames(step, usual);
  const first = Math.floor(Math.max(0, from) / size);
  const last = Math.ceil(Math.min(frames, to) / size);
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => ({
    from: (first + i) * size,
    to: Math.min(frames, (first + i + 1) * size),
  }));
}

/** A stretch of a strip that is put together from finer ones: columns of both begin at multiples of their steps. */
export type CoarserSpan = StripSpan & { readonly step: number };

/**
 * The strip of `span` from strips of one finer level, in order of time; null where they leave a gap. So a pyramid grows upwards: what
 * was read once is not read again to be seen from farther off.
 */
export function coarserStrip({ from, to, step }: CoarserSpan, finer: readonly Strip[]): Strip | null {
  let known = from;
  for (const one of finer) if (one.from <= known) known = Math.max(known, one.from + one.columns * one.step);
  const [first] = finer;
  if (!first || known < to) return null;
  const { channels } = first;
  const columns = Math.ceil((to - from) / step);
  const low = new Float32Array(channels * columns).fill(Number.NaN);
  const high = new Float32Array(channels * columns).fill(Number.NaN);
  for (const one of finer) {
    const start = Math.max(0, Math.ceil((from - one.from) / one.step));
    const end = Math.min(one.columns, Math.ceil((to - one.from) / one.step));
    for (let c = 0; c < channels; c++) {
      for (let k = start; k < end; k++) {
        const at = c * columns + Math.floor((one.from + k * one.step - from) / step);
        const [least, most] = [one.low[c * one.columns + k]!, one.high[c * one.columns + k]!];
        if (!(low[at]! <= least)) low[at] = least;
        if (!(high[at]! >= most)) high[at] = most;
      }
    }
  }
  return { from, step, columns, channels, low, high, sampled: false };
}
