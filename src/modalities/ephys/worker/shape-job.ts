// Measures that mean waveforms alone give, and the axes on which spikes are projected.
import { singleJob } from '../../../base/job.ts';
import { templateCentre } from '../../../pipeline/ephys/template/location.ts';
import { channelOf, peakToPeak, waveformShape } from '../../../pipeline/ephys/template/shape.ts';
import type { RecordingSource } from '../shared/info.ts';
import { COMPONENTS, type MeasureColumns, type UnitTemplates } from '../shared/metrics.ts';
import { electrodesOf } from './electrodes.ts';
import { principalAxes } from './principal-axes.ts';
import { recordingOf } from './recordings.ts';

export interface ShapeInput {
  readonly source: RecordingSource;
  readonly templates: UnitTemplates;
  readonly rate: number;
}

export interface Shapes {
  readonly columns: MeasureColumns;
  readonly axes: Float32Array<ArrayBuffer>;
}

export const shapeJob = singleJob<ShapeInput, Shapes>(async ({ source, templates, rate }) => {
  const { mean, samples, channels, counts, peaks, noise } = templates;
  const { positions } = electrodesOf(await recordingOf(source)).context;
  const size = samples * channels;
  const units = Array.from(counts, (count, unit) => {
    const template = {
      mean: mean.subarray(unit * size, (unit + 1) * size) as Float32Array<ArrayBuffer>,
      std: new Float32Array(0),
      count,
      samples,
      channels,
    };
    if (count === 0) return null;
    const peak = peaks[unit]!;
    const wave = channelOf(template, peak);
    const [x, y] = templateCentre(template, positions, peak);
    const shape = waveformShape(wave, rate);
    return {
      peak,
      x,
      depth: y,
      snr: Math.max(...wave.map(Math.abs)) / noise[peak]!,
      ptp: peakToPeak(template.mean, channels, 0, samples)[peak]!,
      duration: shape.peakToTroughDuration * 1000,
      halfWidth: shape.halfWidth * 1000,
      wave,
    };
  });
  const column = (name: 'peak' | 'x' | 'depth' | 'snr' | 'ptp' | 'duration' | 'halfWidth') =>
    Float64Array.from(units, (unit) => unit?.[name] ?? Number.NaN);
  const columns = {
    peak: column('peak'),
    x: column('x'),
    depth: column('depth'),
    snr: column('snr'),
    ptp: column('ptp'),
    duration: column('duration'),
    halfWidth: column('halfWidth'),
  };
  return {
    columns,
    axes: leadingAxes(
      units.flatMap((unit) => (unit ? [unit.wave] : [])),
      samples,
    ),
  };
});

/** [component][sample]: the directions in which the units' waveforms vary most about zero. */
function leadingAxes(waves: readonly Float32Array[], samples: number): Float32Array<ArrayBuffer> {
  const scatter = new Float64Array(samples * samples);
  for (const wave of waves)
    for (let i = 0; i < samples; i++) for (let j = 0; j < samples; j++) scatter[i * samples + j]! += wave[i]! * wave[j]!;
  const out = new Float32Array(COMPONENTS * samples);
  principalAxes(scatter, samples, COMPONENTS).forEach((axis, c) => {
    out.set(axis, c * samples);
  });
  return out;
}
