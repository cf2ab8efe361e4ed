// The one pass over a movie: every frame is decoded once and feeds the sums of all summary images, the binned movie and the raw
// traces of the truth. Chunks of 64 frames whatever the pool; merged in order.
import type { Job } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { drive } from '../../../base/steps.ts';
import {
  type BinPart,
  type BinScheme,
  binChunk,
  binFactor,
  binScheme,
  makeBinMerger,
} from '../../../pipeline/image/binned-movie.ts';
import { addingFrames, type MovieSums, makeSums, mergeSums } from '../../../pipeline/image/movie-sums.ts';
import {
  halfMeans,
  localCorrelation,
  maxImage,
  meanImage,
  noiseImage,
  plainSum,
  standardDeviation,
} from '../../../pipeline/image/summary-images.ts';
import type { DamagedFrame, SummaryImages, SummaryInput, SummaryOutput, SummaryPreview } from '../shared/images.ts';
import { chunksOf, type FrameChunk, freeFrames, readChunk } from './chunks.ts';
import { addTraces, type ChunkTraces, makeChunkTraces, makeTraceMerger, tracePlan } from './trace-plan.ts';

interface SummaryPart {
  readonly sums: MovieSums;
  readonly bins: readonly BinPart[];
  readonly damaged: readonly DamagedFrame[];
  readonly traces: ChunkTraces | null;
}

/** Frames that are decoded before they are added up: bounds a worker's memory, and is a multiple of 4 as the sums want. */
const BATCH = 16;

export const summary: Job<SummaryInput, FrameChunk, SummaryPart, SummaryPreview, SummaryOutput> = {
  split: ({ movie }) => chunksOf(movie.frames),

  async run(input, chunk, { signal, progress }) {
    const { height, width, dtype } = input.movie;
    const sums = makeSums(height, width, dtype, { start: chunk.from, offset: input.origin });
    const plan = input.regions.length > 0 ? tracePlan(input.regions, height, width) : null;
    const damaged: DamagedFrame[] = [];
    const scheme = schemeOf(input);
    const bins: BinPart[] = [];
    let unbinned: (NumericArray | null)[] = [];
    let unbinnedFrom = chunk.from;
    const traces = plan && makeChunkTraces(plan, chunk);
    for (let from = chunk.from; from < chunk.to; from += BATCH) {
      const batch = await readChunk(input, { from, to: Math.min(chunk.to, from + BATCH) }, damaged, signal);
      await drive(addingFrames(sums, batch), { signal });
      if (plan && traces) addTraces(plan, traces, batch, from);
      // Only the frames of the bin that is still open are kept.
      unbinned.push(...batch);
      const end = from + batch.length;
      const whole = end === chunk.to ? end : Math.floor(end / scheme.factor) * scheme.factor;
      if (whole > unbinnedFrom) {
        const binned = unbinned.slice(0, whole - unbinnedFrom);
        bins.push(...(await drive(binChunk(scheme, binned, unbinnedFrom), { signal })));
        freeFrames(binned);
        unbinned = unbinned.slice(whole - unbinnedFrom);
        unbinnedFrom = whole;
      }
      progress((from + batch.length - chunk.from) / (chunk.to - chunk.from));
    }
    return { sums, bins, damaged, traces };
  },

  merger(input) {
    const { movie, origin } = input;
    const scheme = schemeOf(input);
    const sums = makeSums(movie.height, movie.width, movie.dtype, { offset: origin });
    const bins = makeBinMerger(scheme);
    const damaged: DamagedFrame[] = [];
    const traces = input.regions.length > 0 ? makeTraceMerger(input.regions.length, movie.frames) : null;
    const show = (): SummaryPreview => ({
      framesRead: sums.length,
      damaged: [...damaged],
      images: imagesOf(sums),
      bins: { ...bins.take(), scheme: { factor: scheme.factor, bins: scheme.bins, scale: scheme.scale, offset: scheme.offset } },
    });
    return {
      add(part) {
        mergeSums(sums, part.sums);
        bins.add(part.bins);
        damaged.push(...part.damaged);
        if (part.traces) traces?.add(part.traces);
      },
      // Without a good frame there is nothing to show yet.
      preview: () => (sums.frames > 0 ? show() : (undefined as never)),
      finish() {
        const { even, odd } = halfMeans(sums);
        return { ...show(), evenMean: even, oddMean: odd, traces: traces?.finish() ?? null };
      },
    };
  },
};

function schemeOf({ movie, rateHz, binRange, binBytes }: SummaryInput): BinScheme {
  return binScheme(movie, binFactor(movie.frames, movie.height, movie.width, rateHz, binBytes), binRange);
}

function imagesOf(sums: MovieSums): SummaryImages {
  const sum = plainSum(sums);
  return {
    mean: meanImage(sums, sum),
    max: maxImage(sums, sum),
    standardDeviation: standardDeviation(sums, sum),
    correlation: localCorrelation(sums, 8, sum),
    correlation4: localCorrelation(sums, 4, sum),
    noise: noiseImage(sums),
  };
}
