// What is known of units beyond their spikes: measures and mean waveforms, from the last computation or the last look at them.
import { getOrMake } from '../../../base/get-or-make.ts';
import { resources } from '../../../state/resources.ts';
import type { UnitMeasures } from '../shared/measures.ts';
import type { UnitWaveforms } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import { sortingOf, type Unit } from './units.ts';

const measuresKey = ({ id, store }: EphysDataset) => `${id}/measures/${store.getState().sorting}`;

/** By unit; a unit that was made after the last computation has none. */
export type Measures = ReadonlyMap<number, UnitMeasures>;
const NONE: Measures = new Map();

export function measuresOf(dataset: EphysDataset): Measures {
  return resources.get<Measures>(measuresKey(dataset)) ?? NONE;
}

export function putMeasures(dataset: EphysDataset, measures: Measures): void {
  resources.put(measuresKey(dataset), measures, 400 * measures.size, true);
}

/** How much of the recording the waveform measures were computed from. */
export interface MetricsRead {
  readonly seconds: number;
  readonly ofSeconds: number;
  readonly spikes: number;
  readonly ofSpikes: number;
}

const readKey = ({ id, store }: EphysDataset) => `${id}/metrics-read/${store.getState().sorting}`;

export function putMetricsRead(dataset: EphysDataset, read: MetricsRead): void {
  resources.put(readKey(dataset), read, 0, true);
}

/** Null before the first computation, and where no recording is open. */
export function metricsReadOf(dataset: EphysDataset): MetricsRead | null {
  return resources.get<MetricsRead>(readKey(dataset)) ?? null;
}

/** Waveforms that were read for a unit's spikes: a merged or split unit has other spikes, so it has none. */
const waveforms = new WeakMap<Int32Array, UnitWaveforms>();

export function rememberWaveforms(unit: Unit, found: UnitWaveforms): void {
  waveforms.set(unit.spikes, found);
}

export function waveformsOf(unit: Unit): UnitWaveforms | undefined {
  return waveforms.get(unit.spikes);
}

/** Electrode on which the unit is the largest, where it is known. */
export function peakElectrode(dataset: EphysDataset, unit: Unit): number | null {
  const seen = waveformsOf(unit);
  if (seen) return seen.peak;
  const peak = measuresOf(dataset).get(unit.id)?.peak;
  return peak === undefined || Number.isNaN(peak) ? null : peak;
}

/** Depth of the unit in µm: where it was located, else where the sorter placed its spikes; null where neither did. */
export function listedDepth(dataset: EphysDataset, unit: Unit): number | null {
  const measured = measuresOf(dataset).get(unit.id)?.depth;
  if (measured !== undefined && Number.isFinite(measured)) return measured;
  const positions = sortingOf(dataset)?.positions;
  return positions && unit.spikes.length > 0 ? getOrMake(placed, unit.spikes, () => medianDepth(positions, unit.spikes)) : null;
}

/** The same, of a unit that was looked at from its waveforms. */
export function depthOf(dataset: EphysDataset, unit: Unit): number | null {
  return listedDepth(dataset, unit) ?? waveformsOf(unit)?.location[1] ?? null;
}

const placed = new WeakMap<Int32Array, number>();
const MOST_PLACED = 1000;

/** The upper median of at most `MOST_PLACED` spikes, evenly over the unit's, so that a list of a thousand units is there at once. */
function medianDepth(positions: Float64Array, spikes: Int32Array): number {
  const every = Math.ceil(spikes.length / MOST_PLACED);
  const count = Math.ceil(spikes.length / every);
  return Float64Array.from({ length: count }, (_, i) => positions[2 * spikes[i * every]! + 1]!).sort()[count >> 1]!;
}
