import { expect, it } from 'vitest';
import { makeRng } from '../../src/base/rng.ts';
import { type Evidence, fitWeights } from './confidence-fit.ts';
import { fitLogistic } from './logistic.ts';

it('finds the weights that made the data', () => {
  const rng = makeRng(5);
  const samples = Array.from({ length: 20_000 }, () => {
    const [a, b] = [rng.normal(), rng.normal()];
    const right = rng.uniform() < 1 / (1 + Math.exp(-(-0.5 + a - 2 * b)));
    return { figures: [1, a, b, 0], right, weight: 1 };
  });
  const weights = fitLogistic(samples);
  for (const [i, value] of [-0.5, 1, -2, 0].entries()) expect(weights[i]).toBeCloseTo(value, 0.5);
  expect(weights[3]).toBeCloseTo(0, 9);
  expect(fitLogistic([])).toEqual([]);
});

it('lets every family count the same', () => {
  const evidence = (family: string, count: number, share: number): Evidence[] =>
    Array.from({ length: count }, (_, i) => ({
      family,
      purpose: 'any',
      traits: { carrier: 'ring', standing: 0.42, clearness: 1 },
      right: i < share * count,
    }));
  const all = [...evidence('00', 900, 0.9), ...evidence('01', 100, 0.5)];
  expect(fitWeights(all, 'any', 'ring')[0]).toBeCloseTo(Math.log(0.7 / 0.3), 1);
});
