// Second pass of the measures: amplitude, depth and features of every spike in what is read, on the electrodes of its unit.
import type { Job } from '../../../base/job.ts';
import { centreOfMass, channelsWithin } from '../../../pipeline/ephys/template/location.ts';
import { COMPONENTS, FEATURE_ELECTRODES, type SpikeInput, type SpikeMeasures } from '../shared/metrics.ts';
import { electrodesOf } from './electrodes.ts';
import { readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';
import { type MetricPiece, MOST_SPIKES, metricPieces, spikesOf } from './template-job.ts';
import { nearestElectrodes } from './waveform-job.ts';

const HALF_WINDOW_S = 0.0005;
const LOCATION_RADIUS = 75;
const FEATURE_RADIUS = 200;
const FEATURE_SIZE = COMPONENTS * FEATURE_ELECTRODES;

interface Partial {
  readonly first: number;
  readonly amplitudes: Float32Array<ArrayBuffer>;
  readonly depths: Float32Array<ArrayBuffer>;
  readonly featureUnits: Int32Array<ArrayBuffer>;
  readonly features: Float32Array<ArrayBuffer>;
  readonly electrodes: Int32Array<ArrayBuffer>;
}

export const spikeJob: Job<SpikeInput, MetricPiece, Partial, never, SpikeMeasures> = {
  split: metricPieces,
  run: async (input, piece, { signal }) => {
    const { source, chain, times, units, rate, frames, channels, count, templates, axes } = input;
    const { samples, before, peaks, peakSamples } = templates;
    const recording = await recordingOf(source);
    const { positions } = electrodesOf(recording).context;
    const from = Math.max(0, piece.from - before);
    const to = Math.min(frames, piece.to + samples - before);
    const { data } = await readProcessed(recording, chain, from, to, signal);
    const electrodes = new Int32Array(count * FEATURE_ELECTRODES).fill(-1);
    peaks.forEach((peak, unit) => {
      if (peak >= 0)
        electrodes.set(nearestElectrodes(positions, peak, FEATURE_RADIUS, FEATURE_ELECTRODES), unit * FEATURE_ELECTRODES);
    });
    const near = new Map<number, Int32Array>();
    const [first, last] = spikesOf(times, piece);
    const amplitudes = new Float32Array(last - first).fill(Number.NaN);
    const depths = new Float32Array(last - first).fill(Number.NaN);
    const quota = Math.ceil(MOST_SPIKES / Math.max(1, metricPieces(input).length)) + 1;
    const taken = new Map<number, number>();
    const kept: number[] = [];
    const half = Math.round(HALF_WINDOW_S * rate);
    const sizes = new Float64Array(channels);
    for (let spike = first; spike < last; spike++) {
      const unit = units[spike]!;
      const peak = unit < 0 ? -1 : peaks[unit]!;
      const start = times[spike]! - from - before;
      if (peak < 0 || start < 0 || start + samples > to - from) continue;
      amplitudes[spike - first] = data[(start + peakSamples[unit]!) * channels + peak]!;
      let around = near.get(peak);
      if (!around) {
        around = channelsWithin(positions, peak, LOCATION_RADIUS);
        near.set(peak, around);
      }
      for (const channel of around) {
        let low = Number.POSITIVE_INFINITY;
        let high = Number.NEGATIVE_INFINITY;
        for (let t = start + before - half; t < start + before + half; t++) {
          const value = data[t * channels + channel]!;
          if (value < low) low = value;
          if (value > high) high = value;
        }
        sizes[channel] = high - low;
      }
      depths[spike - first] = centreOfMass(sizes, positions, around)[1];
      const before_ = taken.get(unit) ?? 0;
      if (before_ >= quota) continue;
      taken.set(unit, before_ + 1);
      kept.push(spike);
    }
    const features = new Float32Array(kept.length * FEATURE_SIZE);
    kept.forEach((spike, k) => {
      const start = times[spike]! - from - before;
      for (let e = 0; e < FEATURE_ELECTRODES; e++) {
        const electrode = electrodes[units[spike]! * FEATURE_ELECTRODES + e]!;
        if (electrode < 0) continue;
        for (let c = 0; c < COMPONENTS; c++) {
          let sum = 0;
          for (let t = 0; t < samples; t++) sum += data[(start + t) * channels + electrode]! * axes[c * samples + t]!;
          features[k * FEATURE_SIZE + e * COMPONENTS + c] = sum;
        }
      }
    });
    return { first, amplitudes, depths, featureUnits: Int32Array.from(kept, (spike) => units[spike]!), features, electrodes };
  },
  merger: ({ times, count }) => {
    const amplitudes = new Float32Array(times.length).fill(Number.NaN);
    const depths = new Float32Array(times.length).fill(Number.NaN);
    const counts = new Int32Array(count);
    const featureUnits: number[] = [];
    const rows: Float32Array[] = [];
    let electrodes: Int32Array<ArrayBuffer> = new Int32Array(count * FEATURE_ELECTRODES).fill(-1);
    return {
      add: (part) => {
        amplitudes.set(part.amplitudes, part.first);
        depths.set(part.depths, part.first);
        electrodes = part.electrodes;
        part.featureUnits.forEach((unit, k) => {
          if (counts[unit]!++ >= MOST_SPIKES) return;
          featureUnits.push(unit);
          rows.push(part.features.subarray(k * FEATURE_SIZE, (k + 1) * FEATURE_SIZE));
        });
      },
      finish: () => {
        const features = new Float32Array(rows.length * FEATURE_SIZE);
        rows.forEach((row, i) => {
          features.set(row, i * FEATURE_SIZE);
        });
        return { amplitudes, depths, featureUnits: Int32Array.from(featureUnits), features, electrodes };
      },
    };
  },
};
