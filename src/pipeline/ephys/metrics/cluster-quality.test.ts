import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { loadEphysJson } from '../../../test/ephys-golden.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import { dPrime, type FeaturePoints, isolation, silhouetteFull, silhouetteSimplified } from './cluster-quality.ts';
import { NEIGHBOURS, NEIGHBOURS_ALLEN, neighbourRates } from './nearest-neighbours.ts';

type Metrics = Readonly<Record<string, number>>;
const golden = loadEphysJson<{ spikeinterface: Record<string, Metrics>; allen: Record<string, { pc?: Metrics }> }>('metrics_pc');
const features: FeaturePoints = {
  points: loadGolden('ephys/pipeline/pcs.npy').data,
  dimensions: 6,
  labels: loadGolden('ephys/pipeline/pcs_labels.npy').data,
};

function expectRelative(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-6);
}

describe.each(Object.entries(golden.spikeinterface))('unit %s', (id, expected) => {
  const unit = Number(id);
  const total = features.labels.length;
  const n = Array.from(features.labels).filter((label) => label === unit).length;

  it('is as isolated as the references say', () => {
    const { isolationDistance, lRatio } = isolation(features, unit);
    expectRelative(isolationDistance, expected['isolation_distance']!);
    expectRelative(lRatio, expected['l_ratio']!);
    expectRelative(dPrime(features, unit), expected['d_prime']!);
    expectRelative(silhouetteSimplified(features, unit), expected['silhouette_simplified']!);
    const allen = golden.allen[id]!.pc!;
    expectRelative(isolationDistance, allen['isolation_distance']!);
    expectRelative(lRatio, allen['l_ratio']!);
    expectRelative(dPrime(features, unit), allen['d_prime']!);
  });

  it('has their neighbours, within two', () => {
    const check = (parameters: typeof NEIGHBOURS, hit: number, miss: number, share: number) => {
      const { hitRate, missRate } = complete(neighbourRates(features, unit, parameters));
      const k = parameters.neighbours;
      expect(Math.abs(hitRate - hit)).toBeLessThanOrEqual(2 / (k * n * share) + 1e-12);
      expect(Math.abs(missRate - miss)).toBeLessThanOrEqual(2 / (k * (total - n) * share) + 1e-12);
    };
    check(NEIGHBOURS, expected['nn_hit_rate_k5']!, expected['nn_miss_rate_k5']!, 1);
    const allen = golden.allen[id]!.pc!;
    check(NEIGHBOURS_ALLEN, allen['nn_hit_rate_k4']!, allen['nn_miss_rate_k4']!, 1);
    const thinned = { neighbours: 4, mostSpikes: 500 };
    check(thinned, expected['nn_hit_rate_k4_max500']!, expected['nn_miss_rate_k4_max500']!, 500 / total);
  });
});

describe('neighbours', () => {
  it('are those of an exhaustive search', () => {
    const rng = makeRng(4);
    const [n, dimensions] = [200, 5];
    const points = Float64Array.from({ length: n * dimensions }, () => rng.normal());
    const labels = Int32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 2));
    let hits = 0;
    let own = 0;
    for (let i = 0; i < n; i++) {
      if (labels[i] !== 1) continue;
      own++;
      const nearest = Array.from({ length: n }, (_, j) => j)
        .filter((j) => j !== i)
        .map((j) => {
          let sum = 0;
          for (let d = 0; d < dimensions; d++) sum += (points[i * dimensions + d]! - points[j * dimensions + d]!) ** 2;
          return { j, sum };
        })
        .sort((a, b) => a.sum - b.sum)
        .slice(0, 5);
      hits += nearest.filter(({ j }) => labels[j] === 1).length;
    }
    expect(complete(neighbourRates({ points, dimensions, labels }, 1)).hitRate).toBeCloseTo(hits / (5 * own), 12);
  });

  it('have no rate without both sides', () => {
    const alone = { points: [1, 2, 3], dimensions: 1, labels: [1, 1, 1] };
    expect(complete(neighbourRates(alone, 1)).hitRate).toBeNaN();
    expect(isolation(alone, 1).lRatio).toBeNaN();
    expect(dPrime(alone, 1)).toBeNaN();
    expect(silhouetteFull(alone, 1)).toBeNaN();
    expect(silhouetteSimplified(alone, 1)).toBeNaN();
  });
});

it('has full silhouettes for units of different size', () => {
  // Two points at 0 and 1 against one at 10: (10 − 1) / 10 and (9 − 1) / 9.
  const found = silhouetteFull({ points: [0, 1, 10], dimensions: 1, labels: [1, 1, 2] }, 1);
  expect(found).toBeCloseTo((9 / 10 + 8 / 9) / 2, 12);
});
