// The parts of the shape search: orientations, surrogates, gains and pursuit, choice of the radius.
import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { makeFft2 } from '../../linalg/fft2.ts';
import { exclusion, startDictionary } from './dictionary.ts';
import { dihedralMaps, symmetrised } from './dihedral.ts';
import { prepareImage, pursue } from './pursuit.ts';
import { chooseRadius, LADDER } from './radius-ladder.ts';
import { makeSurrogate } from './surrogate.ts';

it('turns and mirrors a disc in eight different ways', () => {
  const { disc, side } = startDictionary(4);
  const maps = dihedralMaps(disc, side);
  expect(new Set(maps.map((map) => map.join())).size).toBe(8);
  for (const map of maps) expect([...map].sort((a, b) => a - b)).toEqual([...map.keys()]);
});

it('sums a covariance over the orientations as if every patch had been turned', () => {
  const { disc, side } = startDictionary(2);
  const maps = dihedralMaps(disc, side);
  const n = disc.length;
  const rng = makeRng(1);
  const patch = Float64Array.from({ length: n }, () => rng.normal());
  const own = Float64Array.from({ length: n * n }, (_, at) => patch[Math.floor(at / n)]! * patch[at % n]!);
  const sum = symmetrised(own, n, maps);
  for (let at = 0; at < n * n; at++) {
    const want = maps.reduce((total, map) => total + patch[map[Math.floor(at / n)]!]! * patch[map[at % n]!]!, 0);
    expect(Math.abs(sum[at]! - want)).toBeLessThan(1e-10);
  }
});

it('makes surrogates with the same power and other places', () => {
  const [height, width] = [20, 24];
  const rng = makeRng(2);
  const data = Float64Array.from({ length: height * width }, () => rng.normal());
  const surrogate = complete(makeSurrogate({ data, height, width }, rng)).data;
  const fft = makeFft2(height, width);
  const power = (image: Float64Array) => {
    const spectrum = new Float64Array(2 * image.length);
    fft.forward(
      Float64Array.from({ length: 2 * image.length }, (_, i) => (i % 2 === 0 ? image[i / 2]! : 0)),
      spectrum,
    );
    return image.map((_, i) => spectrum[2 * i]! ** 2 + spectrum[2 * i + 1]! ** 2);
  };
  const [a, b] = [power(data), power(surrogate)];
  for (let i = 0; i < a.length; i++) expect(b[i]).toBeCloseTo(a[i]!, 6);
  const product =
    data.reduce((sum, value, i) => sum + value * surrogate[i]!, 0) / data.reduce((sum, value) => sum + value * value, 0);
  expect(Math.abs(product)).toBeLessThan(0.3);
});

it('finds planted rings in the order of their strength, with their coefficients, and then nothing', () => {
  const radius = 4;
  const dictionary = startDictionary(radius);
  const { half, side, templates } = dictionary;
  const [height, width] = [60, 70];
  const data = new Float64Array(height * width);
  const planted = [
    { row: 30, col: 40, strength: 9 },
    { row: 6, col: 64, strength: 7 },
    { row: 33, col: 49, strength: 5 },
  ];
  for (const { row, col, strength } of planted) {
    for (let i = 0; i < side * side; i++) {
      const [y, x] = [row + Math.floor(i / side) - half, col + (i % side) - half];
      if (y >= 0 && x >= 0 && y < height && x < width) data[y * width + x]! += strength * templates[3]![i]!;
    }
  }
  const white = complete(prepareImage({ data, height, width }, half));
  const picks = complete(pursue(white, dictionary, 10, radius / 2));
  const rings = planted.map(({ row, col }) => [row, col, 1]);
  expect([0, 1, 2].map((k) => [picks.row[k], picks.col[k], picks.block[k]])).toEqual(rings);
  expect(picks.coef[3]).toBeCloseTo(9, 0);
  for (let k = 1; k < picks.count; k++) {
    for (let j = 0; j < k; j++) {
      const apart = Math.max(Math.abs(picks.row[k]! - picks.row[j]!), Math.abs(picks.col[k]! - picks.col[j]!));
      expect(apart).toBeGreaterThanOrEqual(exclusion(radius));
    }
  }
});

it('chooses the radius with most discoveries, between rungs, or none', () => {
  const rungs = (scores: number[]) => LADDER.map((radius, i) => ({ radius, score: scores[i]! }));
  expect(chooseRadius(rungs([0, 0, 50, 0, 0, 0]))).toBeCloseTo(5.1, 10);
  expect(chooseRadius(rungs([0, 0, 50, 50, 0, 0]))).toBeCloseTo(Math.sqrt(5.1 * 6.1), 10);
  expect(chooseRadius(rungs([0, 4, 3, 0, 0, 0]))).toBeNull();
  expect(chooseRadius([])).toBeNull();
});
