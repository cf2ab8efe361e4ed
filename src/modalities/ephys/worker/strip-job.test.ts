import { describe, expect, it } from 'vitest';
import { probeFrom } from '../../../base/probe.ts';
import type { Recording } from '../../../formats/recording.ts';
import { RAW_CHAIN } from '../shared/chain.ts';
import type { StripInput } from '../shared/strip.ts';
import { makeStrip } from './strip-job.ts';

const FRAMES = 5000;
const reads: [number, number][] = [];

/** Two electrodes and a digital word; channel 1 has a spike of one frame at 4321. */
const recording: Recording = {
  name: 'made',
  format: 'flat binary',
  channels: 3,
  frames: FRAMES,
  samplingRate: 1000,
  dtype: 'int16',
  gain: Float64Array.of(2, 0.5, Number.NaN),
  offset: Float64Array.of(0, 1, 0),
  sync: [2],
  channelIds: ['0', '1', 'SY'],
  probe: probeFrom([0, 0], [0, 20]),
  firstSample: 0,
  notices: [],
  read: async (start, end) => {
    reads.push([start, end]);
    return Int16Array.from({ length: 3 * (end - start) }, (_, i) => {
      const t = start + Math.floor(i / 3);
      return i % 3 === 2 ? 64 : i % 3 === 0 ? t % 7 : t === 4321 ? -1000 : 0;
    });
  },
};
const context = { signal: new AbortController().signal, progress: () => {} };
const input = (more: Partial<StripInput>): StripInput => ({
  source: { key: '', listing: { files: [], paths: [], table: new Float64Array(0) }, found: null },
  chain: RAW_CHAIN,
  from: 0,
  to: FRAMES,
  step: 64,
  sampled: null,
  ...more,
});

describe('makeStrip', () => {
  it('hands over samples in µV, channel by channel, without the digital words', async () => {
    const strip = await makeStrip(recording, input({ from: 10, to: 14, step: 1 }), context);
    expect(strip.channels).toBe(2);
    expect([...strip.low]).toEqual([6, 8, 10, 12, 1, 1, 1, 1]);
  });
  it('keeps a spike of one frame at every step', async () => {
    for (const step of [4, 64, 1024, 4096]) {
      const strip = await makeStrip(recording, input({ step }), context);
      expect(strip.columns).toBe(Math.ceil(FRAMES / step));
      const lows = strip.low.subarray(strip.columns);
      expect(Math.min(...lows)).toBe(-499);
      expect(lows.indexOf(-499)).toBe(Math.floor(4321 / step));
      expect(Math.max(...strip.high.subarray(0, strip.columns))).toBe(12);
    }
  });
  it('reads only the middle of each column where it is sampled', async () => {
    reads.length = 0;
    const strip = await makeStrip(recording, input({ step: 1024, sampled: 10 }), context);
    expect(strip.sampled).toBe(true);
    expect(reads.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(50);
    expect(strip.low.every(Number.isFinite)).toBe(true);
  });
});
