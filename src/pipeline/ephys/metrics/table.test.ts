import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { goldenSorting } from '../../../test/ephys-golden.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import { groupSpikes } from '../spikes/unit-trains.ts';
import { AMPLITUDE_METRICS, POSITION_METRICS, TRAIN_METRICS, trainMetrics } from './table.ts';

const { times, labels } = goldenSorting();
const trains = complete(groupSpikes(times, labels));

describe('the table', () => {
  const amplitudes = loadGolden('ephys/pipeline/spike_amplitudes_uV.npy').data;
  const input = { trains, times, duration: 600_000, rate: 30_000 };

  it('has at least 15 metrics of trains alone', () => {
    const table = complete(trainMetrics(input));
    expect(Object.keys(table)).toEqual([...TRAIN_METRICS]);
    expect(TRAIN_METRICS.length).toBeGreaterThanOrEqual(15);
    expect(Array.from(table['num_spikes']!)).toEqual([241, 672, 87, 202, 694, 212, 104, 105]);
    expect(table['isi_violations_share']![4]).toBeCloseTo(1 / 693, 12);
    expect(table['presence_ratio']!.every(Number.isNaN)).toBe(true);
  });

  it('adds what amplitudes and depths tell', () => {
    const table = complete(trainMetrics({ ...input, amplitudes, depths: amplitudes }));
    expect(Object.keys(table)).toEqual([...TRAIN_METRICS, ...AMPLITUDE_METRICS, ...POSITION_METRICS]);
    expect(table['amplitude_median']![0]).toBeCloseTo(-184.86, 2);
  });
});
