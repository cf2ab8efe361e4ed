// Time courses, one value a frame: firing of a neuron seen through its indicator, and the shared signal of the neuropil.
import type { Rng } from '../../src/base/rng.ts';
import type { MovieParams } from './params.ts';
import { between, leaky, logBetween, normals, poisson } from './random.ts';

/** dF/F of an indicator saturates about here. */
const SATURATION = 4.5;

/** dF/F of one neuron: bursty Poisson spikes through a rise and a decay. Never silent. */
export function deltaFOverF(rng: Rng, frames: number, p: MovieParams): Float32Array {
  const slow = leaky(
    normals(rng, frames).map((z) => 0.05 * z),
    0.95,
  ).map((y) => Math.exp(4 * y));
  const mean = slow.reduce((sum, v) => sum + v, 0) / frames;
  const rate = logBetween(rng, p.spikeRateHz) / p.rateHz;
  const spikes = slow.map((v) => poisson(rng, Math.min((rate * v) / mean, 3)) * (1 + rng.below(3)));
  if (spikes.every((n) => n === 0)) spikes[rng.below(frames)] = 3;
  const falling = leaky(spikes, Math.exp(-1 / (between(rng, p.decay) * p.rateHz)));
  const rising = leaky(spikes, Math.exp(-1 / (p.rise * p.rateHz)));
  const size = between(rng, p.spikeDff);
  return Float32Array.from(falling, (fall, t) => SATURATION * Math.tanh(((fall - 0.25 * rising[t]!) * size) / SATURATION));
}

function unitDeviation(trace: Float64Array): Float64Array {
  const mean = trace.reduce((sum, v) => sum + v, 0) / trace.length;
  const deviation = Math.sqrt(trace.reduce((sum, v) => sum + (v - mean) ** 2, 0) / trace.length) || 1;
  return trace.map((v) => v / deviation);
}

/** Brightness of one neuropil mode, least value 0: sparse events that decay in 1.2 s on a slow wander. */
export function neuropilCourse(rng: Rng, frames: number, rateHz: number): Float32Array {
  // The fourth power of a uniform is as sparse as the gamma law of shape 1/4.
  const events = Float64Array.from({ length: frames }, () => rng.uniform() ** 4);
  const fast = unitDeviation(leaky(events, Math.exp(-1 / (1.2 * rateHz))));
  const slow = unitDeviation(leaky(normals(rng, frames), 0.98));
  const both = fast.map((v, t) => v + 0.7 * slow[t]!);
  const least = both.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY);
  return Float32Array.from(both, (v) => v - least);
}
