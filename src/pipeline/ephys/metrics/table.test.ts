import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { goldenSorting } from '../../../test/ephys-golden.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import { groupSpikes } from '../spikes/unit-trains.ts';
import { judgeUnits, PRESETS } from './presets.ts';
import { AMPLITUDE_METRICS, type MetricTable, POSITION_METRICS, TRAIN_METRICS, trainMetrics } from './table.ts';

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

describe('presets', () => {
  const column = (...values: number[]) => Float64Array.from(values);
  const good = {
    isi_violations_allen: column(0, 0, 0.01, 0),
    amplitude_cutoff_allen: column(0, 0, 0, 0),
    presence_ratio_allen: column(0.99, 0.98, 0.99, 0.99),
    nn_hit_rate_allen: column(0.97, 0.97, 0.97, Number.NaN),
    snr: column(3.1, 3.1, 3.1, 3.1),
  } satisfies MetricTable;

  it('Allen: every criterion strict, 0.99 only for units in every bin, a missing metric undecided', () => {
    const found = judgeUnits(good, 4, PRESETS[0]!);
    expect(found.overall).toEqual(['pass', 'fail', 'fail', 'unknown']);
    expect(found.passed).toEqual([3, 4, 3, 3, 4]);
    expect(found.passedAll).toBe(1);
    expect(found.verdicts[1]).toEqual(['pass', 'pass', 'fail', 'pass', 'pass']);
  });

  it('Svoboda: few violations suffice in number or in share', () => {
    const table: MetricTable = {
      snr: column(7, 7, 7, 6),
      isi_violations_share: column(0.02, 0.02, 0.004, 0),
      isi_violations_count: column(4, 5, 50, 0),
      isolation_distance: column(101, 101, 101, 101),
    };
    expect(judgeUnits(table, 4, PRESETS[1]!).overall).toEqual(['pass', 'fail', 'pass', 'fail']);
    expect(judgeUnits({ snr: column(7) }, 1, PRESETS[1]!).overall).toEqual(['unknown']);
  });
});
