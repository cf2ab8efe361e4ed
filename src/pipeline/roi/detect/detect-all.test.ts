import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { drawRingField, f1, texture } from '../../../test/ring-field.ts';
import { type DetectInput, detectAll } from './detect-all.ts';
import { discoveries } from './fdr.ts';
import { shapeBranch } from './shape-branch.ts';
import { makeSurrogate } from './surrogate.ts';

const visible: Omit<DetectInput, 'mean'> = {
  odd: null,
  even: null,
  binned: null,
  labels: 'visible',
  sensitivity: 0.5,
  radius: null,
};

it('finds drawn rings and their radius', () => {
  const field = drawRingField(11, 128, 25, 5.5);
  const first = complete(detectAll({ ...visible, mean: field.image }));
  expect(first.radius).toBeGreaterThan(5.5 * 0.75);
  expect(first.radius).toBeLessThan(5.5 * 1.25);
  const chosen = first.detections.filter(({ confidence }) => confidence >= first.defaultCut);
  expect(f1(field, chosen, 4)).toBeGreaterThanOrEqual(0.7);
});

it('gives the same answer twice', () => {
  const { image } = drawRingField(12, 80, 10, 5);
  const run = () => complete(detectAll({ ...visible, mean: image, odd: image, even: image, radius: 5 }));
  expect(run()).toEqual(run());
});

it('finds next to nothing in texture without cells', () => {
  for (const seed of [1, 2]) {
    const rng = makeRng(seed);
    const log = { data: texture(rng, 128), height: 128, width: 128 };
    const data = complete(makeSurrogate(log, rng)).data.map((value) => 100 * Math.exp(0.2 * value) + rng.normal());
    const { tail } = complete(shapeBranch({ data, height: 128, width: 128 }, 5, { surrogates: 3 }));
    expect(discoveries(tail!, 0.4)).toBeLessThanOrEqual(5);
  }
});

it.each([
  ['a constant', () => 7],
  ['black', () => 0],
  ['half black', (i: number) => (i % 32 < 16 ? 0 : 50 + ((i * 7919) % 13))],
])('survives a tiny image: %s', (_, value) => {
  const data = Float64Array.from({ length: 24 * 32 }, (_value, i) => value(i));
  const { detections, radius } = complete(detectAll({ ...visible, mean: { data, height: 24, width: 32 } }));
  expect(radius).toBeGreaterThan(0);
  for (const { confidence, row, col } of detections) {
    expect(Number.isFinite(confidence + row + col)).toBe(true);
  }
});

it('takes fields of any shape', () => {
  const { image } = drawRingField(3, 100, 12, 5);
  const data = image.data.slice(0, 74 * 100);
  const { detections } = complete(detectAll({ ...visible, mean: { data, height: 74, width: 100 }, radius: 5 }));
  expect(detections.length).toBeGreaterThan(0);
  for (const { region } of detections) {
    for (let i = 0; i < region.points.length; i += 2) {
      expect(region.points[i]! >= 0 && region.points[i]! < 74 && region.points[i + 1]! >= 0 && region.points[i + 1]! < 100).toBe(
        true,
      );
    }
  }
});
