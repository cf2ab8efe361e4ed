// Measures that mean waveforms alone give, the axes on which spikes are projected, and the electrodes around each unit.
import { singleJob } from '../../../base/job.ts';
import { principalComponents } from '../../../pipeline/ephys/metrics/features.ts';
import { templateMetrics } from '../../../pipeline/ephys/template/template-metrics.ts';
import type { MeasureName } from '../shared/measures.ts';
import { COMPONENTS, FEATURE_ELECTRODES, type MeasureColumns, type ShapeInput, type Shapes } from '../shared/metrics.ts';
import { columnsNamed } from './columns.ts';
import { electrodesOf } from './electrodes.ts';
import { recordingOf } from './recordings.ts';
import { nearestElectrodes } from './waveform-job.ts';

/** µm around the largest electrode. */
const FEATURE_RADIUS = 200;

const COLUMNS = {
  peak: 'peak_channel',
  snr: 'snr',
  x: 'x_um',
  depth: 'y_um',
  monopoleX: 'x_monopolar_um',
  monopoleDepth: 'y_monopolar_um',
  ptp: 'peak_to_peak',
  duration: 'peak_to_trough_ms',
  troughRatio: 'peak_trough_ratio',
  halfWidth: 'half_width_ms',
  repolarisation: 'repolarisation_slope',
  recovery: 'recovery_slope',
  spread: 'spread_um',
} as const satisfies { readonly [K in MeasureName]?: string };

export const shapeJob = singleJob<ShapeInput, Shapes>(async ({ source, templates, rate }) => {
  const { mean, samples, channels, counts, peaks, noise } = templates;
  const { positions } = electrodesOf(await recordingOf(source)).context;
  const size = samples * channels;
  const units = Array.from(counts, (count, unit) => {
    const own = mean.subarray(unit * size, (unit + 1) * size);
    return count === 0 ? null : { mean: own, std: new Float32Array(0), count, samples, channels };
  });
  // Sorters find positive peaks, too: the largest deflection either way counts.
  const columns: MeasureColumns = columnsNamed(COLUMNS, templateMetrics(units, noise, positions, rate, 'both'));
  const waves = Array.from(peaks).flatMap((peak, unit) =>
    peak < 0 ? [] : Array.from({ length: samples }, (_, t) => mean[unit * size + t * channels + peak]!),
  );
  const axes = new Float32Array(COMPONENTS * samples);
  // Each wave with its mirror image: directions about zero, so that the shape that all have in common is one of them.
  principalComponents([...waves, ...waves.map((x) => -x)], samples, COMPONENTS).axes.forEach((axis, c) => {
    axes.set(axis, c * samples);
  });
  const electrodes = new Int32Array(peaks.length * FEATURE_ELECTRODES).fill(-1);
  peaks.forEach((peak, unit) => {
    if (peak >= 0)
      electrodes.set(nearestElectrodes(positions, peak, FEATURE_RADIUS, FEATURE_ELECTRODES), unit * FEATURE_ELECTRODES);
  });
  return { columns, axes, electrodes };
});
