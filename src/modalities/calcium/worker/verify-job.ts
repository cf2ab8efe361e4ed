// Runs the synthetic golden cases with the same functions that analyse data: scorer, summary images, traces. Where each expected
// value comes from is said in src/test/golden/*/README.md.
import type { Job } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { regionFrom } from '../../../base/region.ts';
import { complete } from '../../../base/steps.ts';
import type { VerifiedCase } from '../../../base/verification.ts';
import { correlationPnr } from '../../../pipeline/image/correlation-pnr.ts';
import { maxCorrelationImage } from '../../../pipeline/image/max-correlation.ts';
import { addFrames, makeSums } from '../../../pipeline/image/movie-sums.ts';
import { localCorrelation, maxImage, meanImage, minImage, standardDeviation } from '../../../pipeline/image/summary-images.ts';
import { scoreRegions } from '../../../pipeline/score/neurofinder.ts';
import { deltaF, neuropilCorrected } from '../../../pipeline/signal/delta-f.ts';
import { noiseFft } from '../../../pipeline/signal/noise-fft.ts';
import { deconvolve } from '../../../pipeline/signal/oasis.ts';
import type { VerifyInput } from '../shared/verify.ts';
import { type Comparison, compare, type Golden, goldenOf, rowsOf } from './golden.ts';

const NEUROFINDER = 'neurofinder 1.1.1';
const CAIMAN = 'CaImAn 881e627';
const SUITE2P = 'suite2p 90be895';
const NUMPY = 'numpy 1.24.2';

type Coordinates = { readonly coordinates: readonly number[] | readonly (readonly number[])[] };
interface ScoreCase {
  readonly name: string;
  readonly threshold: number | 'inf';
  readonly truth: readonly Coordinates[];
  readonly estimate: readonly Coordinates[];
  readonly expected: {
    readonly error?: string;
    readonly match: readonly (number | null)[];
    readonly pairs: readonly (readonly number[])[];
    readonly [figure: string]: unknown;
  };
}

const FIGURES = ['recall', 'precision', 'combined', 'inclusion', 'exclusion'] as const;
const toRegions = (list: readonly Coordinates[]) =>
  list.map(({ coordinates }) =>
    regionFrom((Array.isArray(coordinates[0]) ? coordinates : [coordinates]) as readonly (readonly number[])[]),
  );

async function scores(golden: Golden): Promise<Comparison[]> {
  const cases = (await golden.json('neurofinder/cases.json')) as readonly ScoreCase[];
  return cases
    .filter(({ expected }) => expected.error === undefined)
    .map(({ name, threshold, truth, estimate, expected }) => ({
      title: `Score, ${name.replaceAll('_', ' ')}`,
      reference: NEUROFINDER,
      allowed: 0,
      scale: 1,
      run: async () => {
        const limit = threshold === 'inf' ? Number.POSITIVE_INFINITY : threshold;
        const score = scoreRegions(toRegions(truth), toRegions(estimate), limit);
        const pairs = score.pairs.flatMap((pair) => [pair.truth, pair.estimate, pair.inclusion, pair.exclusion, pair.distance]);
        const wanted = [
          ...expected.match.map((j) => j ?? -1),
          ...FIGURES.map((key) => Number(expected[key])),
          ...expected.pairs.flat(),
        ];
        return [[...score.match, ...FIGURES.map((key) => score[key]), ...pairs], wanted];
      },
    }));
}

interface Movie {
  readonly frames: readonly NumericArray[];
  readonly height: number;
  readonly width: number;
}

async function readMovie(golden: Golden): Promise<Movie> {
  const { data, shape } = await golden.array('calcium/movie_u16.npy');
  const [count = 0, height = 0, width = 0] = shape;
  const size = height * width;
  return { frames: Array.from({ length: count }, (_, t) => data.subarray(t * size, (t + 1) * size)), height, width };
}

async function images(golden: Golden): Promise<Comparison[]> {
  const movie = await readMovie(golden);
  const sums = makeSums(movie.height, movie.width, 'uint16');
  addFrames(sums, movie.frames);
  const image = (title: string, reference: string, file: string, allowed: number, make: () => ArrayLike<number>): Comparison => ({
    title,
    reference,
    allowed,
    run: async () => [make(), (await golden.array(`calcium/movie_u16.${file}.npy`)).data],
  });
  return [
    image('Mean image', NUMPY, 'mean', 1e-9, () => meanImage(sums)),
    image('Standard deviation image', NUMPY, 'std', 1e-6, () => standardDeviation(sums)),
    image('Max image', NUMPY, 'max', 0, () => maxImage(sums)),
    image('Min image', NUMPY, 'min', 0, () => minImage(sums)),
    image('Correlation image, 8 neighbours', `definition, ${NUMPY}`, 'corr8_exact', 1e-6, () => localCorrelation(sums, 8)),
    image('Correlation image, 4 neighbours', `definition, ${NUMPY}`, 'corr4_exact', 1e-6, () => localCorrelation(sums, 4)),
    image('Max of correlations', CAIMAN, 'maxcorr_bin50_caiman', 1e-5, () => complete(maxCorrelationImage(movie, 50))),
  ];
}

async function peaks(golden: Golden): Promise<Comparison[]> {
  const { correlation, peakToNoise } = complete(correlationPnr(await readMovie(golden), 2));
  const one = (title: string, file: string, found: ArrayLike<number>): Comparison => ({
    title,
    reference: CAIMAN,
    allowed: 1e-3,
    run: async () => {
      // A trace that never exceeds the threshold has no correlation there; the reference leaves NaN.
      const { data } = await golden.array(`calcium/movie_u16.${file}.npy`);
      return [found, Float32Array.from(data, (value) => (Number.isNaN(value) ? 0 : value))];
    },
  });
  return [
    one('Peak to noise', 'pnr_gsig2_caiman', peakToNoise),
    one('Correlation of filtered frames', 'cnfilt_gsig2_caiman', correlation),
  ];
}

async function traces(golden: Golden): Promise<Comparison[]> {
  const read = async (name: string) => rowsOf(await golden.array(`calcium/traces.${name}.npy`));
  const [raw, neuropil, change, spikes] = await Promise.all(['F', 'Fneu', 'dF_maximin_suite2p', 'spks_oasis_suite2p'].map(read));
  const { data: noise } = await golden.array('calcium/traces.noise_fft_mean_caiman.npy');
  const { fs, tau } = (await golden.json('calcium/traces.params.json')) as { fs: number; tau: number };
  const corrected = raw!.map((trace, i) => neuropilCorrected(trace, neuropil![i]!));
  const noises: Comparison = {
    title: 'Noise of the traces',
    reference: CAIMAN,
    allowed: 5e-4,
    run: async () => [corrected.map((trace) => noiseFft(trace)), noise],
  };
  const each = corrected.flatMap((trace, i): Comparison[] => [
    {
      title: `ΔF with running baseline, trace ${i + 1}`,
      reference: SUITE2P,
      allowed: 1e-3,
      run: async () => [deltaF(trace, fs), change![i]!],
    },
    {
      title: `Deconvolved events (OASIS), trace ${i + 1}`,
      reference: SUITE2P,
      allowed: 1e-3,
      scale: Math.max(...spikes![i]!),
      run: async () => [deconvolve(change![i]!, fs, tau), spikes![i]!],
    },
  ]);
  return [...each, noises];
}

/** What may be run apart from one another: where one cannot even read its files, the others still are. */
const GROUPS = { Scores: scores, 'Summary images': images, 'Peak to noise': peaks, Traces: traces } as const;
type Group = keyof typeof GROUPS;

export const verify: Job<VerifyInput, Group, readonly VerifiedCase[], readonly VerifiedCase[], readonly VerifiedCase[]> = {
  split: () => Object.keys(GROUPS) as Group[],
  run: async ({ listing }, group) => {
    const golden = goldenOf(listing);
    let comparisons: readonly Comparison[];
    try {
      comparisons = await GROUPS[group](golden);
    } catch (error) {
      const fail = async () => {
        throw error;
      };
      comparisons = [{ title: group, reference: '', allowed: 0, run: fail }];
    }
    const done: VerifiedCase[] = [];
    for (const comparison of comparisons) done.push(await compare(comparison));
    return done;
  },
  merger: () => {
    const all: VerifiedCase[] = [];
    return {
      add: (cases) => {
        all.push(...cases);
      },
      preview: () => [...all],
      finish: () => all,
    };
  },
};
