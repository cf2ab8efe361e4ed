// Exact traces of any regions in one pass over the movie, and what is made of one region's traces.
import { type Job, singleJob } from '../../../base/job.ts';
import { deltaF, deltaFOverF, neuropilCorrected, signalToNoise } from '../../../pipeline/signal/delta-f.ts';
import { demix as demixTraces } from '../../../pipeline/signal/demix.ts';
import { denoise } from '../../../pipeline/signal/denoise.ts';
import { deconvolve } from '../../../pipeline/signal/oasis.ts';
import { compileMasks } from '../../../pipeline/signal/region-traces.ts';
import type { DemixInput, ProcessedTrace, ProcessInput, RawTraces, TracesInput } from '../shared/traces.ts';
import { chunksOf, type FrameChunk, freeFrames, readChunk } from './chunks.ts';
import { addTraces, type ChunkTraces, makeChunkTraces, makeTraceMerger, tracePlan } from './trace-plan.ts';

const BATCH = 16;

export const traces: Job<TracesInput, FrameChunk, ChunkTraces, never, RawTraces> = {
  split: ({ movie }) => chunksOf(movie.frames),

  async run(input, chunk, { signal, progress }) {
    const plan = tracePlan(input.regions, input.movie.height, input.movie.width);
    const out = makeChunkTraces(plan, chunk);
    for (let from = chunk.from; from < chunk.to; from += BATCH) {
      const to = Math.min(chunk.to, from + BATCH);
      const frames = await readChunk(input, { from, to }, [], signal);
      addTraces(plan, out, frames, from);
      freeFrames(frames);
      progress((to - chunk.from) / (chunk.to - chunk.from));
    }
    return out;
  },

  merger({ regions, movie }) {
    const merger = makeTraceMerger(regions.length, movie.frames);
    return { add: (chunk) => merger.add(chunk), finish: () => merger.finish() };
  },
};

export function processTrace({ raw, neuropil, rateHz }: ProcessInput): ProcessedTrace {
  const corrected = neuropilCorrected(raw, neuropil);
  const relative = deltaFOverF(raw, neuropil, rateHz);
  return {
    corrected,
    deltaFOverF: relative,
    denoised: denoise(relative, rateHz),
    events: deconvolve(deltaF(corrected, rateHz), rateHz),
    snr: signalToNoise(corrected),
  };
}

export const processOne = singleJob<ProcessInput, ProcessedTrace>(processTrace);

export const demix = singleJob<DemixInput, RawTraces>(({ regions, traces: mixed, height, width }) => ({
  ...mixed,
  raw: demixTraces(compileMasks(regions, height, width), mixed),
}));
