// Strips for the screen: samples, or the smallest and largest of each column, computed in stretches that fit in memory.
import { type JobContext, singleJob } from '../../../base/job.ts';
import { breathe, throwIfAborted } from '../../../base/steps.ts';
import type { Recording } from '../../../formats/recording.ts';
import { emptyMinMax, foldBlock, transposed } from '../../../pipeline/ephys/pyramid/fold.ts';
import type { Strip, StripInput } from '../shared/strip.ts';
import { electrodesOf } from './electrodes.ts';
import { readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';

/** Samples (frames × channels) that are held at a time. */
const PIECE_SAMPLES = 6_000_000;

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
    const data = transposed(await readProcessed(recording, chain, from, to, signal));
    return { from, step, columns, channels, low: data, high: data, sampled };
  }
  const level = emptyMinMax(channels, columns);
  for (const piece of stretches(input, channels)) {
    throwIfAborted(signal);
    foldBlock(await readProcessed(recording, chain, piece.from, piece.to, signal), piece.from, from, step, level);
    progress((piece.to - from) / (to - from));
    await breathe();
  }
  return { from, step, ...level, sampled };
}

export const stripJob = singleJob<StripInput, Strip>(async (input, context) =>
  makeStrip(await recordingOf(input.source), input, context),
);
