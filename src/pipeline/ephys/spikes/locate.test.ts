import { expect, it } from 'vitest';
import { motionError, rigidMotion } from '../../../base/motion.ts';
import { complete } from '../../../base/steps.ts';
import { goldenSynth, positionsOf } from '../../../test/ephys-golden.ts';
import { applyChain, DEFAULT_STEPS } from '../chain.ts';
import { estimateDrift } from '../drift/registration.ts';
import { noiseLevels } from '../reference/noise.ts';
import { detectionDefaults, detectSpikes, neighboursWithin } from './detect.ts';
import { locateSpikes } from './locate.ts';

it('finds the imposed motion of a raw recording to 0.8 µm: detected, located, registered', () => {
  const synth = goldenSynth();
  const { config } = synth;
  const positions = positionsOf(synth);
  const raw = { data: synth.traces(0, config.n_samples), frames: config.n_samples, channels: 32 };
  const context = { rate: 30_000, positions };
  const block = applyChain(
    raw,
    [DEFAULT_STEPS['band-pass'], DEFAULT_STEPS['common-reference']],
    { before: 0, after: 0 },
    context,
  );
  const noise = noiseLevels(block);
  const near = neighboursWithin(positions, 75);
  const spikes = detectSpikes(block, noise, near, { ...detectionDefaults(30_000), sweep: 10 });
  const places = locateSpikes(block, spikes, noise, near, positions, 15);
  const raster = {
    times: Array.from(spikes.frames, (t) => t / 30_000),
    depths: Array.from(spikes.frames, (_, i) => places[2 * i + 1]!),
  };
  const known = rigidMotion(
    Float64Array.from(config.drift, ([t]) => t / 30_000),
    Float64Array.from(config.drift, ([, y]) => y),
  );
  expect(motionError(complete(estimateDrift(raster, 20)), known, 100).rms).toBeLessThanOrEqual(0.8);
});

it('weighs only what rises above the noise, and knows no place at the edges', () => {
  // Peak-to-peak 10 and 6 on two channels 20 µm apart, 4 on a third: noise.
  const data = Float32Array.from([0, 0, 0, -10, -6, -4, 0, 0, 0]);
  const spikes = { frames: Int32Array.of(1, 0), channels: Int32Array.of(0, 0), amplitudes: Float32Array.of(-10, 0) };
  const places = locateSpikes({ data, frames: 3, channels: 3 }, spikes, [1, 1, 1], [[0, 1, 2]], [0, 0, 0, 20, 0, 40], 1);
  expect(places[1]).toBeCloseTo((20 * 2) / (6 + 2), 5);
  expect(places[3]).toBeNaN();
});
