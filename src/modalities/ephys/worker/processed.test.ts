import { expect, it } from 'vitest';
import { probeFrom } from '../../../base/probe.ts';
import { makeRng } from '../../../base/rng.ts';
import type { Recording } from '../../../formats/recording.ts';
import { CHAIN_START, moveStep, RAW_CHAIN, switchStep } from '../shared/chain.ts';
import { electrodesOf } from './electrodes.ts';
import { isShareable, joinShares, readProcessed, readShare, smoothLength } from './processed.ts';

it('finds the next length that transforms fast', () => {
  expect([1, 7, 11, 30_000, 30_001, 65_537].map(smoothLength)).toEqual([1, 8, 12, 30_000, 30_375, 65_610]);
});

it('computes the same to the last bit whether one worker filters all electrodes or two share them', async () => {
  const [channels, frames] = [7, 9000];
  const rng = makeRng(4);
  const counts = Int16Array.from({ length: frames * channels }, () => rng.below(400) - 200);
  const places = Array.from({ length: channels - 1 }, (_, i) => i);
  const recording: Recording = {
    name: 'made',
    format: 'flat binary',
    channels,
    frames,
    samplingRate: 30_000,
    dtype: 'int16',
    gain: new Float64Array(channels).fill(2),
    offset: new Float64Array(channels),
    sync: [6],
    channelIds: [],
    probe: {
      ...probeFrom(
        places.map(() => 0),
        places.map((i) => 20 * i),
      ),
      adcShift: Float64Array.from(places, (i) => (i >> 1) / 13),
    },
    firstSample: 0,
    notices: [],
    read: async (start, end) => counts.slice(start * channels, end * channels),
  };
  const { signal } = new AbortController();
  expect(isShareable(CHAIN_START, electrodesOf(recording))).toBe(true);
  for (const [from, to] of [
    [0, 1000],
    [4000, 5000],
    [8200, 9000],
  ] as const) {
    const whole = await readProcessed(recording, CHAIN_START, from, to, signal);
    const shares = [
      await readShare(recording, CHAIN_START, from, to, { first: 0, count: 4 }, signal),
      await readShare(recording, CHAIN_START, from, to, { first: 4, count: 2 }, signal),
    ];
    expect(joinShares(recording, CHAIN_START, shares)).toEqual(whole);
  }
});

it('shares only steps along time that a reference may follow', () => {
  const electrodes = { context: { rate: 30_000 } } as Parameters<typeof isShareable>[1];
  const referenceFirst = moveStep(moveStep(CHAIN_START, 'band-pass', 1), 'band-pass', 1);
  expect(isShareable(switchStep(CHAIN_START, 'whitening', true), electrodes)).toBe(false);
  expect(isShareable(switchStep(CHAIN_START, 'destripe', true), electrodes)).toBe(false);
  expect(isShareable(referenceFirst, electrodes)).toBe(false);
  expect(isShareable(RAW_CHAIN, electrodes)).toBe(false);
  expect(isShareable(switchStep(CHAIN_START, 'common-reference', false), electrodes)).toBe(true);
});
