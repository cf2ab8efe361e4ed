// The jobs behind Compute metrics on the golden recording: what they hand to the screen is what the references computed.
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../base/job.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { goldenSorting, goldenSynth, loadEphysJson, positionsOf } from '../../../test/ephys-golden.ts';
import { textBytes } from '../../../test/files.ts';
import { headOf, listingOf } from '../../../test/listing.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import { CHAIN_START, switchStep } from '../shared/chain.ts';
import { findEphys } from '../shared/find-ephys.ts';
import type { RecordingSource } from '../shared/info.ts';
import { COMPONENTS, FEATURE_ELECTRODES, type SpikeFeatures, type TemplateInput, type TrainSpikes } from '../shared/metrics.ts';
import { qualityJob } from './quality-job.ts';
import { shapeJob } from './shape-job.ts';
import { spikeJob } from './spike-job.ts';
import { metricPieces, templateJob } from './template-job.ts';
import { trainJob } from './train-job.ts';

const context = { signal: new AbortController().signal, progress: () => {} };

async function run<I, P, R, O>(job: Job<I, P, R, never, O>, input: I, payload?: unknown): Promise<O> {
  const merger = job.merger(input);
  let index = 0;
  for (const part of job.split(input)) merger.add(await job.run(input, part, context, payload), index++);
  return merger.finish();
}

const FRAMES = 600_000;
const CHANNELS = 32;
const synth = goldenSynth();
const gain = synth.config.gain_uV;
const { times, labels } = goldenSorting();

async function goldenSource(): Promise<RecordingSource> {
  const files = {
    'g/raw.dat': new Uint8Array(synth.traces(0, FRAMES).buffer as ArrayBuffer),
    'g/params.py': `dat_path = 'raw.dat'\nn_channels_dat = ${CHANNELS}\ndtype = 'int16'\nsample_rate = 30000.\n`,
    'g/channel_map.npy': writeNpy({ data: Int32Array.from({ length: CHANNELS }, (_, i) => i), shape: [CHANNELS] }),
    'g/channel_positions.npy': writeNpy({ data: positionsOf(synth), shape: [CHANNELS, 2] }),
  };
  const listing = listingOf(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? textBytes(content) : content]),
    ),
  );
  const { sets } = await findEphys(listing, headOf(listing));
  return { key: 'golden', listing, found: sets[0]!.recording! };
}

describe('the golden recording', async () => {
  const source = await goldenSource();
  const input: TemplateInput = {
    times,
    units: labels,
    count: 8,
    source,
    chain: switchStep(CHAIN_START, 'phase-shift', false),
    frames: FRAMES,
    rate: 30_000,
    channels: CHANNELS,
    seconds: Number.POSITIVE_INFINITY,
  };
  const golden = loadEphysJson<{ main_channel: number[]; noise_levels_uV: number[] }>('units');
  const templates = await run(templateJob, input);
  const shapes = await run(shapeJob, { source, templates, rate: 30_000 });
  const spikes = await run(spikeJob, { ...input, templates, axes: shapes.axes, electrodes: shapes.electrodes });

  it('has the templates of the reference, from at most 500 spikes of each unit', () => {
    const mean = loadGolden('ephys/pipeline/templates_average.npy').data;
    for (const u of [0, 2, 3, 5, 6, 7]) {
      let worst = 0;
      for (let i = u * 2880; i < (u + 1) * 2880; i++) worst = Math.max(worst, Math.abs(templates.mean[i]! * gain - mean[i]!));
      expect(worst, `unit ${u}`).toBeLessThan(2e-3);
    }
    expect(Array.from(templates.counts)).toEqual([241, 500, 87, 202, 500, 212, 104, 105]);
    expect(Array.from(templates.peaks)).toEqual(golden.main_channel);
    expect(Array.from(shapes.columns.peak!)).toEqual(golden.main_channel);
  });

  it('has its amplitudes and places, spike by spike', () => {
    const amplitudes = loadGolden('ephys/pipeline/spike_amplitudes_uV.npy').data;
    const places = loadGolden('ephys/pipeline/spike_locations_com.npy').data;
    let [worst, farthest] = [0, 0];
    amplitudes.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(spikes.amplitudes[i]! * gain - value));
      farthest = Math.max(farthest, Math.abs(spikes.depths[i]! - places[2 * i + 1]!));
    });
    expect(worst).toBeLessThan(2e-3);
    expect(farthest).toBeLessThan(0.05);
  });

  it('has its metrics of amplitudes, and what SpikeInterface publishes in their place', async () => {
    const expected = loadEphysJson<Record<string, Record<string, number>>>('metrics_recording');
    const gains = new Float64Array(8).fill(1);
    const { amplitudes, depths } = spikes;
    const handed: TrainSpikes = { times, units: labels, amplitudes, depths };
    const columns = await run(trainJob, { count: 8, frames: FRAMES, rate: 30_000, gains }, handed);
    for (let u = 0; u < 8; u++) {
      expect((columns.amplitude![u]! * gain) / expected['amplitude_median']![u]!).toBeCloseTo(1, 4);
      expect(columns.amplitudePublished![u]! - columns.amplitude![u]!).toBeCloseTo(1, 6);
      expect(columns.isiCount![u]).toBe(expected['isi_violations_count_1.5_0.0']![u]);
    }
  });

  it('has units that stand apart in its features', async () => {
    const quality: SpikeFeatures = {
      data: spikes.features,
      components: COMPONENTS,
      locals: FEATURE_ELECTRODES,
      channels: shapes.electrodes,
      templateOf: spikes.featureUnits,
      unitOf: spikes.featureUnits,
      count: 9,
    };
    const columns = await run(qualityJob, quality);
    expect(columns.nnHit!.length).toBe(9);
    expect(columns.nnHit![8]).toBeNaN();
    expect(columns.nnHit![0]).toBeGreaterThan(0.9);
    expect(columns.isolation![0]).toBeGreaterThan(20);
  });
});

it('averages spikes evenly over what is read, the same for each pass', () => {
  const spikes = Float64Array.from({ length: 40_000 }, (_, i) => 90 * i);
  const units = new Int32Array(40_000).map((_, i) => (i % 2 === 0 ? 0 : -1));
  const input = { times: spikes, units, count: 1, frames: 3_600_000, rate: 30_000, seconds: 60 } as TemplateInput;
  const pieces = metricPieces(input);
  const chosen = pieces.flatMap((piece) => Array.from(piece.chosen));
  expect(chosen.length).toBe(500);
  expect(chosen.every((spike) => units[spike] === 0)).toBe(true);
  expect(pieces).toEqual(metricPieces(input));
  const early = chosen.filter((spike) => spikes[spike]! < 1_800_000).length;
  expect(early).toBeGreaterThan(180);
  expect(early).toBeLessThan(320);
});

it('measures trains without the spikes that belong to no unit, and units without spikes not at all', async () => {
  const handed: TrainSpikes = {
    times: Float64Array.of(10, 20, 40, 1000),
    units: Int32Array.of(0, -1, 0, 2),
    amplitudes: Float32Array.of(-5, -50, -7, Number.NaN),
    depths: null,
  };
  const columns = await run(trainJob, { count: 3, frames: 30_000, rate: 30_000, gains: null }, handed);
  expect(Array.from(columns.isiCount!)).toEqual([1, Number.NaN, 0]);
  expect(Array.from(columns.amplitude!)).toEqual([-6, Number.NaN, Number.NaN]);
  expect(columns.drift).toBeUndefined();
});
