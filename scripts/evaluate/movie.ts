// A movie on disk or from the simulator, opened and read once by the page's own readers and jobs.
import type { FileListing } from '../../src/base/listing.ts';
import type { NumericArray } from '../../src/base/ndarray.ts';
import type { Region } from '../../src/base/region.ts';
import { binRange, MAX_BINNED_BYTES } from '../../src/modalities/calcium/shared/bin-range.ts';
import { defaultThreshold } from '../../src/modalities/calcium/shared/default-threshold.ts';
import type { FindInput } from '../../src/modalities/calcium/shared/find-regions.ts';
import type { FrameResult, SummaryInput, SummaryOutput } from '../../src/modalities/calcium/shared/images.ts';
import type { CalciumInfo } from '../../src/modalities/calcium/shared/info.ts';
import { type MovieFiles, sliceMovie } from '../../src/modalities/calcium/shared/movie.ts';
import { addBins, type BinnedMovie, cutBand } from '../../src/modalities/calcium/view/binned.ts';
import { openContext, openSet, runJob } from './jobs.ts';

/** What the page assumes where a set does not tell. */
const ASSUMED_RATE_HZ = 7;

export interface ReadMovie {
  readonly files: MovieFiles;
  readonly rateHz: number;
  /** Null where the set has no labels. */
  readonly truth: readonly Region[] | null;
  /** The benchmark's match threshold for this set, px. */
  readonly threshold: number;
  readonly planes: Pick<FindInput, 'mean' | 'even' | 'odd' | 'height' | 'width' | 'frames' | 'binned'>;
  /** Opening and the one pass over the frames. */
  readonly readSeconds: number;
}

export async function readMovie(listing: FileListing, root: string): Promise<ReadMovie> {
  const started = performance.now();
  const info = (await openSet(listing, root, openContext)) as CalciumInfo;
  const files: MovieFiles = { movie: info.movie, listing };
  const { height, width, frames } = info.movie;
  const first = await firstFrame(files);
  const input: SummaryInput = {
    ...files,
    rateHz: info.facts.rateHz,
    binRange: binRange(first),
    binBytes: MAX_BINNED_BYTES,
    regions: [],
    origin: Float64Array.from(first),
  };
  const summary = await runJob<SummaryOutput>('summary', input);
  const binned: BinnedMovie = { ...summary.bins.scheme, height, width, images: [] };
  addBins(binned, summary.bins);
  const rateHz = info.facts.rateHz ?? ASSUMED_RATE_HZ;
  return {
    files,
    rateHz,
    truth: info.truth?.regions ?? null,
    threshold: defaultThreshold(info.facts.pixelsPerMicron ?? undefined),
    planes: {
      mean: summary.images.mean,
      even: summary.evenMean,
      odd: summary.oddMean,
      height,
      width,
      frames,
      binned: { bins: binned.images.length, binRate: rateHz / binned.factor, cut: (band) => cutBand(binned, band) },
    },
    readSeconds: (performance.now() - started) / 1000,
  };
}

async function firstFrame(files: MovieFiles): Promise<NumericArray> {
  for (let frame = 0; frame < files.movie.frames; frame++) {
    const [read] = await runJob<readonly FrameResult[]>('frames', sliceMovie(files, [frame]));
    if (read?.ok) return read.data;
  }
  throw new Error('No frame can be read.');
}
