// Where things lie in the picture of the traces, in CSS px: a gutter for the names of the channels, an axis of time, and one pane for
// each thing that is drawn, above one another.
import type { EphysState } from './store.ts';

export const GUTTER = 48;
export const AXIS = 22;

export interface Pane {
  readonly kind: 'lines' | 'heat';
  readonly side: 'result' | 'raw';
  readonly top: number;
  readonly height: number;
}

const GAP = 6;

export function panesOf({ mode, side }: Pick<EphysState, 'mode' | 'side'>, height: number): Pane[] {
  const kinds: Pane['kind'][] = mode === 'both' ? ['lines', 'heat'] : [mode];
  const sides: Pane['side'][] = side === 'split' ? ['result', 'raw'] : [side];
  const wanted = kinds.flatMap((kind) => sides.map((one) => ({ kind, side: one })));
  const each = (height - AXIS - GAP * (wanted.length - 1)) / wanted.length;
  return wanted.map((pane, i) => ({ ...pane, top: i * (each + GAP), height: Math.max(1, each) }));
}

/** Frames to CSS px and back. */
export interface TimeMap {
  readonly from: number;
  readonly span: number;
  readonly width: number;
}

export const xOf = ({ from, span, width }: TimeMap, frame: number): number => GUTTER + ((frame - from) / span) * (width - GUTTER);
export const frameOf = ({ from, span, width }: TimeMap, x: number): number => from + ((x - GUTTER) / (width - GUTTER)) * span;

const STEPS = [1, 2, 5] as const;

/** The step of ticks, in seconds, of which about `most` fit into `seconds`. */
export function tickStep(seconds: number, most: number): number {
  const least = seconds / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(least));
  return (STEPS.find((lead) => lead * power >= least * (1 - 1e-9)) ?? 10) * power;
}

/** "+10 ms", "+2 s" from the window's left edge; "0 ms" there. */
export function tickText(seconds: number, step: number): string {
  const [unit, factor] = step < 1e-3 ? ['µs', 1e6] : step < 1 ? ['ms', 1e3] : step < 120 ? ['s', 1] : ['min', 1 / 60];
  const value = seconds * (factor as number);
  return `${value === 0 ? '' : '+'}${Number(value.toFixed(3))} ${unit}`;
}
