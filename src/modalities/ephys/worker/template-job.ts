// First pass of the measures: mean waveforms of all units and the noise of all electrodes.

import { getOrMake } from '../../../base/get-or-make.ts';
import type { Job } from '../../../base/job.ts';
import { lowerBound } from '../../../base/rising.ts';
import { noiseLevels } from '../../../pipeline/ephys/reference/noise.ts';
import { mainPeak } from '../../../pipeline/ephys/template/shape.ts';
import { templateSimilarity } from '../../../pipeline/ephys/template/similarity.ts';
import {
  addToTemplate,
  chooseSpikes,
  extractWaveforms,
  finishTemplate,
  makeTemplateSums,
  type TemplateSums,
  waveformWindow,
} from '../../../pipeline/ephys/template/waveforms.ts';
import { type MetricSpan, metricSpans } from '../shared/metric-spans.ts';
import type { TemplateInput, UnitTemplates } from '../shared/metrics.ts';
import { readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';

/** Spikes of a unit that are averaged, and whose features are kept. */
export const MOST_SPIKES = 500;

export interface MetricPiece extends MetricSpan {
  /** Spikes [first, last) of the table lie in it. */
  readonly first: number;
  readonly last: number;
  /** Those that are averaged: chosen at random among all that are read, so that no time counts more than another. */
  readonly chosen: Uint32Array<ArrayBuffer>;
}

export function metricPieces({ times, units, count, frames, rate, seconds }: TemplateInput): MetricPiece[] {
  const spans = metricSpans(frames, rate, seconds);
  const places = spans.map(({ from, to }) => [lowerBound(times, from), lowerBound(times, to)] as const);
  const read = new Uint32Array(count);
  for (const [first, last] of places) for (let i = first; i < last; i++) if (units[i]! >= 0) read[units[i]!]!++;
  const wanted = Array.from(read, (own, unit) => chooseSpikes(own, MOST_SPIKES, unit));
  const seen = new Uint32Array(count);
  const taken = new Uint32Array(count);
  return spans.map((span, k): MetricPiece => {
    const [first, last] = places[k]!;
    const chosen: number[] = [];
    for (let i = first; i < last; i++) {
      const unit = units[i]!;
      if (unit < 0 || wanted[unit]![taken[unit]!] !== seen[unit]!++) continue;
      taken[unit]!++;
      chosen.push(i);
    }
    return { ...span, first, last, chosen: Uint32Array.from(chosen) };
  });
}

/** Spikes by their units, in ascending order of the units. */
export function byUnit(spikes: Iterable<number>, units: Int32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const spike of spikes) {
    const unit = units[spike]!;
    if (unit < 0) continue;
    const group = groups.get(unit);
    if (group) group.push(spike);
    else groups.set(unit, [spike]);
  }
  return new Map([...groups].sort(([a], [b]) => a - b));
}

interface Partial {
  /** Of the units with spikes in the piece. */
  readonly sums: readonly (TemplateSums & { readonly unit: number })[];
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
    const block = await readProcessed(recording, chain, from, to, signal);
    const sums = Array.from(byUnit(piece.chosen, units), ([unit, spikes]) => {
      const own = makeTemplateSums(samples, channels, false);
      const trains = Float64Array.from(spikes, (spike) => times[spike]!);
      addToTemplate(own, extractWaveforms(block, from, trains, window));
      return { unit, ...own };
    });
    return { sums, noise: noiseLevels(block) };
  },
  merger: ({ count, channels, rate }) => {
    const window = waveformWindow(rate);
    const samples = window.before + window.after;
    const size = samples * channels;
    const sums = new Map<number, TemplateSums>();
    const noise = new Float64Array(channels);
    let pieces = 0;
    return {
      add: (part) => {
        for (const { unit, sum, count: added } of part.sums) {
          const own = getOrMake(sums, unit, () => makeTemplateSums(samples, channels, false));
          for (let k = 0; k < size; k++) own.sum[k]! += sum[k]!;
          own.count += added;
        }
        pieces++;
        part.noise.forEach((level, c) => {
          noise[c]! += level;
        });
      },
      finish: () => {
        const mean = new Float32Array(count * size).fill(Number.NaN);
        const counts = new Int32Array(count);
        const peaks = new Int32Array(count).fill(-1);
        const peakSamples = new Int32Array(count).fill(-1);
        const templates = Array.from({ length: count }, (_, unit) => {
          const own = mean.subarray(unit * size, (unit + 1) * size);
          const sum = sums.get(unit);
          sums.delete(unit);
          if (sum && sum.count > 0) {
            counts[unit] = sum.count;
            own.set(finishTemplate(sum).mean);
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
