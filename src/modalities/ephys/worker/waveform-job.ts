// Waveforms of a few spikes of the selected units: read, processed, averaged, located, and projected on their principal components.
import { type JobContext, singleJob } from '../../../base/job.ts';
import { breathe, throwIfAborted } from '../../../base/steps.ts';
import type { Recording } from '../../../formats/recording.ts';
import { channelsWithin, spikeCentres, templateCentre } from '../../../pipeline/ephys/template/location.ts';
import { mainPeak } from '../../../pipeline/ephys/template/shape.ts';
import {
  addToTemplate,
  extractWaveforms,
  finishTemplate,
  makeTemplateSums,
  stretchesOf,
  type Waveforms,
  type WaveformWindow,
  waveformWindow,
} from '../../../pipeline/ephys/template/waveforms.ts';
import type { ChainSettings } from '../shared/chain.ts';
import type { UnitWaveforms, WaveformInput } from '../shared/unit-jobs.ts';
import { electrodesOf } from './electrodes.ts';
import { featureAxes, projectOn } from './features.ts';
import { readProcessed } from './processed.ts';
import { recordingOf } from './recordings.ts';

/** Spikes nearer than this are read in one go: reading is cheaper than a second set of margins. */
const GAP_FRAMES = 2000;
/** Frames of one go: what fits in memory. */
const MOST_FRAMES = 60_000;
const NEAR_UM = 110;
const MOST_NEAR = 16;
const HALF_WINDOW_S = 0.0005;

/** Waveforms of rising `times` on all electrodes; spikes whose window leaves the recording are left out. */
export async function readWaveforms(
  recording: Recording,
  chain: ChainSettings,
  times: Float64Array<ArrayBuffer>,
  window: WaveformWindow,
  { signal }: JobContext,
): Promise<Waveforms> {
  const parts: Waveforms[] = [];
  const places: Int32Array[] = [];
  for (const stretch of stretchesOf(times, window, recording.frames, GAP_FRAMES)) {
    for (let from = stretch.from; from < stretch.to; from += MOST_FRAMES) {
      throwIfAborted(signal);
      // Each go reaches so far beyond its end that the spikes at the seam are whole in exactly one of the two.
      const to = Math.min(stretch.to, from + MOST_FRAMES + window.before + window.after - 1);
      const own = times.subarray(stretch.first, stretch.end);
      const block = await readProcessed(recording, chain, from, to, signal);
      const found = extractWaveforms(block, from, own, window);
      parts.push(found);
      places.push(found.spikes.map((spike) => spike + stretch.first));
      await breathe();
    }
  }
  const channels = electrodesOf(recording).columns.length;
  const samples = window.before + window.after;
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  const spikes = new Int32Array(parts.reduce((sum, part) => sum + part.spikes.length, 0));
  let at = 0;
  let spike = 0;
  parts.forEach((part, i) => {
    data.set(part.data, at);
    spikes.set(places[i]!, spike);
    at += part.data.length;
    spike += part.spikes.length;
  });
  return { data, spikes, samples, channels };
}

/** The electrodes around one, nearest first. */
export function nearestElectrodes(
  positions: ArrayLike<number>,
  electrode: number,
  radius = NEAR_UM,
  most = MOST_NEAR,
): Int32Array<ArrayBuffer> {
  const distance = (other: number) =>
    Math.hypot(positions[2 * other]! - positions[2 * electrode]!, positions[2 * other + 1]! - positions[2 * electrode + 1]!);
  return channelsWithin(positions, electrode, radius)
    .sort((a, b) => distance(a) - distance(b) || a - b)
    .slice(0, most);
}

async function unitWaveforms(
  recording: Recording,
  chain: ChainSettings,
  times: Float64Array<ArrayBuffer>,
  window: WaveformWindow,
  context: JobContext,
) {
  const waves = await readWaveforms(recording, chain, times, window, context);
  const { positions } = electrodesOf(recording).context;
  const sums = makeTemplateSums(waves.samples, waves.channels);
  addToTemplate(sums, waves);
  const template = finishTemplate(sums);
  const main = mainPeak(template, 'both');
  const electrodes = nearestElectrodes(positions, main.channel);
  return { waves, template, main, electrodes };
}

/** [spike][electrode][sample] from [spike][sample][channel]. */
function pick({ data, spikes, samples, channels }: Waveforms, electrodes: Int32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(spikes.length * electrodes.length * samples);
  let at = 0;
  for (let k = 0; k < spikes.length; k++) {
    for (const electrode of electrodes) {
      for (let t = 0, from = k * samples * channels + electrode; t < samples; t++, from += channels) out[at++] = data[from]!;
    }
  }
  return out;
}

export const waveformJob = singleJob<WaveformInput, readonly UnitWaveforms[]>(async ({ source, chain, trains }, context) => {
  const recording = await recordingOf(source);
  const { positions, rate } = electrodesOf(recording).context;
  const window = waveformWindow(rate);
  const units: Awaited<ReturnType<typeof unitWaveforms>>[] = [];
  for (const train of trains) units.push(await unitWaveforms(recording, chain, train, window, context));
  const axes = featureAxes(
    units.map(({ waves }) => waves),
    units[0]?.electrodes ?? new Int32Array(0),
    window,
    rate,
  );
  return units.map(({ waves, template, main, electrodes }, u): UnitWaveforms => {
    const basis = axes && { ...axes, peak: main.channel, peakSample: main.sample };
    const mean = new Float32Array(electrodes.length * waves.samples);
    electrodes.forEach((electrode, e) => {
      for (let t = 0; t < waves.samples; t++) mean[e * waves.samples + t] = template.mean[t * waves.channels + electrode]!;
    });
    const half = Math.round(HALF_WINDOW_S * rate);
    return {
      peak: main.channel,
      electrodes,
      samples: waves.samples,
      before: window.before,
      mean,
      spray: pick(waves, electrodes),
      frames: Float64Array.from(waves.spikes, (spike) => trains[u]![spike]!),
      amplitudes: Float32Array.from(
        waves.spikes,
        (_, k) => waves.data[(k * waves.samples + main.sample) * waves.channels + main.channel]!,
      ),
      features: basis ? projectOn(waves, basis) : new Float32Array(2 * waves.spikes.length),
      basis,
      places: spikeCentres(waves, window, positions, main.channel, half),
      location: templateCentre(template, positions, main.channel),
    };
  });
});
