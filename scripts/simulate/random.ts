// Draws that the simulator needs beyond uniform and normal ones.
import type { Rng } from '../../src/base/rng.ts';
import type { Range } from './params.ts';

export function between(rng: Rng, [low, high]: Range): number {
  return low + (high - low) * rng.uniform();
}

/** Uniform in the logarithm. */
export function logBetween(rng: Rng, [low, high]: Range): number {
  return Math.exp(between(rng, [Math.log(low), Math.log(high)]));
}

/** Poisson count by multiplying uniforms (Knuth); for small means. */
export function poisson(rng: Rng, mean: number): number {
  const limit = Math.exp(-mean);
  let product = rng.uniform();
  let count = 0;
  while (product > limit) {
    product *= rng.uniform();
    count++;
  }
  return count;
}

/** One of the keys, with chances in proportion to the weights. */
export function pick<K extends string>(rng: Rng, weights: Readonly<Record<K, number>>): K {
  const keys = Object.keys(weights) as K[];
  let left = rng.uniform() * keys.reduce((sum, key) => sum + weights[key], 0);
  for (const key of keys) {
    left -= weights[key];
    if (left < 0) return key;
  }
  return keys.findLast((key) => weights[key] > 0) ?? keys[0]!;
}

/** y[t] = keep * y[t-1] + input[t]. */
export function leaky(input: Float64Array, keep: number): Float64Array {
  const output = new Float64Array(input.length);
  let y = 0;
  for (let t = 0; t < input.length; t++) {
    y = keep * y + input[t]!;
    output[t] = y;
  }
  return output;
}

export function normals(rng: Rng, n: number): Float64Array {
  return Float64Array.from({ length: n }, () => rng.normal());
}
