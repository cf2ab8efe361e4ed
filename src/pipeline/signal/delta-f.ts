// Corrected fluorescence, its relative change and its quality. Traces are in the movie's units; missing samples are NaN and stay so.

import { percentile } from '../image/percentiles.ts';
import { maximinBaseline } from './baseline.ts';
import { bridgeGaps } from './gaps.ts';
import { noiseFft } from './noise-fft.ts';

/** Share of the neuropil signal that is subtracted (suite2p's default). */
export const NEUROPIL_COEFFICIENT = 0.7;

/** F − 0.7 Fneu. */
export function neuropilCorrected(
  trace: ArrayLike<number>,
  neuropil: ArrayLike<number>,
  coefficient = NEUROPIL_COEFFICIENT,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(trace, (value, t) => value - coefficient * neuropil[t]!);
}

/** Corrected trace minus its maximin baseline: what suite2p calls dF. */
export function deltaF(corrected: ArrayLike<number>, rateHz: number): Float32Array<ArrayBuffer> {
  const baseline = maximinBaseline(corrected, rateHz);
  return baseline.map((base, t) => corrected[t]! - base);
}

/**
 * ΔF/F = (Fc − base) / (0.3 · mean(Fneu) + base), Fc = F − 0.7 Fneu, base the maximin baseline of Fc. suite2p does not divide;
 * the denominator is our choice: it is the baseline fluorescence of the cell itself, in which neuropil is not counted twice.
 * NaN where the denominator is not positive, because then there is no baseline to relate to.
 */
export function deltaFOverF(trace: ArrayLike<number>, neuropil: ArrayLike<number>, rateHz: number): Float32Array<ArrayBuffer> {
  const corrected = neuropilCorrected(trace, neuropil);
  const baseline = maximinBaseline(corrected, rateHz);
  const rest = (1 - NEUROPIL_COEFFICIENT) * meanOf(neuropil);
  return baseline.map((base, t) => (rest + base > 0 ? (corrected[t]! - base) / (rest + base) : Number.NaN));
}

/** (largest − median) / noise, the noise from the upper half of the spectrum; NaN without noise or samples. */
export function signalToNoise(trace: ArrayLike<number>): number {
  const bridged = bridgeGaps(trace);
  if (!bridged) return Number.NaN;
  const noise = noiseFft(bridged.trace);
  const largest = bridged.trace.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return noise > 0 ? (largest - percentile(bridged.trace, 50)) / noise : Number.NaN;
}

/** Mean of the samples that have a value. */
function meanOf(trace: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let t = 0; t < trace.length; t++) {
    if (Number.isNaN(trace[t]!)) continue;
    sum += trace[t]!;
    count++;
  }
  return sum / count;
}
