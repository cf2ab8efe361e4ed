import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { pointsOnChannels, principalComponents, projectWaves, type SparseFeatures } from './features.ts';

describe('principal components', () => {
  const rng = makeRng(2);
  const shapes = [
    [0, 0.6, 0.8, 0],
    [0.8, 0, 0, 0.6],
  ];
  const waves = Float64Array.from({ length: 4 * 500 });
  const scores = Array.from({ length: 500 }, () => [5 * rng.normal(), 2 * rng.normal()]);
  scores.forEach(([a, b], w) => {
    for (let t = 0; t < 4; t++) waves[w * 4 + t] = 10 + a! * shapes[0]![t]! + b! * shapes[1]![t]! + 0.01 * rng.normal();
  });
  const components = principalComponents(waves, 4, 2);

  it('are the directions that vary most', () => {
    components.axes.forEach((axis, k) => {
      axis.forEach((x, t) => {
        expect(x).toBeCloseTo(shapes[k]![t]!, 1);
      });
    });
    expect(components.shares[0]).toBeCloseTo(25 / 29, 1);
    expect(components.shares[0]! + components.shares[1]!).toBeCloseTo(1, 3);
  });

  it('give back the scores', () => {
    const found = projectWaves(waves, components);
    const mean = scores.reduce((sum, [a]) => sum + a!, 0) / 500;
    expect(Math.abs(found[0]! - (scores[0]![0]! - mean))).toBeLessThan(0.4);
  });
});

it('components settle with fewer waves than samples, and without any variance', () => {
  const wave = Float64Array.from({ length: 90 }, (_, t) => Math.sin(t / 9));
  const [axis] = principalComponents([...wave, ...wave.map((x) => -x)], 90, 3).axes;
  const overlap = axis!.reduce((sum, x, t) => sum + (x * wave[t]!) / Math.hypot(...wave), 0);
  expect(Math.abs(overlap)).toBeCloseTo(1, 6);
  expect(Array.from(projectWaves(new Float64Array(90), principalComponents(new Float64Array(180), 90, 2)))).toEqual([0, 0]);
});

describe('sparse features', () => {
  // Two templates on channels 3, 4 and 4, 5; two components; three spikes.
  const features: SparseFeatures = {
    data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    components: 2,
    locals: 2,
    channels: [3, 4, 4, 5],
    templateOf: [0, 1, 0],
  };

  it('are gathered on common channels, channel by channel', () => {
    const { points, dimensions, labels, kept } = pointsOnChannels(features, [0, 1, 2], [7, 8, 9], [4]);
    expect(dimensions).toBe(2);
    expect(Array.from(points as Float32Array)).toEqual([2, 4, 5, 7, 10, 12]);
    expect([Array.from(labels as Int32Array), Array.from(kept)]).toEqual([
      [7, 8, 9],
      [0, 1, 2],
    ]);
  });

  it('are left out where a channel is unknown', () => {
    expect(Array.from(pointsOnChannels(features, [0, 1, 2], [7, 8, 9], [4, 3]).kept)).toEqual([0, 2]);
  });
});
