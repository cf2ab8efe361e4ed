// Ticks of the time axis and how times are written: seconds where the movie's rate is known, else frame numbers.
import { grouped } from '../../../base/number-format.ts';
import type { TimeRange } from './time-range.ts';

export interface TimeTick {
  /** Fractional frame. */
  readonly frame: number;
  readonly label: string;
}

const TICK_PX = 96;
/** Steps from ten seconds to an hour that people read at a glance; below and above 1, 2, 5 × 10ⁿ of a second and of an hour. */
const CLOCK_STEPS = [10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600];

/** The smallest of 1, 2, 5 × 10ⁿ that is not below `least`. */
function niceAbove(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const lead = least / power;
  const factor = [1, 2, 5, 10].find((one) => lead <= one * (1 + 1e-9)) ?? 10;
  return factor * power;
}

/** Seconds between ticks that are at least `least` seconds apart. */
export function secondsStep(least: number): number {
  if (least <= 5) return niceAbove(least);
  return CLOCK_STEPS.find((step) => step >= least * (1 - 1e-9)) ?? 3600 * niceAbove(least / 3600);
}

/** Ticks within the range, at least about 96 px apart over `width` CSS px. `rateHz` null: numbered by frame. */
export function timeTicks(range: TimeRange, width: number, rateHz: number | null): TimeTick[] {
  if (width <= 0) return [];
  const perUnit = rateHz ?? 1;
  const least = ((range.to - range.from) / perUnit) * Math.min(1, TICK_PX / width);
  const step = rateHz === null ? Math.max(1, niceAbove(least)) : secondsStep(least);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks: TimeTick[] = [];
  for (let i = Math.max(0, Math.ceil(range.from / perUnit / step - 1e-9)); i * step * perUnit <= range.to; i++) {
    const value = i * step;
    const label = rateHz === null ? `frame ${grouped(value)}` : `${decimals > 0 ? value.toFixed(decimals) : grouped(value)} s`;
    ticks.push({ frame: value * perUnit, label });
  }
  return ticks;
}

/** "172.0 s", or "frame 1,204" where the rate is unknown. */
export function timeLabel(frame: number, rateHz: number | null): string {
  return rateHz === null ? `frame ${grouped(frame)}` : `${(frame / rateHz).toFixed(1)} s`;
}
