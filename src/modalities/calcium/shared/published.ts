// Published scores on the nine test sets, as the benchmark's server computed them, rounded to two places (notebook and pictures in
// alexklibisz/deep-calcium, mid 2017). Their truth was never published, so nobody can compute them again.

export const BENCHMARK_SETS = [
  '00.00.test',
  '00.01.test',
  '01.00.test',
  '01.01.test',
  '02.00.test',
  '02.01.test',
  '03.00.test',
  '04.00.test',
  '04.01.test',
] as const;

export type Metric = 'combined' | 'recall' | 'precision' | 'inclusion' | 'exclusion';

export interface PublishedMethod {
  readonly name: string;
  /** At most eight letters, for a column's head. */
  readonly short: string;
  /** What kind of method, and what it was told beforehand. */
  readonly about: string;
  /** One number per set of `BENCHMARK_SETS`. */
  readonly scores: Readonly<Partial<Record<Metric, readonly number[]>>> & { readonly combined: readonly number[] };
}

/** Best mean first. */
export const PUBLISHED: readonly PublishedMethod[] = [
  {
    name: 'HNCcorr + Conv2d',
    short: 'HNC+2d',
    about: '00 and 03 by a trained network, the rest classical',
    scores: {
      combined: [0.55, 0.61, 0.53, 0.56, 0.75, 0.68, 0.81, 0.38, 0.68],
      recall: [0.43, 0.51, 0.39, 0.42, 0.94, 0.89, 0.76, 0.5, 0.58],
      precision: [0.75, 0.76, 0.8, 0.84, 0.62, 0.55, 0.86, 0.31, 0.83],
    },
  },
  {
    name: 'Sourcery',
    short: 'Sourcery',
    about: 'unsupervised: Suite2p clustering, Donuts for 00 and 03; counts tuned on the training sets',
    scores: {
      combined: [0.45, 0.53, 0.62, 0.45, 0.72, 0.56, 0.84, 0.39, 0.69],
      recall: [0.37, 0.44, 0.52, 0.68, 0.85, 0.81, 0.85, 0.57, 0.57],
      precision: [0.58, 0.67, 0.77, 0.34, 0.62, 0.43, 0.83, 0.29, 0.86],
    },
  },
  {
    name: 'UNet2DS',
    short: 'UNet2DS',
    about: 'a network trained on the mean image, eightfold augmentation at test time',
    scores: {
      combined: [0.64, 0.7, 0.56, 0.46, 0.49, 0.41, 0.89, 0.33, 0.64],
      recall: [0.52, 0.6, 0.45, 0.37, 0.83, 0.79, 0.93, 0.43, 0.56],
      precision: [0.84, 0.84, 0.76, 0.62, 0.35, 0.28, 0.85, 0.27, 0.75],
      inclusion: [0.58, 0.61, 0.57, 0.5, 0.69, 0.67, 0.76, 0.53, 0.53],
      exclusion: [0.81, 0.79, 0.92, 0.96, 0.86, 0.89, 0.9, 0.89, 0.93],
    },
  },
  {
    name: 'Suite2p + Donuts',
    short: 'Suite2p',
    about: 'unsupervised',
    scores: {
      combined: [0.45, 0.53, 0.49, 0.39, 0.6, 0.52, 0.84, 0.47, 0.66],
      recall: [0.37, 0.44, 0.39, 0.38, 0.83, 0.72, 0.85, 0.55, 0.58],
      precision: [0.58, 0.67, 0.68, 0.4, 0.47, 0.4, 0.83, 0.41, 0.76],
    },
  },
  {
    name: 'HNCcorr',
    short: 'HNCcorr',
    about: 'classical, in the space of correlations',
    scores: {
      combined: [0.29, 0.33, 0.53, 0.56, 0.75, 0.68, 0.23, 0.38, 0.68],
      recall: [0.19, 0.25, 0.39, 0.42, 0.94, 0.89, 0.15, 0.5, 0.58],
      precision: [0.62, 0.52, 0.8, 0.84, 0.62, 0.55, 0.47, 0.31, 0.83],
    },
  },
];

/** Plain mean of the numbers that are there; NaN of none. The site ranked by the sum over the nine sets, which orders alike. */
export function meanScore(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The colour of a cell on the original site: linear from rgb(80, 110, 90) at 0 to rgb(100, 240, 160) at 1. */
export function scoreColour(value: number): string {
  const between = (low: number, high: number) => Math.round(low + (high - low) * Math.min(1, Math.max(0, value)));
  return `rgb(${between(80, 100)} ${between(110, 240)} ${between(90, 160)})`;
}
