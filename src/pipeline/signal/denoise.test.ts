import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { denoise } from './denoise.ts';

const RATE_HZ = 7;
const FRAMES = 600;
const DECAY = Math.exp(-1 / RATE_HZ);

/** Events of height 1 every 90 frames. */
function clean(): Float64Array {
  let state = 0;
  return Float64Array.from({ length: FRAMES }, (_, t) => (state = state * DECAY + (t % 90 === 40 ? 1 : 0)));
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let t = 0; t < a.length; t++) {
    ab += (a[t]! - meanA) * (b[t]! - meanB);
    aa += (a[t]! - meanA) ** 2;
    bb += (b[t]! - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

it('gives a clean trace back', () => {
  const trace = clean();
  const result = denoise(trace, RATE_HZ);
  for (let t = 0; t < FRAMES; t++) expect(Math.abs(result[t]! - trace[t]!)).toBeLessThan(1e-5);
});

it('comes nearer to the truth than the noisy trace', () => {
  const rng = makeRng(3);
  const truth = clean();
  const noisy = truth.map((value) => value + 0.25 * rng.normal());
  const result = denoise(noisy, RATE_HZ);
  expect(correlation(noisy, truth)).toBeLessThan(0.75);
  expect(correlation(result, truth)).toBeGreaterThan(0.88);
});

it('makes nearly nothing of noise alone, and keeps missing samples missing', () => {
  const rng = makeRng(4);
  const noise = Float64Array.from({ length: FRAMES }, (_, t) => (t === 100 ? Number.NaN : rng.normal()));
  const result = denoise(noise, RATE_HZ);
  expect(result[100]).toBeNaN();
  const power = result.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value * value), 0) / FRAMES;
  expect(power).toBeLessThan(0.5);
  expect(denoise([Number.NaN, Number.NaN], RATE_HZ)).toEqual(Float32Array.of(Number.NaN, Number.NaN));
});
