// Strips for the screen: samples, or the smallest and largest of each column, computed in stretches that fit in memory.
import { type Job, type JobContext, singleJob } from '../../../base/job.ts';
import { breathe, throwIfAborted } from '../../../base/steps.ts';
import type { Recording } from '../../../formats/recording.ts';
import type { FloatBlock } from '../../../pipeline/ephys/block.ts';
import { emptyMinMax, foldBlock, transposed } from '../../../pipeline/ephys/pyramid/fold.ts';
import type { SharedStripInput, Strip, StripInput } from '../shared/strip.ts';
import { electrodesOf } from './electrodes.ts';
import { type ChannelRange, isShareable, joinShares, readProcessed, readShare } from './processed.ts';
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

/** Frames [from, to) as a strip. */
function stripOf(block: FloatBlock, { from, to, step }: Pick<StripInput, 'from' | 'to' | 'step'>): Strip {
  const { channels } = block;
  const columns = Math.ceil((to - from) / step);
  if (step === 1) {
    const data = transposed(block);
    return { from, step, columns, channels, low: data, high: data, sampled: false };
  }
  const level = emptyMinMax(channels, columns);
  foldBlock(block, from, from, step, level);
  return { from, step, ...level, sampled: false };
}

export async function makeStrip(recording: Recording, input: StripInput, { signal, progress }: JobContext): Promise<Strip> {
  const { chain, from, to, step } = input;
  const channels = electrodesOf(recording).columns.length;
  const sampled = input.sampled !== null && input.sampled < step;
  const columns = Math.ceil((to - from) / step);
  if (step === 1) return stripOf(await readProcessed(recording, chain, from, to, signal), input);
  const level = emptyMinMax(channels, columns);
  for (const piece of stretches(input, channels)) {
    throwIfAborted(signal);
    foldBlock(await readProcessed(recording, chain, piece.from, piece.to, signal), piece.from, from, step, level);
    progress((piece.to - from) / (to - from));
    await breathe();
  }
  return { from, step, ...level, sampled };
}

/** Electrodes are shared by so many workers. */
const SHARES = 2;

/** One strip by one worker. */
export const stripJob = singleJob<StripInput, Strip>(async (input, context) =>
  makeStrip(await recordingOf(input.source), input, context),
);

/** A small strip that somebody waits for: workers filter some electrodes each; what lies across electrodes is done at the end. */
export const sharedStripJob: Job<SharedStripInput, ChannelRange, FloatBlock | Strip, never, Strip> = {
  split: ({ channels }) => {
    const count = Math.ceil(channels / SHARES);
    return Array.from({ length: Math.ceil(channels / count) }, (_, i) => ({
      first: i * count,
      count: Math.min(count, channels - i * count),
    }));
  },
  run: async (input, range, context) => {
    const recording = await recordingOf(input.source);
    if (isShareable(input.chain, electrodesOf(recording)))
      return readShare(recording, input.chain, input.from, input.to, range, context.signal);
    // The first worker does what cannot be shared alone.
    return range.first === 0 ? makeStrip(recording, input, context) : { data: new Float32Array(0), frames: 0, channels: 0 };
  },
  merger: ({ source, chain, from, to, step }) => {
    const shares: FloatBlock[] = [];
    let whole: Strip | null = null;
    return {
      add: (part) => {
        if ('low' in part) whole = part;
        else shares.push(part);
      },
      finish: async () => whole ?? stripOf(joinShares(await recordingOf(source), chain, shares), { from, to, step }),
    };
  },
};
