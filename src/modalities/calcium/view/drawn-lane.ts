// What is drawn of a lane: its curves and the limits of its y axis.
import { fixed } from '../../../base/number-format.ts';
import { curvesOf, type LaneCurves, type TraceKind } from './lane-curves.ts';
import { laneRange, type ValueRange } from './lane-scale.ts';
import type { TraceLane } from './trace-lanes.ts';

export interface DrawnLane {
  readonly lane: TraceLane;
  /** Null until enough of the movie is read. */
  readonly curves: LaneCurves | null;
  readonly range: ValueRange | null;
}

/** `kind` null: whatever is best. */
export function drawnLane(lane: TraceLane, kind: TraceKind | null, rateHz: number): DrawnLane {
  if (!lane.trace) return { lane, curves: null, range: null };
  const curves = curvesOf(lane.trace, kind, rateHz);
  return { lane, curves, range: laneRange(curves.main, ...(curves.neuropil ? [curves.neuropil] : [])) };
}

/** ` · SNR 6.1` where it is known. */
export function snrText({ trace }: TraceLane): string {
  return trace?.processed ? ` · SNR ${fixed(trace.processed.snr, 1)}` : '';
}
