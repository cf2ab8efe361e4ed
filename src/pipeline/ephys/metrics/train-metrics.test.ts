import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { goldenSorting, loadEphysJson, orNaN } from '../../../test/ephys-golden.ts';
import { byteSum, hashAt, synthTrain } from '../../../test/ephys-synth.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import { groupSpikes, trainOf, valuesOf } from '../spikes/unit-trains.ts';
import { amplitudeCutoff, amplitudeCutoffAllen, amplitudeMedian, amplitudeSpread, noiseCutoff } from './amplitude.ts';
import { firingRange, presenceRatio, presenceRatioAllen, synchrony } from './firing.ts';
import { positionDrift, positionDriftAllen } from './position-drift.ts';
import {
  isiContaminationAllen,
  isiViolations,
  isiViolationsAllen,
  refractoryContamination,
  SLIDING_PUBLISHED,
  slidingContamination,
} from './refractory.ts';
import { chiSquareSurvival, poissonCdf } from './statistics.ts';

const rate = 30_000;

function expectRatio(actual: number, expected: number | null | undefined, tolerance = 1e-9): void {
  const value = orNaN(expected);
  if (Number.isNaN(value)) expect(actual).toBeNaN();
  else expect(Math.abs(actual - value)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)));
}

describe('the golden sorting, 20 s', () => {
  const golden = loadEphysJson<Record<string, Record<string, number | null>>>('metrics_recording');
  const { times, labels } = goldenSorting();
  const units = complete(groupSpikes(times, labels));
  const amplitudes = loadGolden('ephys/pipeline/spike_amplitudes_uV.npy').data;
  const locations = loadGolden('ephys/pipeline/spike_locations_com.npy').data;
  const depths = Float64Array.from(labels, (_, i) => locations[2 * i + 1]!);
  const duration = 600_000;
  const shares = complete(synchrony(times, units));

  it.each(Array.from(units.unitIds))('unit %i', (id) => {
    const train = trainOf(units, id);
    const own = valuesOf(units, id, amplitudes);
    const of = (name: string) => golden[name]![id];
    const isi = (thresholdMs: number, leastMs: number) => isiViolations(train, duration, rate, { thresholdMs, leastMs });
    const rp = (refractoryMs: number, censoredMs: number) =>
      refractoryContamination(train, duration, rate, { refractoryMs, censoredMs, asPublished: true });

    expect(train.length).toBe(of('num_spikes'));
    expectRatio((train.length * rate) / duration, of('firing_rate'));
    expectRatio(presenceRatio(train, duration, rate, 2), of('presence_ratio_bin2s'));
    expectRatio(presenceRatio(train, duration, rate), of('presence_ratio_bin60s'));
    for (const [threshold, least] of [
      [1.5, 0],
      [3, 0],
      [2, 0.5],
    ] as const) {
      const name = `${threshold.toFixed(1)}_${least.toFixed(1)}`;
      expect(isi(threshold, least).count).toBe(of(`isi_violations_count_${name}`));
      expectRatio(isi(threshold, least).ratio, of(`isi_violations_ratio_${name}`));
    }
    for (const [refractory, censored] of [
      [1, 0],
      [2.5, 0.5],
    ] as const) {
      const name = `${refractory.toFixed(1)}_${censored.toFixed(1)}`;
      expect(rp(refractory, censored).violations).toBe(of(`rp_violations_${name}`));
      expectRatio(rp(refractory, censored).contamination, of(`rp_contamination_${name}`));
    }
    expectRatio(slidingContamination(train, duration, rate, SLIDING_PUBLISHED), of('sliding_rp_violation'));
    expectRatio(shares[3 * id]!, of('sync_spike_2'));
    expectRatio(shares[3 * id + 1]!, of('sync_spike_4'));
    expectRatio(firingRange(train, duration, rate, 2), of('firing_range_bin2s'));
    expectRatio(amplitudeCutoff(own), of('amplitude_cutoff_100bins'));
    expectRatio(amplitudeCutoff(own, 25, 3, 0), of('amplitude_cutoff_25bins'));
    expectRatio(amplitudeMedian(own), of('amplitude_median'), 1e-4);
    expectRatio(noiseCutoff(own, 30).cutoff, of('noise_cutoff_30bins'));
    expectRatio(noiseCutoff(own, 30).ratio, of('noise_ratio_30bins'));
    const spread = amplitudeSpread(train, own, duration, 20, 4);
    expectRatio(spread.median, of('amplitude_cv_median_20_4'), 1e-6);
    expectRatio(spread.range, of('amplitude_cv_range_20_4'), 1e-6);
    const drift = positionDrift(train, valuesOf(units, id, depths), duration, rate, 2, 5);
    expectRatio(drift.ptp, of('drift_ptp_2s_5'), 1e-5);
    expectRatio(drift.std, of('drift_std_2s_5'), 1e-5);
    expectRatio(drift.mad, of('drift_mad_2s_5'), 1e-5);
  });

  const allen = loadEphysJson<{ allen: Record<string, Record<string, number | null>> }>('metrics_pc').allen;
  const [first, last] = [times[0]!, times.at(-1)!];

  it.each(Array.from(units.unitIds))('unit %i as Allen measures it', (id) => {
    const train = trainOf(units, id);
    const own = valuesOf(units, id, amplitudes);
    const of = (name: string) => allen[id]![name] as number | null;
    expectRatio((train.length * rate) / (last - first), of('firing_rate'));
    expectRatio(presenceRatioAllen(train, first, last), of('presence_ratio'));
    expectRatio(isiViolationsAllen(train, last - first, rate).ratio, of('isi_viol'));
    expectRatio(isiContaminationAllen(train, last - first, rate), of('isi_viol_corrected'));
    expectRatio(amplitudeCutoffAllen(own), of('amplitude_cutoff'));
    expectRatio(amplitudeCutoffAllen(own, 100), of('amplitude_cutoff_100'));
  });
});

describe('trains of 600 s', () => {
  interface Results {
    readonly n: number;
    readonly sum: number;
    readonly presence_ratio_60s: number;
    readonly isi_1_5: readonly [ratio: number, rate: number, count: number];
    readonly isi_3: readonly [ratio: number, rate: number, count: number];
    readonly rp_1ms: { readonly nv: number; readonly contamination: number };
    readonly rp_2p5_c0p5: { readonly nv: number; readonly contamination: number };
    readonly amplitude_cutoff_100_3: number | null;
    readonly amplitude_cutoff_500_3: number | null;
    readonly noise_cutoff: readonly [number, number];
    readonly amp_sum: number;
    readonly sliding_rp: number | null;
  }
  const golden = loadEphysJson<{ n_samples: number; units: (number | null)[][]; results: Record<string, Results> }>(
    'metrics_trains',
  );
  const seed = 20200831;
  const duration = golden.n_samples;

  it.each(golden.units.map((_, u) => u))('unit %i', (u) => {
    const [ref, isi4, extra] = golden.units[u]!;
    const all = synthTrain(seed, 110 + u, ref!, isi4!, duration);
    if (extra) all.push(...synthTrain(seed, 120 + u, 0, extra, duration));
    all.sort((a, b) => a - b);
    const present = u === 2 ? all.filter((time) => Math.floor(time / rate / 60) % 3 !== 1) : all;
    const kept = present
      .map((time, i) => ({ time, amplitude: ((byteSum(hashAt(seed, 130 + u, i)) - 510) / 40) * (1 + u) + 80 }))
      .filter(({ amplitude }) => u !== 1 || amplitude > 72);
    const train = Float64Array.from(kept, ({ time }) => time);
    const amplitudes = Float64Array.from(kept, ({ amplitude }) => amplitude);
    const expected = golden.results[u]!;
    expect([train.length, train.reduce((sum, t) => sum + t, 0)]).toEqual([expected.n, expected.sum]);
    expectRatio(
      amplitudes.reduce((sum, amplitude) => sum + amplitude, 0),
      expected.amp_sum,
    );
    expectRatio(presenceRatio(train, duration, rate), expected.presence_ratio_60s);
    for (const [thresholdMs, leastMs, name] of [
      [1.5, 0, 'isi_1_5'],
      [3, 0.5, 'isi_3'],
    ] as const) {
      const found = isiViolations(train, duration, rate, { thresholdMs, leastMs });
      expect(found.count).toBe(expected[name][2]);
      expectRatio(found.ratio, expected[name][0]);
    }
    const short = refractoryContamination(train, duration, rate);
    expect(short.violations).toBe(expected.rp_1ms.nv);
    expectRatio(short.contamination, expected.rp_1ms.contamination);
    const long = refractoryContamination(train, duration, rate, { refractoryMs: 2.5, censoredMs: 0.5, asPublished: true });
    expect(long.violations).toBe(expected.rp_2p5_c0p5.nv);
    expectRatio(long.contamination, expected.rp_2p5_c0p5.contamination);
    expectRatio(amplitudeCutoff(amplitudes), expected.amplitude_cutoff_100_3);
    expectRatio(amplitudeCutoff(amplitudes, 500), expected.amplitude_cutoff_500_3);
    expectRatio(noiseCutoff(amplitudes).cutoff, expected.noise_cutoff[0]);
    expectRatio(noiseCutoff(amplitudes).ratio, expected.noise_cutoff[1]);
    expectRatio(slidingContamination(train, duration, rate, SLIDING_PUBLISHED), expected.sliding_rp);
  });
});

describe('corrected definitions', () => {
  it('leaves pairs within the censored period out unless asked as published', () => {
    const train = Float64Array.from([0, 10, 1000, 1040]);
    const of = (asPublished: boolean) =>
      refractoryContamination(train, 30_000, rate, { refractoryMs: 2.5, censoredMs: 0.5, asPublished }).violations;
    expect([of(false), of(true)]).toEqual([1, 2]);
  });

  it('tests periods as long as what was counted when asked', () => {
    const train = Float64Array.from(synthTrain(7, 1, 60, 10_000, 6_000_000));
    const counted = slidingContamination(train, 6_000_000, rate);
    expect(counted).toBeGreaterThanOrEqual(slidingContamination(train, 6_000_000, rate, SLIDING_PUBLISHED));
  });
});

describe('Allen’s drift', () => {
  it('is the range and the path of the medians', () => {
    const train = Float64Array.from({ length: 300 }, (_, i) => i * rate);
    const depths = train.map((time) => 100 + [0, 12.345, 3][Math.floor(time / (100 * rate))]!);
    expect(positionDriftAllen(train, depths, 0, 300 * rate, rate)).toEqual({ most: 12.35, cumulative: 21.69 });
  });
});

it('knows the distributions', () => {
  expectRatio(poissonCdf(3, 2.5), 0.7575761331330662, 1e-12);
  expectRatio(poissonCdf(1200, 1250.5), 0.07798329778548821, 1e-11);
  expectRatio(chiSquareSurvival(7.3, 4), 0.12085874882121235, 1e-12);
  expect(poissonCdf(-1, 3)).toBe(0);
});

it('gives no number for no spikes', () => {
  const none = new Float64Array(0);
  expect(amplitudeMedian(none)).toBeNaN();
  expect(noiseCutoff(none).ratio).toBeNaN();
  expect(isiViolations(none, 100, rate).ratio).toBeNaN();
  expect(refractoryContamination(none, 100, rate).contamination).toBeNaN();
  expect(slidingContamination(none, 100, rate)).toBeNaN();
  expect(positionDrift(none, none, 1e9, rate).ptp).toBeNaN();
});
