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
  drift: { head: 'Drift µm', title: 'Drift: range of the median depth over stretches of 60 s', decimals: 1 },
  peak: { head: 'Channel', title: 'Electrode with the largest waveform', decimals: 0 },
  x: { head: 'x µm', title: 'Place of the unit across the probe', decimals: 0 },
  duration: { head: 'Dur. ms', title: 'Trough to peak of the mean waveform', decimals: 2 },
  halfWidth: { head: 'Half ms', title: 'Width at half of the trough', decimals: 2 },
  ptp: { head: 'PTP µV', title: 'Peak to peak of the mean waveform', decimals: 0 },
} as const satisfies Record<string, MeasureFacts>;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly MeasureName[];

export interface Criterion {
  readonly label: string;
  readonly measure: MeasureName;
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
      { label: 'NN hit rate', measure: 'nnHit', limit: '> 0.96', passes: (value) => value > 0.96 },
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
