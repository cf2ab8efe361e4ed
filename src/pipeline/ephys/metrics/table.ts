// The spike-train metrics of every unit, a column each; NaN where a metric has no value. Metrics of waveforms, features and
// positions come from elsewhere and are merged by name.
import { type Steps, within } from '../../../base/steps.ts';
import { medianOf } from '../reference/median.ts';
import { type SpikeTimes, trainOf, type UnitTrains, valuesOf } from '../spikes/unit-trains.ts';
import { amplitudeCutoff, amplitudeCutoffAllen, amplitudeMedian, amplitudeSpread, noiseCutoff } from './amplitude.ts';
import { firingRange, presenceRatio, presenceRatioAllen, SYNCHRONY_SIZES, synchrony } from './firing.ts';
import { positionDrift, positionDriftAllen } from './position-drift.ts';
import {
  isiContaminationAllen,
  isiViolations,
  isiViolationsAllen,
  refractoryContamination,
  SLIDING_PUBLISHED,
  slidingContamination,
} from './refractory.ts';

/** Columns in the order of the units; NaN: no value. */
export type MetricTable = Readonly<Record<string, Float64Array<ArrayBuffer>>>;

/** Names as SpikeInterface writes them; Allen's variants end in `_allen`, a reference's own errors in `_published`. The share is of the intervals. */
export const TRAIN_METRICS = [
  'num_spikes',
  'firing_rate',
  'firing_rate_allen',
  'presence_ratio',
  'presence_ratio_allen',
  'isi_violations_count',
  'isi_violations_ratio',
  'isi_violations_share',
  'isi_violations_allen',
  'isi_contamination_allen',
  'rp_violations',
  'rp_contamination',
  'sliding_rp_violation',
  'sliding_rp_violation_published',
  'sync_spike_2',
  'sync_spike_4',
  'sync_spike_8',
  'firing_range',
] as const;

export const AMPLITUDE_METRICS = [
  'amplitude_median',
  'amplitude_cutoff',
  'amplitude_cutoff_allen',
  'amplitude_cv_median',
  'amplitude_cv_range',
  'noise_cutoff',
  'noise_ratio',
] as const;

export const POSITION_METRICS = [
  'position_median',
  'drift_ptp',
  'drift_std',
  'drift_mad',
  'max_drift_allen',
  'cumulative_drift_allen',
] as const;

export interface TrainMetricInput {
  readonly trains: UnitTrains;
  /** All spike times in the order that was grouped, rising. */
  readonly times: ArrayLike<number>;
  /** Samples of the recording. */
  readonly duration: number;
  readonly rate: number;
  /** Per spike, in the same order, NaN where nobody read it; missing: the columns are left out. */
  readonly amplitudes?: ArrayLike<number> | undefined;
  /** Per unit what SpikeInterface 0.105 adds to its amplitudes in place of the offset: µV a count of its largest electrode. */
  readonly gains?: ArrayLike<number> | undefined;
  /** µm, per spike, NaN where nobody read it. */
  readonly depths?: ArrayLike<number> | undefined;
}

type TrainMetric = (typeof TRAIN_METRICS)[number];
type AmplitudeMetric = (typeof AMPLITUDE_METRICS)[number];
type PositionMetric = (typeof POSITION_METRICS)[number];

type Columns<K extends string> = Record<K, Float64Array<ArrayBuffer>>;

function emptyColumns<K extends string>(names: readonly K[], units: number): Columns<K> {
  return Object.fromEntries(names.map((name) => [name, new Float64Array(units).fill(Number.NaN)])) as Columns<K>;
}

export function* trainMetrics(input: TrainMetricInput): Steps<MetricTable> {
  const { trains, times, duration, rate, amplitudes, depths, gains } = input;
  const units = trains.unitIds.length;
  const table = emptyColumns<TrainMetric>(TRAIN_METRICS, units);
  const sizes = amplitudes && emptyColumns<AmplitudeMetric>(AMPLITUDE_METRICS, units);
  const published = sizes && gains && emptyColumns<AmplitudeMetric>(AMPLITUDE_METRICS, units);
  const places = depths && emptyColumns<PositionMetric>(POSITION_METRICS, units);
  const [first, last] = [times[0] ?? Number.NaN, times[times.length - 1] ?? Number.NaN];
  const shares = yield* within(synchrony(times, trains), 0, 0.05);
  for (let u = 0; u < units; u++) {
    const train = trainOf(trains, u);
    const n = train.length;
    table.num_spikes[u] = n;
    table.firing_rate[u] = (n * rate) / duration;
    table.firing_rate_allen[u] = (n * rate) / (last - first);
    table.presence_ratio[u] = presenceRatio(train, duration, rate);
    table.presence_ratio_allen[u] = presenceRatioAllen(train, first, last);
    const isi = isiViolations(train, duration, rate);
    table.isi_violations_count[u] = isi.count;
    table.isi_violations_ratio[u] = isi.ratio;
    table.isi_violations_share[u] = n > 1 ? isi.count / (n - 1) : Number.NaN;
    table.isi_violations_allen[u] = isiViolationsAllen(train, last - first, rate).ratio;
    table.isi_contamination_allen[u] = isiContaminationAllen(train, last - first, rate);
    const refractory = refractoryContamination(train, duration, rate);
    table.rp_violations[u] = refractory.violations;
    table.rp_contamination[u] = refractory.contamination;
    table.sliding_rp_violation[u] = slidingContamination(train, duration, rate);
    table.sliding_rp_violation_published[u] = slidingContamination(train, duration, rate, SLIDING_PUBLISHED);
    SYNCHRONY_SIZES.forEach((size, k) => {
      table[`sync_spike_${size}`][u] = shares[u * SYNCHRONY_SIZES.length + k]!;
    });
    table.firing_range[u] = firingRange(train, duration, rate);
    if (sizes) {
      const read = readSpikes(train, valuesOf(trains, u, amplitudes));
      fillAmplitudes(sizes, u, read, duration);
      const shift = gains?.[u];
      if (published && shift !== undefined)
        fillAmplitudes(published, u, { ...read, values: read.values.map((x) => x + shift) }, duration);
    }
    if (places) {
      const read = readSpikes(train, valuesOf(trains, u, depths));
      const drift = positionDrift(read.train, read.values, duration, rate);
      places.position_median[u] = medianOf(read.values);
      places.drift_ptp[u] = drift.ptp;
      places.drift_std[u] = drift.std;
      places.drift_mad[u] = drift.mad;
      const allen = positionDriftAllen(read.train, read.values, first, last, rate);
      places.max_drift_allen[u] = allen.most;
      places.cumulative_drift_allen[u] = allen.cumulative;
    }
    yield 0.05 + (0.95 * (u + 1)) / units;
  }
  const renamed = Object.entries(published ?? {}).map(([name, column]) => [`${name}_published`, column]);
  return { ...table, ...sizes, ...Object.fromEntries(renamed), ...places };
}

interface ReadSpikes {
  readonly train: SpikeTimes;
  readonly values: Float64Array<ArrayBuffer>;
}

/** Without the spikes whose value nobody read. */
function readSpikes(train: SpikeTimes, values: Float64Array<ArrayBuffer>): ReadSpikes {
  if (!values.some(Number.isNaN)) return { train, values };
  return { train: train.filter((_, i) => !Number.isNaN(values[i]!)), values: values.filter((value) => !Number.isNaN(value)) };
}

function fillAmplitudes(table: Columns<AmplitudeMetric>, u: number, { train, values }: ReadSpikes, duration: number): void {
  table.amplitude_median[u] = amplitudeMedian(values);
  table.amplitude_cutoff[u] = amplitudeCutoff(values);
  table.amplitude_cutoff_allen[u] = amplitudeCutoffAllen(values);
  const spread = amplitudeSpread(train, values, duration);
  table.amplitude_cv_median[u] = spread.median;
  table.amplitude_cv_range[u] = spread.range;
  const noise = noiseCutoff(values);
  table.noise_cutoff[u] = noise.cutoff;
  table.noise_ratio[u] = noise.ratio;
}
