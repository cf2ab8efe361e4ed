import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenSorting, loadEphysJson } from '../../../test/ephys-golden.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import { agreementOf, assignUnits, bestColumns, classifyUnits, scoreUnits } from './agreement.ts';
import { deltaFrames, judgeSpikes, type LabelledSpikes, matchTrains } from './match.ts';

interface Golden {
  readonly delta_frames: number;
  readonly unit_ids_tested: readonly number[];
  readonly match_event_count: readonly (readonly number[])[];
  readonly agreement: readonly (readonly number[])[];
  readonly hungarian_12: Readonly<Record<string, number>>;
  readonly best_12: Readonly<Record<string, number>>;
  readonly count_score: Readonly<Record<'tp' | 'fn' | 'fp' | 'num_gt' | 'num_tested' | 'tested_id', readonly number[]>>;
  readonly performance: Readonly<Record<string, readonly number[]>>;
  readonly well_detected: readonly number[];
  readonly false_positive: readonly number[];
  readonly redundant: readonly number[];
  readonly overmerged: readonly number[];
  readonly bad: readonly number[];
}

const golden = loadEphysJson<
  Record<'delta_0.4' | 'delta_1.0', Golden> & { 'pairwise_0.4': { match_event_count: number[][]; hungarian_12: number[] } }
>('comparison');
const testedIds = golden['delta_0.4'].unit_ids_tested;
const { times, labels } = goldenSorting();
const truth: LabelledSpikes = { times, units: labels, count: 8 };
const tested: LabelledSpikes = {
  times: loadGolden('ephys/pipeline/comparison_times.npy').data,
  units: Int32Array.from(loadGolden('ephys/pipeline/comparison_labels.npy').data, (id) => testedIds.indexOf(id)),
  count: testedIds.length,
};
const idOf = (column: number) => (column < 0 ? -1 : testedIds[column]!);

describe.each([0.4, 1])('within %d ms', (deltaMs) => {
  const expected = golden[`delta_${deltaMs.toFixed(1)}` as 'delta_0.4'];
  const delta = deltaFrames(deltaMs, 30_000);
  const agreement = agreementOf(truth, tested, { delta, symmetric: false });

  it('counts and agrees like the reference', () => {
    expect(delta).toBe(expected.delta_frames);
    expect(Array.from(agreement.counts)).toEqual(expected.match_event_count.flat());
    expected.agreement.flat().forEach((score, i) => {
      expect(agreement.scores[i]).toBeCloseTo(score, 12);
    });
  });

  it('assigns and scores like it', () => {
    const match = assignUnits(agreement);
    expect(Array.from(match, idOf)).toEqual(Object.values(expected.hungarian_12));
    expect(Array.from(bestColumns(agreement), idOf)).toEqual(Object.values(expected.best_12));
    const scores = scoreUnits(agreement, match);
    expect(scores.map(({ truePositives }) => truePositives)).toEqual(expected.count_score.tp);
    expect(scores.map(({ falseNegatives }) => falseNegatives)).toEqual(expected.count_score.fn);
    expect(scores.map(({ falsePositives }) => falsePositives)).toEqual(expected.count_score.fp);
    for (const [name, field] of [
      ['accuracy', 'accuracy'],
      ['recall', 'recall'],
      ['precision', 'precision'],
      ['false_discovery_rate', 'falseDiscoveryRate'],
      ['miss_rate', 'missRate'],
    ] as const) {
      scores.forEach((score, u) => {
        expect(score[field]).toBeCloseTo(expected.performance[name]![u]!, 12);
      });
    }
  });

  it('sorts the tested units into the same classes', () => {
    const { wellDetected, falsePositive, redundant, overmerged, bad } = classifyUnits(agreement);
    expect(wellDetected.map(idOf)).toEqual(expected.well_detected);
    expect(falsePositive.map(idOf)).toEqual(expected.false_positive);
    expect(redundant.map(idOf)).toEqual(expected.redundant);
    expect(overmerged.map(idOf)).toEqual(expected.overmerged);
    expect(bad.map(idOf)).toEqual(expected.bad);
  });
});

it('compares two sorters alike from both sides', () => {
  const expected = golden['pairwise_0.4'];
  const agreement = agreementOf(truth, tested, { delta: 12, symmetric: true });
  expect(Array.from(agreement.counts)).toEqual(expected.match_event_count.flat());
  expect(Array.from(assignUnits(agreement), idOf)).toEqual(expected.hungarian_12);
  const back = agreementOf(tested, truth, { delta: 12, symmetric: true });
  for (let i = 0; i < 8; i++) for (let j = 0; j < 8; j++) expect(back.counts[j * 8 + i]).toBe(agreement.counts[i * 8 + j]);
});

it('prefers the larger total to more pairs', () => {
  const agreement = {
    rows: 3,
    columns: 3,
    counts: new Uint32Array(9),
    rowSpikes: new Uint32Array(3),
    columnSpikes: new Uint32Array(3),
    scores: Float64Array.from([0.5, 1, 0, 0, 0.5, 1, 0, 0, 0.5]),
  };
  expect(Array.from(assignUnits(agreement))).toEqual([1, 2, -1]);
});

it('judges spikes as it counts them', () => {
  const train = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 40 }).map((list) => Float64Array.from(list).sort());
  fc.assert(
    fc.property(train, train, fc.integer({ min: 0, max: 15 }), (a, b, delta) => {
      const { counts } = agreementOf(
        { times: a, units: new Int32Array(a.length), count: 1 },
        { times: b, units: new Int32Array(b.length), count: 1 },
        { delta, symmetric: false },
      );
      const { found, missed, extra } = judgeSpikes(a, b, delta);
      expect([found.length, missed.length, extra.length]).toEqual([counts[0], a.length - counts[0]!, b.length - counts[0]!]);
      matchTrains(a, b, delta).forEach((j, i) => {
        if (j >= 0) expect(Math.abs(a[i]! - b[j]!)).toBeLessThanOrEqual(delta);
      });
    }),
    { seed: 3 },
  );
});
