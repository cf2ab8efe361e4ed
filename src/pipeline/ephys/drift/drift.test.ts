import { describe, expect, it } from 'vitest';
import { correctDepths, displacementAt, type Motion, motionError, rigidMotion } from '../../../base/motion.ts';
import { complete } from '../../../base/steps.ts';
import { goldenSorting, goldenSynth, loadEphysJson } from '../../../test/ephys-golden.ts';
import { byteSum, hashAt, synthDrift, synthTrain } from '../../../test/ephys-synth.ts';
import { motionHistogram, type SpikeRaster, suitableHistogram } from './histogram.ts';
import { estimateDrift, estimateMotion, REGISTRATION } from './registration.ts';

/** The triangle waves of the source's protocol: `cycles` times up and down by `amplitude` µm, from `start` s on. */
function triangleMotion(start: number, amplitude: number, periodSeconds: number, cycles: number): Motion {
  const times = Float64Array.from({ length: 2 * cycles + 2 }, (_, k) => (k === 0 ? 0 : start + ((k - 1) * periodSeconds) / 2));
  return rigidMotion(
    times,
    times.map((_, k) => (k > 0 && k % 2 === 0 ? amplitude : 0)),
  );
}

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
    const known = rigidMotion(
      Float64Array.from(config.drift, ([t]) => t / 30_000),
      Float64Array.from(config.drift, ([, y]) => y),
    );
    expect(motionError(complete(estimateDrift(raster, 20)), known, 100).rms).toBeLessThanOrEqual(0.8);
  });

  it('has bins that suit the length of the recording', () => {
    expect([4, 15, 40, 79, 80, 5000].map((duration) => suitableHistogram(duration).binSeconds)).toEqual([
      0.2, 0.5, 1, 1.975, 2, 2,
    ]);
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
    const corrected = { times: raster.times, depths: correctDepths(raster.times, raster.depths, motion) };
    const remains = complete(estimateMotion(motionHistogram(corrected, 200, [-50, 1100])));
    expect(motionError(remains, rigidMotion(Float64Array.of(0), Float64Array.of(0)), 500).rms).toBeLessThan(0.8);
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
    expect(motion.displacement.length).toBeGreaterThan(0);
    expect(motion.displacement.every((value) => value === 0)).toBe(true);
  });
});
