// What a lane draws of a region's trace: the chosen curve, the neuropil beside it where both share a unit, and event ticks.
// Samples lie `step` frames apart, the first at frame `start`; values in grey values or, for ΔF/F, without unit.
import type { ProcessedTrace } from '../shared/traces.ts';
import type { RegionTrace } from './traces.ts';

export const TRACE_KINDS = ['raw', 'corrected', 'dff', 'denoised', 'events'] as const;
export type TraceKind = (typeof TRACE_KINDS)[number];

export const KIND_TITLES: Readonly<Record<TraceKind, string>> = {
  raw: 'Raw F',
  corrected: 'Corrected',
  dff: 'ΔF/F',
  denoised: 'ΔF/F denoised',
  events: 'Events',
};

export interface LaneCurves {
  readonly kind: TraceKind;
  readonly main: Float32Array<ArrayBuffer>;
  readonly neuropil: Float32Array<ArrayBuffer> | null;
  /** Frames at which something happened; null where it is not known. */
  readonly eventFrames: Float64Array<ArrayBuffer> | null;
  readonly step: number;
  readonly start: number;
  readonly unit: 'ΔF/F' | 'grey values';
}

/** An event is ticked where its size exceeds this many standard deviations of the trace's noise. */
export const EVENT_SIGMA = 3;

const hasValues = (values: Float32Array) => values.some((value) => Number.isFinite(value));

/** What there is of a trace beyond the raw one; ΔF/F may lack a positive baseline and so any value. */
export function kindsOf(trace: RegionTrace): readonly TraceKind[] {
  const { processed } = trace;
  if (!processed) return ['raw'];
  return hasValues(processed.deltaFOverF) ? TRACE_KINDS : ['raw', 'corrected', 'events'];
}

/** `wanted` null: ΔF/F where it is known, else raw. A kind that a trace lacks is drawn raw. */
export function curvesOf(trace: RegionTrace, wanted: TraceKind | null, rateHz: number): LaneCurves {
  const { processed, raw, neuropil } = trace;
  const asked = wanted ?? 'dff';
  const kind = kindsOf(trace).includes(asked) ? asked : 'raw';
  // A bin is drawn at the middle of its frames.
  const step = trace.step * rateHz;
  const common = { kind, step, start: (step - 1) / 2, eventFrames: processed && eventFrames(processed) };
  if (kind === 'raw' || !processed) return { ...common, kind: 'raw', main: raw, neuropil, unit: 'grey values' };
  if (kind === 'dff') return { ...common, main: processed.deltaFOverF, neuropil: neuropil && relative(neuropil), unit: 'ΔF/F' };
  if (kind === 'denoised') return { ...common, main: processed.denoised, neuropil: null, unit: 'ΔF/F' };
  return { ...common, main: processed[kind], neuropil: null, unit: 'grey values' };
}

function medianOf(values: Float32Array): number {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  return sorted.length > 0 ? sorted[sorted.length >> 1]! : Number.NaN;
}

/** (N − median N) / median N, so that the neuropil can lie beside ΔF/F; null where the median is not positive. */
function relative(neuropil: Float32Array): Float32Array<ArrayBuffer> | null {
  const middle = medianOf(neuropil);
  return middle > 0 ? Float32Array.from(neuropil, (value) => (value - middle) / middle) : null;
}

/** Frames whose deconvolved event is larger than three standard deviations of the noise (median absolute difference). */
export function eventFrames({ corrected, events }: Pick<ProcessedTrace, 'corrected' | 'events'>): Float64Array<ArrayBuffer> {
  const steps = new Float32Array(Math.max(0, corrected.length - 1));
  for (let t = 0; t < steps.length; t++) steps[t] = Math.abs(corrected[t + 1]! - corrected[t]!);
  const noise = medianOf(steps) / (0.6745 * Math.SQRT2);
  const found: number[] = [];
  events.forEach((size, frame) => {
    if (size > 0 && size >= EVENT_SIGMA * noise) found.push(frame);
  });
  return Float64Array.from(found);
}

/** The largest value and its frame; null where there is none. */
export function peakOf({ main, step, start }: LaneCurves): { readonly value: number; readonly frame: number } | null {
  let at = -1;
  for (let i = 0; i < main.length; i++) if (Number.isFinite(main[i]!) && (at < 0 || main[i]! > main[at]!)) at = i;
  return at < 0 ? null : { value: main[at]!, frame: start + at * step };
}
