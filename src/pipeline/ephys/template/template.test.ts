import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { goldenSorting, goldenSynth, loadEphysJson, positionsOf } from '../../../test/ephys-golden.ts';
import { loadGolden, loadNpy } from '../../../test/load-npy.ts';
import { dataPath, describeWithData } from '../../../test/shared-data.ts';
import type { FloatBlock } from '../block.ts';
import { applyChain, DEFAULT_STEPS } from '../chain.ts';
import { noiseLevels } from '../reference/noise.ts';
import { groupSpikes, trainOf } from '../spikes/unit-trains.ts';
import { channelsWithin, monopole, spikeCentres, templateCentre } from './location.ts';
import { channelOf, mainPeak, peakToPeak, signalToNoise, waveformShape } from './shape.ts';
import { templateSimilarity } from './similarity.ts';
import { TEMPLATE_METRICS, templateMetrics } from './template-metrics.ts';
import {
  addToTemplate,
  chooseSpikes,
  extractWaveforms,
  finishTemplate,
  makeTemplateSums,
  spikeAmplitudes,
  stretchesOf,
  type Template,
  waveformWindow,
} from './waveforms.ts';

const synth = goldenSynth();
const positions = positionsOf(synth);
const { times, labels } = goldenSorting();
const units = complete(groupSpikes(times, labels));
const window = waveformWindow(30_000);

/** The whole recording in µV, filtered and referenced in one piece. */
const block: FloatBlock = (() => {
  const raw = { data: synth.traces(0, 600_000), frames: 600_000, channels: 32 };
  const context = { rate: 30_000, positions };
  const counts = applyChain(
    raw,
    [DEFAULT_STEPS['band-pass'], DEFAULT_STEPS['common-reference']],
    { before: 0, after: 0 },
    context,
  );
  return { ...counts, data: counts.data.map((count) => count * synth.config.gain_uV) };
})();

const templates = Array.from(units.unitIds, (_, u): Template => {
  const sums = makeTemplateSums(90, 32);
  addToTemplate(sums, extractWaveforms(block, 0, trainOf(units, u), window));
  return finishTemplate(sums);
});

const golden = loadEphysJson<{
  main_channel: number[];
  peak_shift: number[];
  noise_levels_uV: number[];
  unit_locations_monopolar: number[][];
  unit_locations_com_r75: number[][];
  template_similarity_cosine: number[][];
  template_similarity_l1: number[][];
  template_similarity_l2: number[][];
}>('units');

function worstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
  return worst;
}

describe('templates', () => {
  it('are the reference’s means and deviations', () => {
    const mean = loadGolden('ephys/pipeline/templates_average.npy').data;
    const std = loadGolden('ephys/pipeline/templates_std.npy').data;
    templates.forEach((template, u) => {
      expect(worstDifference(template.mean, mean.subarray(u * 2880, (u + 1) * 2880))).toBeLessThan(1e-3);
      expect(worstDifference(template.std, std.subarray(u * 2880, (u + 1) * 2880))).toBeLessThan(1e-3);
    });
  });

  it('have its main channels, peaks and signal-to-noise', () => {
    const noise = noiseLevels(block);
    expect(worstDifference(noise, golden.noise_levels_uV)).toBeLessThan(1e-4);
    const snr = loadEphysJson<Record<string, Record<string, number>>>('metrics_recording')['snr']!;
    templates.forEach((template, u) => {
      const peak = mainPeak(template, 'neg');
      expect([peak.channel, peak.sample - window.before]).toEqual([golden.main_channel[u], golden.peak_shift[u]]);
      expect(signalToNoise(template, noise, 'neg') / snr[u]!).toBeCloseTo(1, 4);
    });
  });

  it('lie where it puts them', () => {
    templates.forEach((template, u) => {
      const main = golden.main_channel[u]!;
      expect(worstDifference(templateCentre(template, positions, main), golden.unit_locations_com_r75[u]!)).toBeLessThan(0.05);
      const sizes = peakToPeak(template.mean, 32, 0, 90);
      const { x, y } = monopole(sizes, positions, channelsWithin(positions, main, 75));
      expect(worstDifference([x, y], golden.unit_locations_monopolar[u]!.slice(0, 2))).toBeLessThan(0.5);
    });
  });

  it('are as alike', () => {
    for (const method of ['cosine', 'l1', 'l2'] as const) {
      expect(worstDifference(templateSimilarity(templates, method), golden[`template_similarity_${method}`].flat())).toBeLessThan(
        1e-4,
      );
    }
  });

  it('have no number without spikes', () => {
    expect(finishTemplate(makeTemplateSums(2, 1)).mean.every(Number.isNaN)).toBe(true);
  });
});

describe('spikes', () => {
  it('have the reference’s amplitudes and places', () => {
    const amplitudes = loadGolden('ephys/pipeline/spike_amplitudes_uV.npy').data;
    const places = loadGolden('ephys/pipeline/spike_locations_com.npy').data;
    templates.forEach((_, u) => {
      const train = trainOf(units, u);
      const own = Array.from(units.spikes.subarray(units.start[u]!, units.start[u + 1]!));
      const found = spikeAmplitudes(block, 0, train, golden.main_channel[u]!, golden.peak_shift[u]!);
      expect(
        worstDifference(
          found,
          own.map((i) => amplitudes[i]!),
        ),
      ).toBeLessThan(1e-3);
      const centres = spikeCentres(extractWaveforms(block, 0, train, window), window, positions, golden.main_channel[u]!, 15);
      expect(
        worstDifference(
          centres,
          own.flatMap((i) => [places[2 * i]!, places[2 * i + 1]!]),
        ),
      ).toBeLessThan(0.05);
    });
  });

  it('are skipped where their window leaves the block', () => {
    const part = { data: block.data.slice(0, 32 * 200), frames: 200, channels: 32 };
    const found = extractWaveforms(part, 1000, [1029, 1030, 1140, 1141], window, [3, 5]);
    expect(Array.from(found.spikes)).toEqual([1, 2]);
    expect(found.data[1]).toBe(part.data[5]);
    expect(spikeAmplitudes(part, 1000, [999], 0, 0)[0]).toBeNaN();
  });

  it('are chosen evenly, the same each time', () => {
    expect(Array.from(chooseSpikes(3, 5, 1))).toEqual([0, 1, 2]);
    const chosen = chooseSpikes(10_000, 500, 7);
    expect(new Set(chosen).size).toBe(500);
    expect(chosen).toEqual(chooseSpikes(10_000, 500, 7));
    expect(chosen.reduce((sum, i) => sum + i, 0) / 500).toBeGreaterThan(4500);
  });

  it('are read together where they are close', () => {
    expect(stretchesOf([10, 150, 5000], window, 5020, 100)).toEqual([
      { from: 0, to: 210, first: 0, end: 2 },
      { from: 4970, to: 5020, first: 2, end: 3 },
    ]);
  });
});

describe('shape', () => {
  it('of a made-up wave', () => {
    const wave = Float32Array.from(
      { length: 60 },
      (_, t) => -10 * Math.exp(-(((t - 20) / 3) ** 2)) + 4 * Math.exp(-(((t - 35) / 6) ** 2)),
    );
    const shape = waveformShape(wave, 30_000);
    expect([shape.peakIndex, shape.troughIndex, shape.recoveryIndex]).toEqual([20, 35, 40]);
    expect(shape.peakToTroughDuration).toBeCloseTo(0.0005, 9);
    expect(shape.halfWidth * 30_000).toBe(6);
    expect(
      waveformShape(
        wave.map((x) => -x),
        30_000,
      ).troughIndex,
    ).toBe(35);
  });

  it('of a template', () => {
    const { peakIndex, peakToTroughDuration } = waveformShape(channelOf(templates[0]!, golden.main_channel[0]!), 30_000);
    expect(peakIndex).toBe(window.before);
    expect(peakToTroughDuration).toBeGreaterThan(0.0002);
  });
});

describe('the columns of the table', () => {
  const table = templateMetrics(
    [templates[0]!, null, finishTemplate(makeTemplateSums(90, 32))],
    noiseLevels(block),
    positions,
    30_000,
  );

  it('describe each average waveform', () => {
    expect(Object.keys(table)).toEqual([...TEMPLATE_METRICS]);
    const of = (name: (typeof TEMPLATE_METRICS)[number]) => table[name]![0]!;
    expect(of('peak_channel')).toBe(golden.main_channel[0]);
    expect([of('x_um'), of('y_um')].map(Math.round)).toEqual(golden.unit_locations_com_r75[0]!.map(Math.round));
    expect(of('snr')).toBeGreaterThan(20);
    expect(of('peak_amplitude')).toBeLessThan(-150);
    expect(of('peak_to_peak')).toBeGreaterThan(-of('peak_amplitude'));
    expect(of('half_width_ms')).toBeGreaterThan(0.1);
    expect(of('spread_um')).toBeGreaterThan(30);
  });

  it('have no numbers where there is none', () => {
    for (const column of Object.values(table)) expect(Array.from(column.subarray(1)).every(Number.isNaN)).toBe(true);
  });
});

describeWithData('real waveforms', () => {
  it('have the features that IBL computed', async () => {
    const { readFileSync } = await import('node:fs');
    const { data, shape } = loadNpy(dataPath('ephys-waveforms-ibl/test_arr_in.npy'));
    const [header, ...rows] = readFileSync(dataPath('ephys-waveforms-ibl/test_df.csv'), 'utf8').trim().split('\n');
    const names = header!.split(',');
    const [waves, samples, channels] = shape as [number, number, number];
    expect(rows.length).toBe(waves);
    rows.forEach((row, w) => {
      const of = (name: string) => Number(row.split(',')[names.indexOf(name)]);
      const channel = of('peak_trace_idx');
      const wave = Float64Array.from({ length: samples }, (_, t) => data[(w * samples + t) * channels + channel]!);
      const found = waveformShape(wave, 30_000);
      expect([found.peakIndex, found.troughIndex, found.tipIndex, found.recoveryIndex]).toEqual(
        ['peak_time_idx', 'trough_time_idx', 'tip_time_idx', 'recovery_time_idx'].map(of),
      );
      expect([found.halfBeforeIndex, found.halfAfterIndex]).toEqual([
        of('half_peak_pre_time_idx'),
        of('half_peak_post_time_idx'),
      ]);
      expect(found.peakToTroughRatio).toBeCloseTo(of('peak_to_trough_ratio'), 4);
      expect(found.depolarisationSlope / of('depolarisation_slope')).toBeCloseTo(1, 4);
      expect(found.repolarisationSlope / of('repolarisation_slope')).toBeCloseTo(1, 4);
      expect(found.recoverySlope / of('recovery_slope')).toBeCloseTo(1, 4);
    });
  });
});
