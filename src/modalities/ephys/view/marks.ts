// What lies on the traces: spikes of the selected units, detected ones, and how another sorting's spikes match.
import { lowerBound, partWithin } from '../../../base/rising.ts';
import { resources } from '../../../state/resources.ts';
import type { Detected } from '../shared/detection.ts';
import type { EphysDataset } from './datasets.ts';
import type { Marks } from './trace-pieces.ts';
import type { TickMark } from './traces-overlay.ts';
import { peakElectrode } from './unit-facts.ts';
import { selectedUnits, trainOf } from './units.ts';

export const detectedKey = ({ id }: EphysDataset) => `${id}/detected`;
/** Of the sortings that are compared now. */
export function matchKey({ id, store }: EphysDataset): string {
  const { sorting, other } = store.getState();
  return `${id}/match-marks/${sorting}/${other}`;
}

/** Spikes of the chosen pair of units: matched, only in the first, only in the second. Frames, ascending. */
export interface MatchMarks {
  readonly tp: Float64Array<ArrayBuffer>;
  readonly fp: Float64Array<ArrayBuffer>;
  readonly fn: Float64Array<ArrayBuffer>;
}

export function marksOf(dataset: EphysDataset): Marks {
  return {
    units: (from, to) =>
      selectedUnits(dataset).map((unit, place) => ({
        place,
        frames: partWithin(trainOf(dataset, unit), from, to),
        electrode: peakElectrode(dataset, unit),
      })),
    ticks: (from, to) => [...matched(dataset, from, to), ...detected(dataset, from, to)],
  };
}

function matched(dataset: EphysDataset, from: number, to: number): TickMark[] {
  const marks = resources.get<MatchMarks>(matchKey(dataset));
  if (!marks || dataset.store.getState().other === null) return [];
  return (['tp', 'fp', 'fn'] as const).flatMap((kind) =>
    Array.from(partWithin(marks[kind], from, to), (frame): TickMark => ({ frame, electrode: null, kind })),
  );
}

function detected(dataset: EphysDataset, from: number, to: number): TickMark[] {
  const found = resources.get<Detected>(detectedKey(dataset));
  if (!found || !dataset.store.getState().detectedShown) return [];
  const first = lowerBound(found.times, from);
  const last = lowerBound(found.times, to);
  return Array.from(
    found.times.subarray(first, last),
    (frame, i): TickMark => ({
      frame,
      electrode: found.channels[first + i]!,
      kind: 'detected',
    }),
  );
}
