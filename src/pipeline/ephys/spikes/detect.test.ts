import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { goldenSynth, positionsOf } from '../../../test/ephys-golden.ts';
import type { FloatBlock } from '../block.ts';
import { applyChain, DEFAULT_STEPS } from '../chain.ts';
import { noiseLevels } from '../reference/noise.ts';
import { detectionDefaults, detectSpikes, neighboursWithin } from './detect.ts';

it('finds the peaks that the definition names', () => {
  const rng = makeRng(5);
  const block: FloatBlock = { data: Float32Array.from({ length: 400 * 6 }, () => rng.normal()), frames: 400, channels: 6 };
  const positions = Float64Array.from({ length: 12 }, (_, i) => (i % 2 ? Math.floor(i / 2) * 20 : 0));
  const neighbours = neighboursWithin(positions, 25);
  const parameters = { threshold: 1.5, sign: 'neg', sweep: 4, radius: 25 } as const;
  const found = detectSpikes(block, new Float64Array(6).fill(1), neighbours, parameters);
  const expected: number[] = [];
  for (let t = 0; t < 400; t++) {
    for (let c = 0; c < 6; c++) {
      const own = block.data[t * 6 + c]!;
      let lowest = own;
      for (let s = Math.max(0, t - 4); s <= Math.min(399, t + 4); s++) {
        for (let d = Math.max(0, c - 1); d <= Math.min(5, c + 1); d++) lowest = Math.min(lowest, block.data[s * 6 + d]!);
      }
      if (own <= -1.5 && own === lowest) expected.push(t * 6 + c);
    }
  }
  expect(Array.from(found.frames, (t, i) => t * 6 + found.channels[i]!)).toEqual(expected);
  expect(expected.length).toBeGreaterThan(10);
});

it('finds planted spikes where and when they are', () => {
  const synth = goldenSynth();
  const positions = positionsOf(synth);
  const frames = 60_000;
  const raw = { data: synth.traces(0, frames), frames, channels: 32 };
  const context = { rate: 30_000, positions };
  const block = applyChain(
    raw,
    [DEFAULT_STEPS['band-pass'], DEFAULT_STEPS['common-reference']],
    { before: 0, after: 0 },
    context,
  );
  const found = detectSpikes(block, noiseLevels(block), neighboursWithin(positions, 50), detectionDefaults(30_000));
  const near = (t: number, y: number) =>
    found.frames.some((frame, i) => Math.abs(frame - t) <= 3 && Math.abs(positions[2 * found.channels[i]! + 1]! - y) <= 30);
  const times = synth.trains[0]!.times.filter((t) => t < frames - 100);
  expect(times.filter((t) => near(t, 40)).length / times.length).toBeGreaterThan(0.97);
});

it('keeps the first of equal peaks, both signs when asked, and nothing on a channel without noise', () => {
  const block: FloatBlock = { data: Float32Array.from([0, 0, -9, 9, -9, 0, 0, 0]), frames: 4, channels: 2 };
  const neighbours = neighboursWithin([0, 0, 0, 20], 50);
  const parameters = { threshold: 5, sign: 'neg', sweep: 1, radius: 50 } as const;
  const list = ({ frames, channels }: { frames: Int32Array; channels: Int32Array }) =>
    Array.from(frames, (t, i) => [t, channels[i]]);
  expect(list(detectSpikes(block, [1, 1], neighbours, parameters))).toEqual([[1, 0]]);
  expect(list(detectSpikes(block, [1, 1], [[0], [1]], { ...parameters, sign: 'both' }))).toEqual([
    [1, 0],
    [1, 1],
  ]);
  expect(list(detectSpikes(block, [0, Number.NaN], neighbours, parameters))).toEqual([]);
});
