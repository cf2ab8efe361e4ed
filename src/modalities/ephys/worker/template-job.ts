// First pass of the measures: mean waveforms of all units and the noise of all electrodes.
import type { Job } from '../../../base/job.ts';
import { lowerBound } from '../../../base/rising.ts';
import { noiseLevels } from '../../../pipeline/ephys/reference/noise.ts';
import { mainPeak } from '../../../pipeline/ephys/template/shape.ts';
import { templateSimilarity } from '../../../pipeline/ephys/template/similarity.ts';
import { waveformWindow } from '../../../pipeline/ephys/template/waveforms.ts';
import type { TemplateInput, UnitTemplates } from '../shared/metrics.ts';
import { readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';

const PIECE_SECONDS = 1;
/** Seconds that are read of a long recording, evenly over it. */
const MOST_SECONDS = 120;
/** Spikes of a unit that are averaged. */
export const MOST_SPIKES = 500;

export interface MetricPiece {
  readonly from: number;
  readonly to: number;
}

export function metricPieces({ frames, rate }: Pick<TemplateInput, 'frames' | 'rate'>): MetricPiece[] {
  const length = Math.max(1, Math.round(PIECE_SECONDS * rate));
  const count = Math.ceil(frames / length);
  const every = Math.max(1, count / MOST_SECONDS);
  const pieces: MetricPiece[] = [];
  for (let i = 0; Math.floor(i) < count; i += every)
    pieces.push({ from: Math.floor(i) * length, to: Math.min(frames, (Math.floor(i) + 1) * length) });
  return pieces;
}

/** Spikes of the table within a piece: [first, last). */
export function spikesOf(times: Float64Array, { from, to }: MetricPiece): [number, number] {
  return [lowerBound(times, from), lowerBound(times, to)];
}

interface Partial {
  /** Units with spikes in the piece, and for each the sum [sample][channel] and how many. */
  readonly units: Int32Array<ArrayBuffer>;
  readonly sums: Float64Array<ArrayBuffer>;
  readonly counts: Int32Array<ArrayBuffer>;
  readonly noise: Float64Array<ArrayBuffer>;
}

export const templateJob: Job<TemplateInput, MetricPiece, Partial, never, UnitTemplates> = {
  split: metricPieces,
  run: async ({ source, chain, times, units, rate, frames, channels }, piece, { signal }) => {
    const recording = await recordingOf(source);
    const window = waveformWindow(rate);
    const samples = window.before + window.after;
    // The windows of the first and last spikes reach into the neighbouring pieces.
    const from = Math.max(0, piece.from - window.before);
    const to = Math.min(frames, piece.to + window.after);
    const { data } = await readProcessed(recording, chain, from, to, signal);
    const [first, last] = spikesOf(times, piece);
    const here = [...new Set(units.subarray(first, last))].filter((unit) => unit >= 0).sort((a, b) => a - b);
    const place = new Map(here.map((unit, i) => [unit, i]));
    const size = samples * channels;
    const sums = new Float64Array(here.length * size);
    const counts = new Int32Array(here.length);
    for (let spike = first; spike < last; spike++) {
      const at = place.get(units[spike]!);
      const start = times[spike]! - from - window.before;
      if (at === undefined || start < 0 || start + samples > to - from) continue;
      counts[at]!++;
      for (let i = 0, read = start * channels, write = at * size; i < size; i++) sums[write++]! += data[read++]!;
    }
    const noise = noiseLevels({ data, frames: to - from, channels });
    return { units: Int32Array.from(here), sums, counts, noise };
  },
  merger: ({ count, channels, rate }) => {
    const window = waveformWindow(rate);
    const samples = window.before + window.after;
    const size = samples * channels;
    const sums = new Map<number, Float64Array>();
    const counts = new Int32Array(count);
    const noise = new Float64Array(channels);
    let pieces = 0;
    return {
      add: (part) => {
        part.units.forEach((unit, i) => {
          // A long recording holds far more spikes than a mean needs.
          if (counts[unit]! >= MOST_SPIKES) return;
          const own = sums.get(unit) ?? new Float64Array(size);
          for (let k = 0; k < size; k++) own[k]! += part.sums[i * size + k]!;
          sums.set(unit, own);
          counts[unit]! += part.counts[i]!;
        });
        pieces++;
        part.noise.forEach((level, c) => {
          noise[c]! += level;
        });
      },
      finish: () => {
        const mean = new Float32Array(count * size).fill(Number.NaN);
        const peaks = new Int32Array(count).fill(-1);
        const peakSamples = new Int32Array(count).fill(-1);
        const templates = Array.from({ length: count }, (_, unit) => {
          const own = mean.subarray(unit * size, (unit + 1) * size);
          const sum = sums.get(unit);
          if (sum && counts[unit]! > 0) {
            for (let k = 0; k < size; k++) own[k] = sum[k]! / counts[unit]!;
            const main = mainPeak({ mean: own, samples, channels }, 'both');
            peaks[unit] = main.channel;
            peakSamples[unit] = main.sample;
          }
          return { mean: own, samples, channels };
        });
        return {
          mean,
          samples,
          channels,
          before: window.before,
          counts,
          peaks,
          peakSamples,
          noise: noise.map((sum) => sum / Math.max(1, pieces)),
          similarity: templateSimilarity(templates),
        };
      },
    };
  },
};
