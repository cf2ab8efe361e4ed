// A lane in words and numbers, for those who do not see the curves.
import { fixed, grouped } from '../../../base/number-format.ts';
import { KIND_TITLES, type LaneCurves, peakOf } from './lane-curves.ts';
import { timeLabel } from './time-ticks.ts';
import type { TraceLane } from './trace-lanes.ts';

const inUnit = (value: number, unit: LaneCurves['unit']) =>
  unit === 'ΔF/F' ? `${fixed(value, 2)} ΔF/F` : `${Math.abs(value) >= 100 ? grouped(value) : fixed(value, 1)} grey values`;

const countOf = (events: number) => `${grouped(events)} ${events === 1 ? 'event' : 'events'}`;

/** "Region 112, matches truth, 1.8 px: ΔF/F, peak 2.31 ΔF/F at 172.0 s, SNR 6.1, 14 events." `rateHz` null: times in frames. */
export function describeLane(
  { title, text, trace }: Pick<TraceLane, 'title' | 'text' | 'trace'>,
  curves: LaneCurves | null,
  rateHz: number | null,
): string {
  if (!curves || !trace) return `${title}, ${text}: not read yet.`;
  const peak = peakOf(curves);
  const parts = [
    `${KIND_TITLES[curves.kind]}${trace.exact ? '' : ', binned'}`,
    peak ? `peak ${inUnit(peak.value, curves.unit)} at ${timeLabel(Math.round(peak.frame), rateHz)}` : 'no values',
    ...(trace.processed ? [`SNR ${fixed(trace.processed.snr, 1)}`] : []),
    ...(curves.eventFrames ? [countOf(curves.eventFrames.length)] : []),
  ];
  return `${title}, ${text}: ${parts.join(', ')}.`;
}
