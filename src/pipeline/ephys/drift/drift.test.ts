import { describe, expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { goldenSorting, goldenSynth, loadEphysJson } from '../../../test/ephys-golden.ts';
import { byteSum, hashAt, synthDrift, synthTrain } from '../../../test/ephys-synth.ts';
import { motionHistogram, rasterImage, type SpikeRaster } from './histogram.ts';
import { correctDepths, displacementAt, imposedMotion, motionError, triangleMotion } from './motion.ts';
import { estimateDrift, estimateMotion, REGISTRATION } from './registration.ts';

/** 160 units over 1 mm, 200 s, triangle waves of 50 µm between 40 and 160 s; depths jitter by some µm. */
function denseRaster(seed: number, moving: 0 | 1): SpikeRaster {
  const known = triangleMotion(40, 50 * moving, 40, 3);
  const spikes = Array.from({ length: 160 }, (_, u) => {
    const y = (hashAt(seed, 1, u) / 2 ** 32) * 1000;
    return synthTrain(seed, 10 + u, 60, 40_000 + (hashAt(seed, 2, u) % 200_000), 6_000_000).map((t, i) => ({
      t: t / 30_000,
      y: y + displacementAt(known, t / 30_000, 0) + ((byteSum(hashAt(seed, 400 + u, i)) - 510) / 148) * 2,
    }));
  })
    .flat()
    .sort((a, b) => a.t - b.t);
  return { times: spikes.map(({ t }) => t), depths: spikes.map(({ y }) => y) };
}

describe('the histogram', () => {
  const golden = loadEphysJson<{ temporal_edges: number[]; spatial_edges: number[]; hist_row_5: number[]; hist_sum: number }>(
    'drift',
  );
  const { config } = goldenSynth();
  const { times, labels } = goldenSorting();
  const raster: SpikeRaster = {
    times: Array.from(times, (t) => t / 30_000),
    depths: Array.from(times, (t, i) => config.units[labels[i]!]!.y + synthDrift(config, t)),
  };
  const published = { binSeconds: 1, binMicrometres: 5, smoothSeconds: 1, smoothMicrometres: 1 };
  const grid = motionHistogram(raster, 20, [-20, 245], published);

  it('is the reference’s', () => {
    expect(Array.from(grid.timeEdges)).toEqual(golden.temporal_edges);
    expect(Array.from(grid.depthEdges)).toEqual(golden.spatial_edges);
    golden.hist_row_5.forEach((value, y) => {
      expect(Math.abs(grid.values[5 * 53 + y]! - value)).toBeLessThan(1e-6);
    });
    expect(grid.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(golden.hist_sum, 6);
  });

  it('leads to the imposed motion even with eight units in 20 s', () => {
    const known = imposedMotion(
      config.drift.map(([t]) => t / 30_000),
      config.drift.map(([, y]) => y),
    );
    expect(motionError(complete(estimateDrift(raster, 20)), known, 100).rms).toBeLessThanOrEqual(0.8);
  });

  it('leaves out what lies outside, and keeps the last edges', () => {
    const raw = { binSeconds: 1, binMicrometres: 10, smoothSeconds: 0, smoothMicrometres: 0 };
    const edges: SpikeRaster = { times: [0, 2, 2.1, 1, Number.NaN, 1], depths: [0, 20, 5, -1, 5, Number.NaN] };
    expect(Array.from(motionHistogram(edges, 2, [0, 20], raw).values)).toEqual([1, 0, 0, 1]);
  });
});

describe('a dense raster', () => {
  const known = triangleMotion(40, 50, 40, 3);

  it.each([20200832, 1, 2])('seed %i: the motion is found to 0.8 µm, and hardly any remains', (seed) => {
    const raster = denseRaster(seed, 1);
    const motion = complete(estimateDrift(raster, 200));
    expect(motionError(motion, known, 500).rms).toBeLessThanOrEqual(0.8);
    expect(motionError(motion, known, 500).most).toBeLessThanOrEqual(2);
    const corrected = { times: raster.times, depths: correctDepths(raster, motion) };
    const remains = complete(estimateMotion(motionHistogram(corrected, 200, [-50, 1100])));
    expect(motionError(remains, imposedMotion([0], [0]), 500).rms).toBeLessThan(0.8);
  });

  it('whose motion differs with depth is followed in windows', () => {
    const still = denseRaster(5, 0);
    const stretch: SpikeRaster = {
      times: still.times,
      depths: Array.from(still.depths, (y, i) => y + (displacementAt(known, still.times[i]!, 0) * y) / 1000),
    };
    const options = { ...REGISTRATION, windowStep: 250, windowSigma: 100 };
    const motion = complete(estimateMotion(motionHistogram(stretch, 200, [-50, 1100]), options));
    expect(motion.depths.length).toBe(4);
    const size = (w: number) => {
      const own = motion.displacement.filter((_, i) => i % 4 === w).sort();
      return own.at(-1)! - own[0]!;
    };
    expect(size(0)).toBeLessThan(20);
    expect(size(3)).toBeGreaterThan(35);
  });

  it('with a silent minute stays finite', () => {
    const { times, depths } = denseRaster(3, 1);
    const kept = Array.from(times, (_, i) => i).filter((i) => times[i]! < 90 || times[i]! > 130);
    const silent = { times: kept.map((i) => times[i]!), depths: kept.map((i) => depths[i]!) };
    const motion = complete(estimateMotion(motionHistogram(silent, 200, [-50, 1100])));
    expect(motion.displacement.every(Number.isFinite)).toBe(true);
    expect(motionError(motion, known, 500, [0, 80]).rms).toBeLessThanOrEqual(1);
  });

  it('without spikes does not move', () => {
    const motion = complete(estimateDrift({ times: [], depths: [] }, 2));
    expect(Array.from(motion.displacement)).toEqual([0, 0, 0, 0]);
  });
});

describe('motion', () => {
  const imposed = imposedMotion([0, 580.15, 630.15, 680.15], [0, 0, 50, 0]);

  it('is linear between and constant beyond', () => {
    const at = (time: number) => displacementAt(imposed, time, 123);
    expect([at(-5), at(300), at(605.15), at(630.15), at(655.15), at(9999)]).toEqual([0, 0, 25, 50, 25, 0]);
  });

  it('is linear between depths, too', () => {
    const motion = {
      times: Float64Array.of(0, 10),
      depths: Float64Array.of(0, 100),
      displacement: Float64Array.of(0, 10, 20, 30),
    };
    expect(displacementAt(motion, 5, 50)).toBe(15);
    expect(displacementAt(motion, 20, 200)).toBe(30);
    expect(Array.from(correctDepths({ times: [0, 10], depths: [100, 100] }, motion))).toEqual([90, 70]);
  });

  it('of the protocol rises and falls ten times', () => {
    const motion = triangleMotion(600);
    expect([600, 625, 650, 700, 1550, 1600, 2000].map((t) => displacementAt(motion, t, 0))).toEqual([0, 25, 50, 0, 50, 0, 0]);
  });

  it('differs from itself only by a constant', () => {
    const shifted = { ...imposed, displacement: imposed.displacement.map((x) => x + 7) };
    expect(motionError(shifted, imposed, 0)).toEqual({ rms: 0, most: 0, offset: 7 });
  });
});

it('draws the mean amplitude by time and depth', () => {
  const raster: SpikeRaster = { times: [0, 0.4, 1.5, 5], depths: [1, 2, 15, 3], amplitudes: [10, 30, -5, 99] };
  const { counts, means } = rasterImage(raster, [0, 2], [0, 20], 2, 2);
  expect(Array.from(counts)).toEqual([2, 0, 0, 1]);
  expect(Array.from(means)).toEqual([20, Number.NaN, Number.NaN, -5]);
});
