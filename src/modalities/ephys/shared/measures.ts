// The measures of a unit, what they are called, and the two published sets of criteria. Missing: NaN, never zero.

/** Kinds of measures by name; NaN where it could not be computed. */
export type UnitMeasures = Readonly<Partial<Record<MeasureName, number>>>;

export interface MeasureFacts {
  /** Head of its column, with the unit. */
  readonly head: string;
  readonly title: string;
  readonly decimals: number;
}

export const MEASURES = {
  spikes: { head: 'Spikes', title: 'Number of spikes', decimals: 0 },
  rate: { head: 'Rate Hz', title: 'Firing rate', decimals: 2 },
  depth: { head: 'Depth µm', title: 'Depth of the unit on the probe', decimals: 0 },
  isi: { head: 'ISI', title: 'ISI violations ratio, 1.5 ms (Hill 2011, as SpikeInterface)', decimals: 3 },
  snr: { head: 'SNR', title: 'Signal to noise: template extremum over the noise of its electrode', decimals: 1 },
  nnHit: { head: 'NN hit', title: 'Nearest-neighbour hit rate', decimals: 3 },
  presence: { head: 'Presence', title: 'Presence ratio, bins of 60 s (SpikeInterface)', decimals: 2 },
  presenceAllen: { head: 'Pres. 99', title: "Presence ratio, 99 bins over 100 (Allen's, at most 0.99)", decimals: 2 },
  cutoff: {
    head: 'Cutoff',
    title: 'Amplitude cutoff: share of spikes missed below the threshold (SpikeInterface, 100 bins)',
    decimals: 3,
  },
  cutoffAllen: { head: 'Cut. Allen', title: "Amplitude cutoff, Allen's: 500 bins of density", decimals: 3 },
  isiAllen: { head: 'ISI Allen', title: "ISI violations, Allen's rate over the span of all spikes", decimals: 3 },
  isiCount: { head: 'ISI n', title: 'Intervals below 1.5 ms', decimals: 0 },
  contamination: { head: 'Contam.', title: 'Refractory contamination (Llobet 2022)', decimals: 3 },
  amplitude: { head: 'Amp. µV', title: 'Median amplitude of its spikes', decimals: 0 },
  dPrime: { head: 'd′', title: "d prime of Fisher's discriminant against all other spikes nearby", decimals: 2 },
  isolation: { head: 'Isolation', title: 'Isolation distance', decimals: 1 },
  lRatio: { head: 'L ratio', title: 'L ratio', decimals: 4 },
  nnMiss: { head: 'NN miss', title: 'Nearest-neighbour miss rate', decimals: 3 },
  silhouette: { head: 'Silh.', title: 'Silhouette score (simplified)', decimals: 2 },
  nnHitAllen: {
    head: 'NN Allen',
    title: "Nearest-neighbour hit rate, Allen's: four neighbours, the spike itself among them",
    decimals: 3,
  },
  nnMissAllen: { head: 'NN m. Allen', title: "Nearest-neighbour miss rate, Allen's", decimals: 3 },
  silhouetteFull: { head: 'Silh. full', title: 'Silhouette score over all pairs of spikes', decimals: 2 },
  drift: { head: 'Drift µm', title: 'Drift: range of the median depth over stretches of 60 s', decimals: 1 },
  peak: { head: 'Channel', title: 'Electrode with the largest waveform', decimals: 0 },
  x: { head: 'x µm', title: 'Place of the unit across the probe', decimals: 0 },
  duration: { head: 'Dur. ms', title: 'Trough to peak of the mean waveform', decimals: 2 },
  halfWidth: { head: 'Half ms', title: 'Width at half of the trough', decimals: 2 },
  ptp: { head: 'PTP µV', title: 'Peak to peak of the mean waveform', decimals: 0 },
  isiShare: { head: 'ISI share', title: 'Share of the intervals below 1.5 ms', decimals: 4 },
  contaminationAllen: { head: 'Cont. Allen', title: "Contamination from Allen's ISI violations", decimals: 3 },
  sliding: {
    head: 'Sliding',
    title: 'Least contamination that some refractory period excludes (Roth 2023), 90 % sure',
    decimals: 3,
  },
  range: { head: 'Range Hz', title: 'Firing range: 5 to 95 % of the rate in bins of 5 s', decimals: 2 },
  syncPair: { head: 'Sync 2', title: 'Share of its spikes at the very sample of another', decimals: 4 },
  syncFour: { head: 'Sync 4', title: 'Share of its spikes in groups of four or more at the same sample', decimals: 4 },
  syncEight: { head: 'Sync 8', title: 'Share of its spikes in groups of eight or more at the same sample', decimals: 4 },
  amplitudeCv: { head: 'Amp. CV', title: 'Variation of amplitudes, median over stretches of about 50 spikes', decimals: 3 },
  amplitudeCvRange: { head: 'CV range', title: 'Variation of amplitudes, 5 to 95 % over the stretches', decimals: 3 },
  noiseCutoff: {
    head: 'Noise cut.',
    title: 'Noise cutoff: excess of the lowest amplitudes, in standard deviations',
    decimals: 2,
  },
  noiseRatio: { head: 'Noise ratio', title: 'Lowest amplitudes over the highest bin', decimals: 3 },
  driftStd: { head: 'Drift SD', title: 'Drift: deviation of the median depth over stretches of 60 s, µm', decimals: 1 },
  driftMad: {
    head: 'Drift MAD',
    title: 'Drift: median absolute deviation of the median depth over stretches of 60 s, µm',
    decimals: 1,
  },
  driftAllen: { head: 'Drift Allen', title: "Allen's largest drift: range over stretches of 100 s, µm", decimals: 2 },
  driftSum: { head: 'Drift sum', title: "Allen's cumulative drift: steps between stretches of 100 s, µm", decimals: 2 },
  monopoleX: { head: 'Mono. x', title: 'Place across the probe, of a monopole, µm', decimals: 0 },
  monopoleDepth: { head: 'Mono. y', title: 'Depth, of a monopole, µm', decimals: 0 },
  troughRatio: { head: 'Peak/trough', title: 'Peak over trough of the mean waveform', decimals: 2 },
  repolarisation: { head: 'Repol.', title: 'Slope from peak to trough, µV/s', decimals: 0 },
  recovery: { head: 'Recovery', title: 'Slope after the trough, µV/s', decimals: 0 },
  spread: { head: 'Spread µm', title: 'Extent along the probe at 12 % of the largest size', decimals: 0 },
} as const satisfies Record<string, MeasureFacts>;

/** What the table shows. */
export type ShownMeasure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly ShownMeasure[];

/** What most people judge units by; the others are shown when somebody asks for all. */
export const FIRST_MEASURES: ReadonlySet<ShownMeasure> = new Set(MEASURE_NAMES.slice(0, 1 + MEASURE_NAMES.indexOf('ptp')));

/** Measures whose published definition has an error: what stands in their place as published, and what the error is. */
export const PUBLISHED = {
  amplitude: {
    from: 'amplitudePublished',
    why: 'SpikeInterface 0.105 adds the gain to every amplitude, where it should add the offset.',
  },
  amplitudeCv: {
    from: 'amplitudeCvPublished',
    why: 'The variation of amplitudes is relative to these amplitudes.',
  },
  sliding: {
    from: 'slidingPublished',
    why: 'SpikeInterface 0.105 counts in bins of whole samples but tests periods of 0.25 ms.',
  },
} as const satisfies { readonly [K in ShownMeasure]?: { readonly from: string; readonly why: string } };

export type MeasureName = ShownMeasure | (typeof PUBLISHED)[keyof typeof PUBLISHED]['from'];

/** Corrected: without known errors of the references; published: with them, to compare with published tables. */
export type Definitions = 'corrected' | 'published';

/** A unit's measures under the definitions that were chosen. */
export function definedBy(definitions: Definitions, unit: UnitMeasures): UnitMeasures {
  if (definitions === 'corrected') return unit;
  const replaced = Object.entries(PUBLISHED).map(([name, { from }]) => [name, unit[from]] as const);
  return { ...unit, ...Object.fromEntries(replaced.filter(([, value]) => value !== undefined)) };
}

export interface Criterion {
  readonly label: string;
  readonly measure: ShownMeasure;
  /** "< 0.01" */
  readonly limit: string;
  readonly passes: (value: number, unit: UnitMeasures) => boolean;
}

export type PresetName = 'allen' | 'svoboda' | 'none';

export const PRESETS: Readonly<Record<PresetName, { readonly title: string; readonly criteria: readonly Criterion[] }>> = {
  allen: {
    title: 'Allen',
    criteria: [
      { label: 'ISI violations', measure: 'isiAllen', limit: '< 0.01', passes: (value) => value < 0.01 },
      { label: 'Amplitude cutoff', measure: 'cutoffAllen', limit: '< 0.01', passes: (value) => value < 0.01 },
      // 99 of 99 bins over 100 is 0.99, which binary fractions may miss by their last digit.
      { label: 'Presence, 99 bins', measure: 'presenceAllen', limit: '≥ 0.99', passes: (value) => value >= 0.99 - 1e-12 },
      { label: 'NN hit rate', measure: 'nnHitAllen', limit: '> 0.96', passes: (value) => value > 0.96 },
      { label: 'SNR', measure: 'snr', limit: '> 3.0', passes: (value) => value > 3 },
    ],
  },
  svoboda: {
    title: 'Svoboda',
    criteria: [
      { label: 'SNR', measure: 'snr', limit: '> 6', passes: (value) => value > 6 },
      {
        label: 'ISI violations',
        measure: 'isiCount',
        limit: '< 0.5 % or < 5',
        passes: (value, { spikes = Number.NaN }) => value < 5 || value / (spikes - 1) < 0.005,
      },
      { label: 'Isolation distance', measure: 'isolation', limit: '> 100', passes: (value) => value > 100 },
    ],
  },
  none: { title: 'No criteria', criteria: [] },
};

/** Whether a unit meets a criterion; null where its measure is missing. */
export function meets({ measure, passes }: Criterion, unit: UnitMeasures): boolean | null {
  const value = unit[measure];
  return value === undefined || Number.isNaN(value) ? null : passes(value, unit);
}

/** Whether a unit meets all; null where a measure is missing and none fails. */
export function meetsAll(preset: PresetName, unit: UnitMeasures): boolean | null {
  const found = PRESETS[preset].criteria.map((criterion) => meets(criterion, unit));
  if (found.some((one) => one === false)) return false;
  return found.every((one) => one === true) ? true : null;
}
