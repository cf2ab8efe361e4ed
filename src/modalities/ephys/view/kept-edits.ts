// The curation of a data set's sortings as it is kept between visits. A sorting that was dropped later may not be here again: what was
// done to it waits for it, and is kept along.
import { isSomascopeError, SomascopeError } from '../../../base/errors.ts';
import type { UnitGroup } from '../../../base/sorting.ts';
import { sortingId } from '../shared/found.ts';
import { commit, editedSortings } from './curation.ts';
import type { EphysDataset } from './datasets.ts';
import { loadSorting, sortingOf, type Unit, type UnitSet, unitsOf } from './units.ts';

/** A unit as it is kept: its spikes are told only where curation changed them. */
interface KeptUnit {
  readonly id: number;
  readonly label: UnitGroup;
  readonly spikes?: Int32Array<ArrayBuffer>;
}

export interface KeptSorting {
  /** As `sortingId` calls it. */
  readonly sorting: string;
  readonly nextId: number;
  readonly units: readonly KeptUnit[];
}

export interface KeptEdits {
  readonly sortings: readonly KeptSorting[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

interface Made {
  readonly sets: readonly UnitSet[];
  readonly waiting: readonly KeptSorting[];
  readonly edits: KeptEdits;
}

const made = new WeakMap<EphysDataset, Made>();

/** With those that wait; the same object as long as nothing changed, so that it is not written again. */
export function keptEdits(dataset: EphysDataset, waiting: readonly KeptSorting[]): KeptEdits | null {
  const edited = editedSortings(dataset);
  if (edited.length + waiting.length === 0) return null;
  const sets = edited.map(({ index }) => unitsOf(dataset, index));
  const known = made.get(dataset);
  const isSame = known && known.sets.length === sets.length && known.sets.every((set, i) => set === sets[i]);
  if (isSame && known.waiting === waiting) return known.edits;
  const edits = { sortings: [...edited.map(({ index }) => keptSorting(dataset, index)), ...waiting] };
  made.set(dataset, { sets, waiting, edits });
  return edits;
}

function keptSorting(dataset: EphysDataset, index: number): KeptSorting {
  const { units, nextId } = unitsOf(dataset, index);
  const file = new Set(sortingOf(dataset, index)?.unitIds);
  return {
    sorting: sortingId(dataset.info.sortings[index]!),
    nextId,
    units: [...units.values()].map(({ id, label, spikes }): KeptUnit => ({ id, label, ...(file.has(id) ? {} : { spikes }) })),
  };
}

/** What `keptEdits` gave. Throws Invalid where it is something else. */
export function readEdits(edits: unknown): readonly KeptSorting[] {
  if (edits === null || edits === undefined) return [];
  const sortings = isRecord(edits) ? edits['sortings'] : undefined;
  if (Array.isArray(sortings) && sortings.every(isKeptSorting)) return sortings;
  throw new SomascopeError('Invalid', 'What was saved of the units cannot be read.', {}, 'The data is open as it was.');
}

const isKeptSorting = (value: unknown): value is KeptSorting =>
  isRecord(value) && typeof value['sorting'] === 'string' && typeof value['nextId'] === 'number' && Array.isArray(value['units']);

/** Once the sorting is read: labels, merges and splits as one step of Undo. */
export async function putBack(dataset: EphysDataset, { sorting, nextId, units }: KeptSorting, step: string): Promise<void> {
  const index = dataset.info.sortings.findIndex((found) => sortingId(found) === sorting);
  try {
    await loadSorting(dataset, index);
  } catch (error) {
    // Whoever opened the data set tells why its sorting cannot be read.
    if (isSomascopeError(error)) return;
    throw error;
  }
  const { units: there } = unitsOf(dataset, index);
  const restored = units.flatMap(({ id, label, spikes }): Unit[] => {
    const own = there.get(id);
    if (spikes) return [{ id, name: String(id), label, spikes }];
    return own ? [{ ...own, label }] : [];
  });
  commit(dataset, step, { units: new Map(restored.map((unit) => [unit.id, unit])), nextId }, index);
}
