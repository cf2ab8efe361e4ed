import { expect, it } from 'vitest';
import { wholeRange } from './time-range.ts';
import { secondsStep, timeLabel, timeTicks } from './time-ticks.ts';

it('puts ticks on whole minutes of a seven-minute movie', () => {
  const ticks = timeTicks(wholeRange(3024), 840, 7);
  expect(ticks.map(({ label }) => label)).toEqual(['0 s', '60 s', '120 s', '180 s', '240 s', '300 s', '360 s', '420 s']);
  expect(ticks[1]?.frame).toBe(420);
});

it('takes steps that people read', () => {
  expect([0.03, 0.4, 1.1, 4, 6, 12, 25, 45, 100, 400, 1900, 3700, 10_000].map((least) => secondsStep(least))).toEqual([
    0.05, 0.5, 2, 5, 10, 15, 30, 60, 120, 600, 3600, 7200, 18_000,
  ]);
});

it('shows decimals only where the step needs them', () => {
  const ticks = timeTicks({ from: 0, to: 14 }, 400, 7);
  expect(ticks.map(({ label }) => label)).toEqual(['0.0 s', '0.5 s', '1.0 s', '1.5 s', '2.0 s']);
});

it('numbers frames where the rate is unknown, never between two', () => {
  expect(timeTicks(wholeRange(3000), 500, null).map(({ label }) => label)).toEqual(['frame 0', 'frame 1,000', 'frame 2,000']);
  expect(timeTicks({ from: 9.5, to: 12.5 }, 1000, null).map(({ frame }) => frame)).toEqual([10, 11, 12]);
  expect([timeLabel(1204, null), timeLabel(1204, 7)]).toEqual(['frame 1,204', '172.0 s']);
});

it('keeps ticks apart at any width', () => {
  for (const width of [40, 120, 390, 1208, 2400]) {
    for (const rate of [null, 7, 30.9]) {
      const frames = timeTicks(wholeRange(8000), width, rate).map(({ frame }) => frame);
      for (let i = 1; i < frames.length; i++) {
        expect(((frames[i]! - frames[i - 1]!) / 8000) * width).toBeGreaterThanOrEqual(Math.min(96, width) * 0.999);
      }
    }
  }
  expect(timeTicks(wholeRange(100), 0, 7)).toEqual([]);
});
