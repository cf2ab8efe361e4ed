// What is remembered of an ephys data set between visits, and its view as a link: recording, sorting, units and time.

import { isSomascopeError, SomascopeError } from '../../../base/errors.ts';
import type { Keeper, LinkValues } from '../../../base/kept.ts';
import { grouped } from '../../../base/number-format.ts';
import type { UnitGroup } from '../../../base/sorting.ts';
import type { OpenDataset } from '../../modality.ts';
import { sortingId } from '../shared/found.ts';
import { openEphys } from './activate.ts';
import { commit, editedSortings } from './curation.ts';
import { datasetById, type EphysDataset } from './datasets.ts';
import type { EphysState } from './store.ts';
import { loadSorting, sortingOf, type Unit, type UnitSet, unitsOf } from './units.ts';
import { readView, viewValues } from './view-values.ts';

/** A unit as it is kept: its spikes are told only where curation changed them. */
interface KeptUnit {
  readonly id: number;
  readonly label: UnitGroup;
  readonly spikes?: Int32Array<ArrayBuffer>;
}

interface KeptSorting {
  /** As `sortingId` calls it. */
  readonly sorting: string;
  readonly nextId: number;
  readonly units: readonly KeptUnit[];
}

interface KeptEdits {
  readonly sortings: readonly KeptSorting[];
}

const WATCHED = [
  'sorting',
  'selected',
  'from',
  'span',
  'mode',
  'side',
  'chain',
  'tab',
  'preset',
  'definitions',
  'order',
  'firstRow',
  'rows',
  'brush',
] as const;

export function keeperOf(opened: OpenDataset): Keeper {
  openEphys(opened);
  const dataset = () => datasetById(opened.id)!;
  const { recording, info } = dataset();
  return {
    name: opened.name,
    facts: recording
      ? `${grouped(recording.frames)} frames of ${grouped(recording.channels)} channels`
      : `${info.sortings.length} sortings`,
    take: () => {
      const steps = editedSortings(dataset()).reduce((sum, one) => sum + one.steps, 0);
      const summary =
        steps === 0 ? 'as it was opened' : steps === 1 ? '1 edit of the units' : `${grouped(steps)} edits of the units`;
      return { summary, edits: keptEdits(dataset()), view: viewValues(dataset()) };
    },
    restore: ({ edits, view }, step) => {
      const kept = checkEdits(edits, info.sortings.map(sortingId));
      follow(dataset(), isRecord(view) ? (view as LinkValues) : {});
      for (const one of kept?.sortings ?? []) void putBack(dataset(), one, step);
    },
    values: () => viewValues(dataset()),
    follow: (values) => follow(dataset(), values),
    watch: (onChange) =>
      dataset().store.subscribe((now, before) => {
        if (now.undo !== before.undo) onChange(true);
        else if (!now.playing && WATCHED.some((key) => now[key] !== before[key])) onChange(false);
      }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const made = new WeakMap<EphysDataset, { readonly sets: readonly UnitSet[]; readonly edits: KeptEdits }>();

/** The same object as long as nothing changed, so that it is not written again. */
function keptEdits(dataset: EphysDataset): KeptEdits | null {
  const edited = editedSortings(dataset);
  if (edited.length === 0) return null;
  const sets = edited.map(({ index }) => unitsOf(dataset, index));
  const known = made.get(dataset);
  if (known && known.sets.length === sets.length && known.sets.every((set, i) => set === sets[i])) return known.edits;
  const edits = { sortings: edited.map(({ index }) => keptSorting(dataset, index)) };
  made.set(dataset, { sets, edits });
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

function checkEdits(edits: unknown, known: readonly string[]): KeptEdits | null {
  if (edits === null || edits === undefined) return null;
  const sortings = isRecord(edits) ? edits['sortings'] : undefined;
  if (Array.isArray(sortings) && sortings.every(isKeptSorting)) {
    const lost = sortings.find(({ sorting }) => !known.includes(sorting));
    if (!lost) return { sortings };
    const message = `What was saved belongs to the sorting ${lost.sorting}, which is not here.`;
    throw new SomascopeError('Invalid', message, { file: lost.sorting }, 'Drop it along with the recording.');
  }
  throw new SomascopeError('Invalid', 'What was saved of the units cannot be read.', {}, 'The data is open as it was.');
}

const isKeptSorting = (value: unknown): value is KeptSorting =>
  isRecord(value) && typeof value['sorting'] === 'string' && typeof value['nextId'] === 'number' && Array.isArray(value['units']);

/** Once the sorting is read: labels, merges and splits as one step of Undo. */
async function putBack(dataset: EphysDataset, { sorting, nextId, units }: KeptSorting, step: string): Promise<void> {
  const index = dataset.info.sortings.findIndex((found) => sortingId(found) === sorting);
  try {
    await loadSorting(dataset, index);
  } catch (error) {
    // Whoever opened the data set tells why its sorting cannot be read.
    if (isSomascopeError(error)) return;
    throw error;
  }
  const { units: there } = unitsOf(dataset, index);
  const made = units.flatMap(({ id, label, spikes }): Unit[] => {
    const own = there.get(id);
    if (spikes) return [{ id, name: String(id), label, spikes }];
    return own ? [{ ...own, label }] : [];
  });
  commit(dataset, step, { units: new Map(made.map((unit) => [unit.id, unit])), nextId }, index);
}

function follow(dataset: EphysDataset, values: LinkValues): void {
  const { sorting, ...view } = readView(dataset, values);
  const show = (next: Partial<EphysState>) => dataset.store.setState(next);
  show(view);
  if (sorting === undefined || sorting === dataset.store.getState().sorting) return;
  loadSorting(dataset, sorting).then(
    () => show({ sorting, ...(view.selected ? { selected: view.selected } : {}) }),
    () => show({ sorting: 0 }),
  );
}
