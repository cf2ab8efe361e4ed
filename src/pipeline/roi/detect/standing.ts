// The standing of a detection, 0…1: one number that falls with rank, whatever found it, and decides what is kept. It is an order with
// a scale, not a probability; calibrate.ts makes the confidence of it. The cut moves with the sensitivity, the numbers do not.
import { discoveries } from './fdr.ts';

/** The target where nobody moved the sensitivity. */
export const DEFAULT_RATE = 0.2;

/** Tail false-discovery rate that is put up with; 0.2 at the middle, 0.02 … 0.8 over the range. */
export function targetRate(sensitivity: number): number {
  const s = Math.min(1, Math.max(0, sensitivity));
  return DEFAULT_RATE + (s - 0.5) * (s < 0.5 ? 0.36 : 1.2);
}

export const LOWEST = 0.08;
const RANGE = 0.68;
export const HIGHEST = LOWEST + RANGE;

/** The belief at which an active candidate is taken by default: without shape support, and where only activity counts. */
const LEAST_UNSUPPORTED = 0.4;
const LEAST_BELIEF = 0.3;

/** 0.08 + 0.68 · the mean of 1 − tail rate and 1 − local rate. */
export function shapeStanding(tail: Float64Array, real: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(tail, (rate, i) => LOWEST + (RANGE * (1 - rate + real[i]!)) / 2);
}

/** The cut that keeps exactly the hits with a tail rate of at most `rate`. */
export function shapeCut(standing: Float64Array, tail: Float64Array, rate: number): number {
  const kept = discoveries(tail, rate);
  const last = kept > 0 ? standing[kept - 1]! : HIGHEST + 0.02;
  const next = kept < standing.length ? standing[kept]! : LOWEST - 0.02;
  return (last + next) / 2;
}

/** Standing of an active candidate beside shape hits: straight lines that put the default belief on the default cut. */
export function unsupportedStanding(belief: number, defaultCut: number): number {
  if (belief < LEAST_UNSUPPORTED) return (defaultCut * belief) / LEAST_UNSUPPORTED;
  return defaultCut + ((Math.max(defaultCut, HIGHEST) - defaultCut) * (belief - LEAST_UNSUPPORTED)) / (1 - LEAST_UNSUPPORTED);
}

/** Standing where only activity counts. */
export function activityStanding(belief: number): number {
  return LOWEST + RANGE * belief;
}

export function activityCut(rate: number): number {
  return LOWEST + (RANGE * LEAST_BELIEF * (1 - rate)) / (1 - DEFAULT_RATE);
}

const SUREST = 0.98;

/** Probability of a cell, from the rates of a hit's rank and from how likely its activity is for a cell. */
export function posterior(tail: number, real: number, likelihood: number): number {
  const prior = Math.min(SUREST, Math.max(1 - SUREST, (1 - tail + real) / 2));
  const odds = (prior / (1 - prior)) * likelihood;
  return odds / (1 + odds);
}

/** Hits less probable than this fall back, those above keep what their rank gave them. */
const DOUBTFUL = 0.3;

export function doubted(standing: number, probability: number): number {
  return Math.min(standing, LOWEST) + Math.max(0, standing - LOWEST) * Math.min(1, (probability / DOUBTFUL) ** 2);
}

/** The probability at which a ring counts as an active cell. */
const LEAST_ACTIVE = 0.7;

/** Brings the probability that a ring is an active cell to the scale of belief in active candidates. */
export function ringBelief(probability: number): number {
  if (probability < LEAST_ACTIVE) return (LEAST_BELIEF * probability) / LEAST_ACTIVE;
  return LEAST_BELIEF + ((1 - LEAST_BELIEF) * (probability - LEAST_ACTIVE)) / (1 - LEAST_ACTIVE);
}
