// Labels, merges and splits, each a step of Undo. The history of a sorting is a line of unit sets, which share their spikes.
import { getOrMake } from '../../../base/get-or-make.ts';
import type { UnitGroup } from '../../../base/sorting.ts';
import type { EphysDataset } from './datasets.ts';
import { installUnits, type Unit, type UnitSet, unitsOf } from './units.ts';
import { mergeOf } from './with-curation.ts';

interface History {
  readonly sets: UnitSet[];
  readonly names: string[];
  at: number;
}

const histories = new Map<string, History>();
const keyOf = ({ id }: EphysDataset, index: number) => `${id}/${index}`;
const current = ({ store }: EphysDataset) => store.getState().sorting;

function historyOf(dataset: EphysDataset, index: number): History {
  return getOrMake(histories, keyOf(dataset, index), () => ({ sets: [unitsOf(dataset, index)], names: [], at: 0 }));
}

/** As the file has them, before any step. */
export function unitsAsRead(dataset: EphysDataset, index: number): UnitSet {
  return historyOf(dataset, index).sets[0]!;
}

export function forgetHistory(id: string): void {
  for (const key of [...histories.keys()]) if (key.startsWith(`${id}/`)) histories.delete(key);
}

/** Sortings that are not as they were read: their numbers, and by how many steps. */
export function editedSortings(dataset: EphysDataset): { readonly index: number; readonly steps: number }[] {
  return dataset.info.sortings.flatMap((_, index) => {
    const steps = histories.get(keyOf(dataset, index))?.at ?? 0;
    return steps > 0 ? [{ index, steps }] : [];
  });
}

/** Puts `next` in place; the step is called `name` in Undo. */
export function commit(dataset: EphysDataset, name: string, next: UnitSet, index = current(dataset)): void {
  const history = historyOf(dataset, index);
  history.sets.length = ++history.at;
  history.names.length = history.at - 1;
  history.sets.push(next);
  history.names.push(name);
  install(dataset, index);
}

export function undo(dataset: EphysDataset): void {
  step(dataset, -1);
}

export function redo(dataset: EphysDataset): void {
  step(dataset, 1);
}

function step(dataset: EphysDataset, by: -1 | 1): void {
  const history = historyOf(dataset, current(dataset));
  if (!history.sets[history.at + by]) return;
  history.at += by;
  install(dataset, current(dataset));
}

function install(dataset: EphysDataset, index: number): void {
  const { sets, at } = historyOf(dataset, index);
  installUnits(dataset, sets[at]!, index);
  // Whoever keeps the edits watches the list of steps, whichever sorting is on screen.
  showHistory(dataset);
}

/** After another sorting was chosen: its own steps. */
export function showHistory(dataset: EphysDataset): void {
  const { names, at } = historyOf(dataset, current(dataset));
  dataset.store.setState({ undo: names.slice(0, at), redo: names.slice(at).reverse() });
}

const LABEL_WORDS: Readonly<Record<UnitGroup, string>> = { good: 'good', mua: 'MUA', noise: 'noise', unsorted: 'unsorted' };

export function withLabels(set: UnitSet, ids: readonly number[], label: UnitGroup): UnitSet {
  const units = new Map(set.units);
  for (const id of ids) {
    const unit = units.get(id);
    if (unit) units.set(id, { ...unit, label });
  }
  return { ...set, units };
}

/** One new unit with all spikes of the others, in order of time; its label is the one that all of them had. */
export function withMerge(set: UnitSet, ids: readonly number[]): UnitSet {
  const parts = ids.flatMap((id) => set.units.get(id) ?? []);
  if (parts.length < 2) return set;
  const units = new Map([...set.units].filter(([id]) => !ids.includes(id)));
  const id = set.nextId;
  units.set(id, { ...mergeOf(parts), id, name: String(id) });
  return { units, nextId: id + 1 };
}

/** Two new units in place of one: the chosen spikes (their places in the unit's list), and the rest. */
export function withSplit(set: UnitSet, id: number, chosen: ReadonlySet<number>): UnitSet {
  const unit = set.units.get(id);
  if (!unit || chosen.size === 0 || chosen.size >= unit.spikes.length) return set;
  const units = new Map([...set.units].filter(([other]) => other !== id));
  const part = (keep: boolean, newId: number): Unit => ({
    ...unit,
    id: newId,
    name: String(newId),
    spikes: unit.spikes.filter((_, i) => chosen.has(i) === keep),
  });
  units.set(set.nextId, part(true, set.nextId));
  units.set(set.nextId + 1, part(false, set.nextId + 1));
  return { units, nextId: set.nextId + 2 };
}

export function labelUnits(dataset: EphysDataset, ids: readonly number[], label: UnitGroup): void {
  if (ids.length === 0) return;
  const what = ids.length === 1 ? `unit ${ids[0]}` : `${ids.length} units`;
  commit(dataset, `Label ${what} ${LABEL_WORDS[label]}`, withLabels(unitsOf(dataset), ids, label));
}

export function mergeUnits(dataset: EphysDataset, ids: readonly number[]): void {
  if (ids.length < 2) return;
  const before = unitsOf(dataset);
  commit(dataset, `Merge ${ids.join(', ')}`, withMerge(before, ids));
  dataset.store.setState({ selected: [before.nextId] });
}

export function splitUnit(dataset: EphysDataset, id: number, chosen: ReadonlySet<number>): void {
  const before = unitsOf(dataset);
  const next = withSplit(before, id, chosen);
  if (next === before) return;
  commit(dataset, `Split ${id}`, next);
  dataset.store.setState({ selected: [before.nextId, before.nextId + 1] });
}
