import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { goldenSorting, loadEphysJson } from '../../../test/ephys-golden.ts';
import { groupSpikes, trainOf } from '../spikes/unit-trains.ts';
import { allCorrelograms, autoCorrelogram, type CorrelogramOptions, correlogramBins, intervalHistogram } from './correlogram.ts';

const golden = loadEphysJson<Record<string, { ccg: number[][][]; bins_ms?: number[] }>>('correlograms');
const { times, labels } = goldenSorting();
const units = complete(groupSpikes(times, labels));
const trains = Array.from({ length: 8 }, (_, u) => trainOf(units, u));
const rate = 30_000;

/** Samples as phy finds them again in a file of seconds: truncation may lose one. */
const phySamples = (train: Float64Array<ArrayBuffer>) => train.map((sample) => Math.trunc((sample / rate) * rate));

describe.each([
  [50, 1],
  [100, 2],
  [20, 0.5],
])('SpikeInterface, window %d ms, bins of %d ms', (windowMs, binMs) => {
  const options: CorrelogramOptions = { convention: 'spikeinterface', windowMs, binMs, rate };
  const expected = golden[`si_window${windowMs.toFixed(1)}_bin${binMs.toFixed(1)}`]!;

  it('counts the same', () => {
    expect(Array.from(allCorrelograms(trains, options))).toEqual(expected.ccg.flat(2));
  });

  it('has the same edges', () => {
    const { edgesMs } = correlogramBins(options);
    expected.bins_ms!.forEach((edge, i) => {
      expect(edgesMs[i]).toBeCloseTo(edge, 9);
    });
  });
});

it('counts like phy', () => {
  const options: CorrelogramOptions = { convention: 'phy', windowMs: 50, binMs: 1, rate };
  const found = allCorrelograms(trains.map(phySamples), options);
  expect(Array.from(found)).toEqual(golden['phylib_window0.05_bin0.001']!.ccg.flat(2));
});

describe('conventions', () => {
  const a = Float64Array.from([1000]);
  const b = Float64Array.from([1000 + 45]);

  it('place a unit that fires later on opposite sides', () => {
    const at = (convention: 'spikeinterface' | 'phy') => {
      const options: CorrelogramOptions = { convention, windowMs: 10, binMs: 1, rate };
      const counts = allCorrelograms([a, b], options).subarray(
        correlogramBins(options).count,
        2 * correlogramBins(options).count,
      );
      const { edgesMs } = correlogramBins(options);
      return edgesMs[counts.indexOf(1)]!;
    };
    expect(at('spikeinterface')).toBeLessThan(0);
    expect(at('phy')).toBeGreaterThan(0);
  });

  it('do not pair a spike with itself, but two spikes at the same sample', () => {
    const options: CorrelogramOptions = { convention: 'spikeinterface', windowMs: 10, binMs: 1, rate };
    const middle = correlogramBins(options).count / 2;
    expect(autoCorrelogram(Float64Array.from([5]), options).some(Boolean)).toBe(false);
    expect(autoCorrelogram(Float64Array.from([5, 5]), options)[middle]).toBe(2);
  });
});

it('counts intervals', () => {
  expect(Array.from(intervalHistogram(Float64Array.from([0, 29, 59, 200]), 3, 1, rate))).toEqual([1, 1, 0]);
});
