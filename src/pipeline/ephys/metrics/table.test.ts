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

  it('has what SpikeInterface publishes, with its gain in place of the offset, beside the corrected values', () => {
    const gain = 0.762939453125;
    const table = complete(trainMetrics({ ...input, amplitudes, gains: new Float64Array(8).fill(gain) }));
    for (const [u, median] of table['amplitude_median']!.entries()) {
      expect(table['amplitude_median_published']![u]! - median).toBeCloseTo(gain, 9);
      const [cv, published] = [table['amplitude_cv_median']![u]!, table['amplitude_cv_median_published']![u]!];
      expect(Number.isNaN(cv) ? published : published > cv).toEqual(Number.isNaN(cv) ? Number.NaN : true);
    }
    expect(Object.keys(complete(trainMetrics({ ...input, amplitudes })))).not.toContain('amplitude_median_published');
  });

  it('judges the spikes that were read, and no others', () => {
    const some = Float64Array.from(amplitudes, (value, i) => (i % 2 === 0 ? value : Number.NaN));
    const found = complete(trainMetrics({ ...input, amplitudes: some, depths: some }));
    const kept = Array.from(times.keys()).filter((i) => i % 2 === 0);
    const half = complete(
      groupSpikes(
        Float64Array.from(kept, (i) => times[i]!),
        Int32Array.from(kept, (i) => labels[i]!),
      ),
    );
    const own = Float64Array.from(kept, (i) => amplitudes[i]!);
    const expected = complete(trainMetrics({ ...input, trains: half, amplitudes: own, depths: own }));
    for (const name of [...AMPLITUDE_METRICS, 'drift_ptp'] as const) expect(found[name], name).toEqual(expected[name]);
    expect(found['num_spikes']![0]).toBe(241);
  });
});
