import { expect, it } from 'vitest';
import { correctDepths, displacementAt, motionError, rigidMotion } from './motion.ts';

const imposed = rigidMotion(Float64Array.of(0, 580.15, 630.15, 680.15), Float64Array.of(0, 0, 50, 0));

it('is linear between and constant beyond', () => {
  const at = (time: number) => displacementAt(imposed, time, 123);
  expect([at(-5), at(300), at(605.15), at(630.15), at(655.15), at(9999)]).toEqual([0, 0, 25, 50, 25, 0]);
});

it('is linear between depths, too', () => {
  const motion = { times: Float64Array.of(0, 10), depths: Float64Array.of(0, 100), displacement: Float64Array.of(0, 10, 20, 30) };
  expect(displacementAt(motion, 5, 50)).toBe(15);
  expect(displacementAt(motion, 20, 200)).toBe(30);
  expect(Array.from(correctDepths([0, 10], [100, 100], motion))).toEqual([90, 70]);
});

it('is unknown without times', () => {
  expect(displacementAt(rigidMotion(new Float64Array(0), new Float64Array(0)), 3, 0)).toBeNaN();
});

it('differs from itself only by a constant, which nobody can know', () => {
  const shifted = rigidMotion(
    imposed.times,
    imposed.displacement.map((x) => x + 7),
  );
  expect(motionError(shifted, imposed, 0)).toEqual({ rms: 0, most: 0, offset: 7 });
  const noisy = rigidMotion(
    imposed.times,
    imposed.displacement.map((x, i) => x + (i % 2 ? 1 : -1)),
  );
  expect(motionError(noisy, imposed, 0).rms).toBe(1);
});
