// The y axis of a lane: limits that a few odd samples do not move, and a scale bar instead of tick marks.
import { grouped, niceBelow } from '../../../base/number-format.ts';

export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

export interface ScaleBar {
  /** In the lane's unit. */
  readonly value: number;
  /** Share of the lane's height, 0…1. */
  readonly share: number;
  readonly label: string;
}

const LOW = 0.005;
const HIGH = 0.999;
const FOOT = 0.04;
const HEAD = 0.08;
/** A scale bar takes at most this share of the lane. */
const BAR_SHARE = 0.6;

/** Percentiles 0.5 and 99.9 of all curves together with a little room; null where no sample has a value. */
export function laneRange(...curves: readonly Float32Array[]): ValueRange | null {
  const sizes = curves.reduce((sum, curve) => sum + curve.length, 0);
  const values = new Float32Array(sizes);
  let count = 0;
  for (const curve of curves) for (const value of curve) if (Number.isFinite(value)) values[count++] = value;
  if (count === 0) return null;
  const sorted = values.subarray(0, count).sort();
  const at = (share: number) => sorted[Math.round(share * (count - 1))]!;
  const low = at(LOW);
  const high = at(HIGH);
  // A flat curve lies in the middle of its lane.
  const span = high > low ? high - low : Math.abs(high) || 1;
  return high > low ? { low: low - FOOT * span, high: high + HEAD * span } : { low: low - span / 2, high: high + span / 2 };
}

/** The longest of 1, 2, 5 × 10ⁿ that fits. */
export function scaleBar({ low, high }: ValueRange, unit: string): ScaleBar {
  const value = niceBelow((high - low) * BAR_SHARE);
  const text = value >= 1 ? grouped(value) : String(Number(value.toPrecision(1)));
  return { value, share: value / (high - low), label: `${text} ${unit}` };
}
