import { expect, it } from 'vitest';
import { bitrateOf, type ClipOptions, describePlan, isKeyFrame, planClip, stampOf, startOf } from './clip-plan.ts';

const MOVIE = { frames: 3024, height: 512, width: 490, rateHz: 7 };
const OPTIONS: ClipOptions = {
  format: 'webm',
  from: 10,
  to: 20,
  every: 3,
  speed: 4,
  magnification: 2,
  overlays: true,
  scaleBar: true,
  timeStamp: true,
};

it('shows both ends of the range, every n-th frame, at the speed asked for', () => {
  const plan = planClip(OPTIONS, MOVIE);
  expect(plan.frames).toEqual([10, 13, 16, 19]);
  expect(plan.frameMs).toBeCloseTo(3000 / 28, 10);
  expect(plan.durationMs).toBeCloseTo(12_000 / 28, 10);
  expect([plan.width, plan.height]).toEqual([980, 1024]);
  expect(planClip({ ...OPTIONS, every: 1, to: 10 }, MOVIE).frames).toEqual([10]);
  expect(planClip({ ...OPTIONS, from: 20, to: 10, every: 5 }, MOVIE).frames).toEqual([10, 15, 20]);
  expect(planClip({ ...OPTIONS, from: 3020, to: 9000, every: 1 }, MOVIE).frames).toEqual([3020, 3021, 3022, 3023]);
});

it('rounds each time for itself', () => {
  const plan = planClip({ ...OPTIONS, speed: 1, every: 1, from: 0, to: 70 }, MOVIE);
  for (let i = 0; i <= 70; i++) expect(Math.abs(startOf(plan, i) - (i * 1000) / 7)).toBeLessThanOrEqual(0.5);
  expect(startOf(plan, 70)).toBe(10_000);
});

it('begins with a key frame and has one at least every two seconds', () => {
  for (const [every, speed] of [
    [1, 1],
    [1, 32],
    [100, 1],
  ] as const) {
    const plan = planClip({ ...OPTIONS, from: 0, to: 3000, every, speed }, MOVIE);
    expect(isKeyFrame(plan, 0)).toBe(true);
    let last = 0;
    plan.frames.forEach((_, i) => {
      if (!isKeyFrame(plan, i)) return;
      expect(i - last).toBeLessThanOrEqual(60);
      expect((i - last) * plan.frameMs).toBeLessThanOrEqual(Math.max(2100, plan.frameMs));
      last = i;
    });
  }
});

it('gives a small clip enough bits and a large one not too many', () => {
  expect(bitrateOf(planClip({ ...OPTIONS, magnification: 1, speed: 0.25 }, { ...MOVIE, height: 20, width: 20 }))).toBe(500_000);
  expect(bitrateOf(planClip({ ...OPTIONS, magnification: 4, speed: 32, every: 1 }, MOVIE))).toBe(80_000_000);
});

it('says what comes out', () => {
  expect(describePlan(planClip(OPTIONS, MOVIE), 'webm')).toBe('4 pictures, 980 × 1,024 px, 9.3 a second, 0.4 s');
  expect(describePlan(planClip(OPTIONS, MOVIE), 'png')).toBe('4 pictures, 980 × 1,024 px');
  expect(stampOf(907, 7)).toBe('frame 907, 129.6 s');
  expect(stampOf(1907, null)).toBe('frame 1,907');
});
