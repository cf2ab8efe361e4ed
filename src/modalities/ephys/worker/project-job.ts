// All spikes of a unit as points: their waveforms on the axes that were found from a few of them, and their amplitudes.
import type { Job } from '../../../base/job.ts';
import { waveformWindow } from '../../../pipeline/ephys/template/waveforms.ts';
import type { FeatureBasis, Projected, ProjectInput } from '../shared/unit-jobs.ts';
import { electrodesOf } from './electrodes.ts';
import { projectOn } from './features.ts';
import { recordingOf } from './recordings.ts';
import { readWaveforms } from './waveform-job.ts';

/** Spikes of a part: all their waveforms on all channels are held at once. */
const SPIKES_A_PART = 100;

interface Span {
  readonly first: number;
  readonly last: number;
}

export const projectJob: Job<ProjectInput, Span, { readonly first: number; readonly found: Projected }, never, Projected> = {
  split: ({ frames }) =>
    Array.from({ length: Math.ceil(frames.length / SPIKES_A_PART) }, (_, i) => ({
      first: i * SPIKES_A_PART,
      last: Math.min(frames.length, (i + 1) * SPIKES_A_PART),
    })),
  run: async ({ source, chain, frames, basis }, { first, last }, context) => {
    const recording = await recordingOf(source);
    const { rate } = electrodesOf(recording).context;
    const waves = await readWaveforms(recording, chain, frames.slice(first, last), waveformWindow(rate), context);
    const found = nothing(last - first);
    const points = projectOn(waves, basis);
    waves.spikes.forEach((spike, k) => {
      found.x[spike] = points[2 * k]!;
      found.y[spike] = points[2 * k + 1]!;
      found.amplitudes[spike] = amplitudeOf(waves.data, k, waves, basis);
    });
    return { first, found };
  },
  merger: ({ frames }) => {
    const all = nothing(frames.length);
    return {
      add: ({ first, found }) => {
        all.x.set(found.x, first);
        all.y.set(found.y, first);
        all.amplitudes.set(found.amplitudes, first);
      },
      finish: () => all,
    };
  },
};

const nothing = (length: number): Projected => ({
  x: new Float32Array(length).fill(Number.NaN),
  y: new Float32Array(length).fill(Number.NaN),
  amplitudes: new Float32Array(length).fill(Number.NaN),
});

function amplitudeOf(
  data: Float32Array,
  spike: number,
  { samples, channels }: { readonly samples: number; readonly channels: number },
  { peak, peakSample }: FeatureBasis,
): number {
  return data[(spike * samples + peakSample) * channels + peak]!;
}
