// Strips for the screen: samples, or the smallest and largest of each column, computed in stretches that fit in memory.
import { type JobContext, singleJob } from '../../../base/job.ts';
import { breathe, throwIfAborted } from '../../../base/steps.ts';
import type { Recording } from '../../../formats/recording.ts';
import type { FloatBlock } from '../../../pipeline/ephys/block.ts';
import type { Strip, StripInput } from '../shared/strip.ts';
import { electrodesOf } from './electrodes.ts';
import { readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';

/** Samples (frames × channels) that are held at a time. */
const PIECE_SAMPLES = 6_000_000;

/** Folds frames of a block into the columns of a strip; `at` is the block's first frame. */
export function foldBlock(
  block: FloatBlock,
  at: number,
  from: number,
  step: number,
  columns: number,
  low: Float32Array,
  high: Float32Array,
): void {
  const { data, frames, channels } = block;
  for (let t = 0, row = 0; t < frames; t++, row += channels) {
    const column = Math.floor((at + t - from) / step);
    if (column < 0 || column >= columns) continue;
    for (let c = 0, to = column; c < channels; c++, to += columns) {
      const value = data[row + c]!;
      // A column without samples is NaN, and any number takes its place.
      if (!(low[to]! <= value)) low[to] = value;
      if (!(high[to]! >= value)) high[to] = value;
    }
  }
}

function transpose({ data, frames, channels }: FloatBlock): Float32Array<ArrayBuffer> {
  const out = new Float32Array(data.length);
  for (let t = 0, row = 0; t < frames; t++, row += channels)
    for (let c = 0, to = t; c < channels; c++, to += frames) out[to] = data[row + c]!;
  return out;
}

/** The stretches that are read for a strip: all of it in pieces, or a snippet in the middle of each column. */
function stretches({ from, to, step, sampled }: StripInput, channels: number): { from: number; to: number }[] {
  const out: { from: number; to: number }[] = [];
  if (sampled !== null && sampled < step) {
    for (let at = from; at < to; at += step) {
      const middle = Math.max(at, Math.min(to, at + step) - Math.floor((step + sampled) / 2));
      out.push({ from: middle, to: Math.min(to, middle + sampled) });
    }
    return out;
  }
  const size = Math.max(step, Math.floor(PIECE_SAMPLES / channels / step) * step);
  for (let at = from; at < to; at += size) out.push({ from: at, to: Math.min(to, at + size) });
  return out;
}

export async function makeStrip(recording: Recording, input: StripInput, { signal, progress }: JobContext): Promise<Strip> {
  const { chain, from, to, step } = input;
  const channels = electrodesOf(recording).columns.length;
  const sampled = input.sampled !== null && input.sampled < step;
  const columns = Math.ceil((to - from) / step);
  if (step === 1) {
    const data = transpose(await readProcessed(recording, chain, from, to, signal));
    return { from, step, columns, channels, low: data, high: data, sampled };
  }
  const low = new Float32Array(channels * columns).fill(Number.NaN);
  const high = new Float32Array(channels * columns).fill(Number.NaN);
  for (const piece of stretches(input, channels)) {
    throwIfAborted(signal);
    foldBlock(await readProcessed(recording, chain, piece.from, piece.to, signal), piece.from, from, step, columns, low, high);
    progress((piece.to - from) / (to - from));
    await breathe();
  }
  return { from, step, columns, channels, low, high, sampled };
}

export const stripJob = singleJob<StripInput, Strip>(async (input, context) =>
  makeStrip(await recordingOf(input.source), input, context),
);
