// Second pass of the measures: amplitude and depth of every spike in what is read, and the features of those that were averaged, on the
// electrodes of its unit.
import { joinNumbers } from '../../../base/bytes.ts';
import type { Job } from '../../../base/job.ts';
import { type Components, projectWaves } from '../../../pipeline/ephys/metrics/features.ts';
import { channelsWithin, LOCATION_RADIUS, spikeCentres } from '../../../pipeline/ephys/template/location.ts';
import { extractWaveforms, spikeAmplitudes, type Waveforms } from '../../../pipeline/ephys/template/waveforms.ts';
import { COMPONENTS, FEATURE_ELECTRODES, type SpikeInput, type SpikeMeasures } from '../shared/metrics.ts';
import { electrodesOf } from './electrodes.ts';
import { readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';
import { byUnit, type MetricPiece, metricPieces } from './template-job.ts';

const HALF_WINDOW_S = 0.0005;
const FEATURE_SIZE = COMPONENTS * FEATURE_ELECTRODES;

interface Partial {
  readonly first: number;
  readonly amplitudes: Float32Array<ArrayBuffer>;
  readonly depths: Float32Array<ArrayBuffer>;
  readonly featureUnits: Int32Array<ArrayBuffer>;
  readonly features: Float32Array<ArrayBuffer>;
}

export const spikeJob: Job<SpikeInput, MetricPiece, Partial, never, SpikeMeasures> = {
  split: metricPieces,
  run: async ({ source, chain, times, units, rate, frames, templates, axes, electrodes }, piece, { signal }) => {
    const { samples, before, peaks, peakSamples } = templates;
    const window = { before, after: samples - before };
    const recording = await recordingOf(source);
    const { positions } = electrodesOf(recording).context;
    const from = Math.max(0, piece.from - before);
    const to = Math.min(frames, piece.to + window.after);
    const block = await readProcessed(recording, chain, from, to, signal);
    const timesOf = (spikes: readonly number[]) => Float64Array.from(spikes, (spike) => times[spike]!);
    const amplitudes = new Float32Array(piece.last - piece.first).fill(Number.NaN);
    const depths = new Float32Array(piece.last - piece.first).fill(Number.NaN);
    const half = Math.round(HALF_WINDOW_S * rate);
    const all = Array.from({ length: piece.last - piece.first }, (_, i) => piece.first + i);
    for (const [unit, spikes] of byUnit(all, units)) {
      const peak = peaks[unit]!;
      if (peak < 0) continue;
      const own = timesOf(spikes);
      const near = channelsWithin(positions, peak, LOCATION_RADIUS);
      const waves = extractWaveforms(block, from, own, window, near);
      const centres = spikeCentres(waves, window, placesOf(positions, near), near.indexOf(peak), half);
      const sizes = spikeAmplitudes(block, from, own, peak, peakSamples[unit]! - before);
      waves.spikes.forEach((k, i) => {
        amplitudes[spikes[k]! - piece.first] = sizes[k]!;
        depths[spikes[k]! - piece.first] = centres[2 * i + 1]!;
      });
    }
    const components = componentsOf(axes, samples);
    const featureUnits: number[] = [];
    const rows: Float32Array<ArrayBuffer>[] = [];
    for (const [unit, spikes] of byUnit(piece.chosen, units)) {
      if (peaks[unit]! < 0) continue;
      const near = electrodes.subarray(unit * FEATURE_ELECTRODES, (unit + 1) * FEATURE_ELECTRODES).filter((one) => one >= 0);
      const waves = extractWaveforms(block, from, timesOf(spikes), window, near);
      rows.push(featuresOf(waves, components));
      for (let i = 0; i < waves.spikes.length; i++) featureUnits.push(unit);
    }
    return {
      first: piece.first,
      amplitudes,
      depths,
      featureUnits: Int32Array.from(featureUnits),
      features: joinNumbers(Float32Array, rows),
    };
  },
  merger: ({ times }) => {
    const amplitudes = new Float32Array(times.length).fill(Number.NaN);
    const depths = new Float32Array(times.length).fill(Number.NaN);
    const featureUnits: number[] = [];
    const rows: Float32Array<ArrayBuffer>[] = [];
    return {
      add: (part) => {
        amplitudes.set(part.amplitudes, part.first);
        depths.set(part.depths, part.first);
        for (const unit of part.featureUnits) featureUnits.push(unit);
        rows.push(part.features);
      },
      finish: () => ({
        amplitudes,
        depths,
        featureUnits: Int32Array.from(featureUnits),
        features: joinNumbers(Float32Array, rows),
      }),
    };
  },
};

/** [x, y] of a few channels. */
function placesOf(positions: ArrayLike<number>, channels: Int32Array): Float64Array {
  return Float64Array.from({ length: 2 * channels.length }, (_, i) => positions[2 * channels[i >> 1]! + (i & 1)]!);
}

/** `axes` [component][sample]: the spikes are projected as they are, about zero. */
function componentsOf(axes: Float32Array<ArrayBuffer>, samples: number): Pick<Components, 'axes' | 'mean'> {
  const one = (c: number) => Float64Array.from(axes.subarray(c * samples, (c + 1) * samples));
  return { axes: Array.from({ length: COMPONENTS }, (_, c) => one(c)), mean: new Float64Array(samples) };
}

/** [spike][component][electrode], zero beyond the electrodes that there are. */
function featuresOf(
  { data, spikes, samples, channels }: Waveforms,
  components: Pick<Components, 'axes' | 'mean'>,
): Float32Array<ArrayBuffer> {
  const waves = new Float32Array(data.length);
  for (let k = 0, to = 0; k < spikes.length; k++) {
    for (let e = 0; e < channels; e++)
      for (let t = 0, at = k * samples * channels + e; t < samples; t++, at += channels) waves[to++] = data[at]!;
  }
  const scores = projectWaves(waves, components);
  const out = new Float32Array(spikes.length * FEATURE_SIZE);
  for (let k = 0, from = 0; k < spikes.length; k++) {
    for (let e = 0; e < channels; e++)
      for (let c = 0; c < COMPONENTS; c++) out[k * FEATURE_SIZE + c * FEATURE_ELECTRODES + e] = scores[from++]!;
  }
  return out;
}
