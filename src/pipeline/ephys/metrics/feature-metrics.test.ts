import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { groupSpikes } from '../spikes/unit-trains.ts';
import { FEATURE_METRICS, featureMetrics } from './feature-metrics.ts';
import type { SparseFeatures } from './features.ts';

// Three units of 200 spikes on channels 0…3: units 1 and 2 overlap, unit 5 stands apart; unit 9 lives elsewhere on the probe.
const rng = makeRng(11);
const unitOf = Int32Array.from({ length: 800 }, (_, i) => [1, 2, 5, 9][i % 4]!);
const centre: Readonly<Record<number, number>> = { 1: 0, 2: 1, 5: 12, 9: 0 };
const features: SparseFeatures = {
  data: Float32Array.from({ length: 800 * 3 * 4 }, (_, k) => centre[unitOf[Math.floor(k / 12)]!]! + rng.normal()),
  components: 3,
  locals: 4,
  channels: [0, 1, 2, 3, 40, 41, 42, 43],
  templateOf: unitOf.map((unit) => (unit === 9 ? 1 : 0)),
};
const trains = complete(
  groupSpikes(
    Float64Array.from({ length: 800 }, (_, i) => 100 * i),
    unitOf,
  ),
);

it('tells units that stand apart from those that overlap, and from nobody', () => {
  const table = complete(featureMetrics(trains, features));
  expect(Object.keys(table)).toEqual([...FEATURE_METRICS]);
  const of = (name: (typeof FEATURE_METRICS)[number]) => Array.from(table[name]!);
  const [first, second, apart, alone] = of('isolation_distance');
  expect(apart).toBeGreaterThan(10 * Math.max(first!, second!));
  expect(alone).toBeNaN();
  expect(of('nn_hit_rate')[2]).toBe(1);
  expect(of('nn_hit_rate')[0]).toBeGreaterThan(0.6);
  expect(of('nn_hit_rate_allen')[2]).toBe(1);
  expect(of('d_prime')[2]).toBeGreaterThan(of('d_prime')[0]!);
  expect(of('silhouette')[2]).toBeGreaterThan(0.5);
  expect(of('silhouette_full')[2]).toBeGreaterThan(0.5);
  expect(of('silhouette_full')[0]).toBeLessThan(0.5);
  expect(of('l_ratio')[2]).toBeLessThan(1e-6);
});

it('computes a part of the units alike', () => {
  const whole = complete(featureMetrics(trains, features));
  const part = complete(featureMetrics(trains, features, [1, 2]));
  expect(part['d_prime']![1]).toBe(whole['d_prime']![1]);
  expect(part['d_prime']![0]).toBeNaN();
});

it('takes at most so many spikes, the same each time', () => {
  const options = { channels: 2, spikesPerUnit: 50 };
  const once = complete(featureMetrics(trains, features, [0, 4], options));
  expect(once).toEqual(complete(featureMetrics(trains, features, [0, 4], options)));
  expect(once['d_prime']![2]).not.toBe(complete(featureMetrics(trains, features))['d_prime']![2]);
});
