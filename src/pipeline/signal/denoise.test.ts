import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { denoise } from './denoise.ts';

const RATE_HZ = 7;
const FRAMES = 600;

/** Events of height 1 every 90 frames that decay in `tau` seconds. */
function clean(tau = 1): Float64Array {
  let state = 0;
  return Float64Array.from(
    { length: FRAMES },
    (_, t) => (state = state * Math.exp(-1 / (tau * RATE_HZ)) + (t % 90 === 40 ? 1 : 0)),
  );
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

it('gives a clean trace back, whatever the decay of its indicator', () => {
  for (const tau of [0.5, 0.85, 1, 1.7]) {
    const trace = clean(tau);
    const result = denoise(trace, RATE_HZ);
    for (let t = 0; t < FRAMES; t++) expect(Math.abs(result[t]! - trace[t]!)).toBeLessThan(0.07);
    expect(correlation(result, trace)).toBeGreaterThan(0.995);
  }
  expect(denoise(new Float64Array(FRAMES), RATE_HZ)).toEqual(new Float32Array(FRAMES));
});

it('comes nearer to the truth than the noisy trace, and is not fooled by a baseline below the middle of the noise', () => {
  const rng = makeRng(3);
  for (const tau of [0.6, 1, 1.8]) {
    const truth = clean(tau);
    const noisy = truth.map((value) => value + 0.3 + 0.25 * rng.normal());
    const result = denoise(noisy, RATE_HZ);
    expect(correlation(noisy, truth)).toBeLessThan(0.8);
    expect(correlation(result, truth)).toBeGreaterThan(0.9);
  }
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
