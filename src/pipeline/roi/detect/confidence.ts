// One number per detection, 0…1, that falls with rank, whatever found it. It is an order with a scale, not a probability: even sure
// rings are unlabelled one time in four, hence the scale. The cut moves with the sensitivity, the numbers do not.
import { discoveries } from './fdr.ts';

/** The target where nobody moved the sensitivity. */
export const DEFAULT_RATE = 0.4;

/** Tail false-discovery rate that is put up with; 0.4 at the middle, 0.05 … 0.9 over the range. */
export function targetRate(sensitivity: number): number {
  const s = Math.min(1, Math.max(0, sensitivity));
  return DEFAULT_RATE + (s - 0.5) * (s < 0.5 ? 0.7 : 1);
}

const LOWEST = 0.08;
const RANGE = 0.68;
const HIGHEST = LOWEST + RANGE;

/** The belief at which an active candidate is taken by default: without shape support, and where only activity counts. */
const LEAST_UNSUPPORTED = 0.4;
const LEAST_BELIEF = 0.3;

/** 0.08 + 0.68 · the mean of 1 − tail rate and 1 − local rate. */
export function shapeConfidence(tail: Float64Array, real: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(tail, (rate, i) => LOWEST + (RANGE * (1 - rate + real[i]!)) / 2);
}

/** The cut that keeps exactly the hits with a tail rate of at most `rate`. */
export function shapeCut(confidence: Float64Array, tail: Float64Array, rate: number): number {
  const kept = discoveries(tail, rate);
  const last = kept > 0 ? confidence[kept - 1]! : HIGHEST + 0.02;
  const next = kept < confidence.length ? confidence[kept]! : LOWEST - 0.02;
  return (last + next) / 2;
}

/** Confidence of an active candidate beside shape hits: straight lines that put the default belief on the default cut. */
export function unsupportedConfidence(belief: number, defaultCut: number): number {
  if (belief < LEAST_UNSUPPORTED) return (defaultCut * belief) / LEAST_UNSUPPORTED;
  return defaultCut + ((Math.max(defaultCut, HIGHEST) - defaultCut) * (belief - LEAST_UNSUPPORTED)) / (1 - LEAST_UNSUPPORTED);
}

/** Confidence where only activity counts. */
export function activityConfidence(belief: number): number {
  return LOWEST + RANGE * belief;
}

export function activityCut(rate: number): number {
  return LOWEST + (RANGE * LEAST_BELIEF * (1 - rate)) / (1 - DEFAULT_RATE);
}
