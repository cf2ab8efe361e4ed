// The units of a data set's sortings: what was read, and what curation made of it. A unit is a list of spikes (indices into the
// sorting's times, ascending), so that merging and splitting share the arrays that did not change.
import { getOrMake } from '../../../base/get-or-make.ts';
import { partWithin } from '../../../base/rising.ts';
import type { Sorting, UnitGroup } from '../../../base/sorting.ts';
import { tracked } from '../../../state/jobs.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { GroupedSorting, ReadSorting, SortingInput } from '../shared/unit-jobs.ts';
import { type EphysDataset, lengthOf, tellRate } from './datasets.ts';
import { bump } from './store.ts';
import { tellNotices } from './tell-notices.ts';

export interface Unit {
  readonly id: number;
  readonly name: string;
  /** Indices of its spikes. */
  readonly spikes: Int32Array<ArrayBuffer>;
  readonly label: UnitGroup;
}

export interface UnitSet {
  readonly units: ReadonlyMap<number, Unit>;
  /** Greater than every id that was ever used. */
  readonly nextId: number;
}

const GROUPS: readonly UnitGroup[] = ['good', 'mua', 'noise', 'unsorted'];

const sortingKey = ({ id }: EphysDataset, index: number) => `${id}/sorting/${index}`;
const unitsKey = ({ id }: EphysDataset, index: number) => `${id}/units/${index}`;

/** What the tables beside a sorting call the group of each unit. */
export function groupsOf({ fields, unitIds }: Sorting): UnitGroup[] {
  const field = ['group', 'KSLabel', 'quality'].map((name) => fields.find((one) => one.name === name)).find(Boolean);
  return Array.from(unitIds, (_, i) => GROUPS.find((group) => group === field?.values[i]) ?? 'unsorted');
}

export function unitSetOf({ sorting, spikes }: GroupedSorting): UnitSet {
  const groups = groupsOf(sorting);
  const units = new Map<number, Unit>();
  sorting.unitIds.forEach((id, i) => {
    units.set(id, { id, name: sorting.unitNames?.[i] ?? String(id), spikes: spikes[i]!, label: groups[i]! });
  });
  return { units, nextId: 1 + sorting.unitIds.reduce((most, id) => Math.max(most, id), -1) };
}

const loading = new Map<string, Promise<void>>();

/** Reads a sorting that the data set lists, once; throws what its reader says. */
export function loadSorting(dataset: EphysDataset, index: number): Promise<void> {
  const key = sortingKey(dataset, index);
  const facts = dataset.info.sortings[index];
  if (!facts || resources.has(key)) return Promise.resolve();
  return getOrMake(loading, key, async () => {
    try {
      const { recording, source, rate } = dataset;
      const input: SortingInput = {
        listing: source.listing,
        found: facts,
        recording: recording && { frames: recording.frames, samplingRate: rate },
      };
      const grouped = await tracked({ label: `Reading ${facts.name}`, dataset: dataset.id }, ({ signal }) =>
        ask<GroupedSorting>('ephys', 'sorting', input, { signal }),
      );
      putSorting(dataset, index, grouped);
      const { notices } = grouped.sorting;
      tellNotices(dataset, index === 0 ? [...dataset.info.notices, ...notices] : notices);
    } finally {
      loading.delete(key);
    }
  });
}

export function putSorting(dataset: EphysDataset, index: number, grouped: GroupedSorting): void {
  const { sorting } = grouped;
  const bytes = 16 * sorting.times.length;
  resources.put(sortingKey(dataset, index), sorting, bytes, true);
  tellRate(dataset, sorting.samplingRate);
  if (!resources.has(unitsKey(dataset, index)))
    resources.put(unitsKey(dataset, index), unitSetOf(grouped), 4 * sorting.times.length, true);
  bump(dataset.store, 'units');
}

export function sortingOf(dataset: EphysDataset, index = dataset.store.getState().sorting): ReadSorting | undefined {
  return resources.get<ReadSorting>(sortingKey(dataset, index));
}

const NONE: UnitSet = { units: new Map(), nextId: 0 };

export function unitsOf(dataset: EphysDataset, index = dataset.store.getState().sorting): UnitSet {
  return resources.get<UnitSet>(unitsKey(dataset, index)) ?? NONE;
}

/** Puts another set of units in place; curation alone does it, so that every change can be undone. */
export function installUnits(dataset: EphysDataset, set: UnitSet, index: number): void {
  const { sorting, selected } = dataset.store.getState();
  resources.put(unitsKey(dataset, index), set, 0, true);
  if (index === sorting) dataset.store.setState({ selected: selected.filter((id) => set.units.has(id)) });
  bump(dataset.store, 'units');
}

const trains = new WeakMap<Int32Array, Float64Array<ArrayBuffer>>();

/** Times of a unit's spikes in frames, ascending. */
export function trainOf(dataset: EphysDataset, unit: Unit, index = dataset.store.getState().sorting): Float64Array<ArrayBuffer> {
  const times = sortingOf(dataset, index)?.times ?? new Float64Array(0);
  return getOrMake(trains, unit.spikes, () => Float64Array.from(unit.spikes, (spike) => times[spike]!));
}

/** The train within the time brush, or all of it. */
export function brushed(dataset: EphysDataset, unit: Unit): Float64Array<ArrayBuffer> {
  const { brush } = dataset.store.getState();
  const train = trainOf(dataset, unit);
  return brush ? partWithin(train, brush.from * dataset.rate, brush.to * dataset.rate) : train;
}

/** The selected units that there still are. */
export function selectedUnits(dataset: EphysDataset): Unit[] {
  const { units } = unitsOf(dataset);
  return dataset.store.getState().selected.flatMap((id) => units.get(id) ?? []);
}

/** Seconds of the recording; of a sorting alone, up to its last spike. */
export function secondsOf(dataset: EphysDataset): number {
  return lengthOf(dataset) || ((sortingOf(dataset)?.times.at(-1) ?? 0) + 1) / dataset.rate;
}
