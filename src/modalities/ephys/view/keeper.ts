// What is remembered of an ephys data set between visits, and its view as a link: recording, sorting, units and time.

import { isSomascopeError, SomascopeError } from '../../../base/errors.ts';
import type { Keeper, LinkValues } from '../../../base/kept.ts';
import { grouped } from '../../../base/number-format.ts';
import type { UnitGroup } from '../../../base/sorting.ts';
import type { OpenDataset } from '../../modality.ts';
import { openEphys } from './activate.ts';
import { commit } from './curation.ts';
import { datasetById, type EphysDataset } from './datasets.ts';
import type { EphysState } from './store.ts';
import { loadSorting, sortingOf, type Unit, type UnitSet, unitsOf } from './units.ts';
import { readView, viewValues } from './view-values.ts';

/** A unit as it is kept: its spikes are told only where curation changed them. */
interface KeptUnit {
  readonly id: number;
  readonly label: UnitGroup;
  readonly from: readonly number[];
  readonly spikes?: Int32Array<ArrayBuffer>;
}

interface KeptEdits {
  readonly sorting: number;
  readonly nextId: number;
  readonly units: readonly KeptUnit[];
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
      const { undo } = dataset().store.getState();
      const summary =
        undo.length === 0
          ? 'as it was opened'
          : undo.length === 1
            ? '1 edit of the units'
            : `${grouped(undo.length)} edits of the units`;
      return { summary, edits: keptEdits(dataset()), view: viewValues(dataset()) };
    },
    restore: ({ edits, view }, step) => {
      const kept = checkEdits(edits);
      follow(dataset(), isRecord(view) ? (view as LinkValues) : {});
      if (kept) void putBack(dataset(), kept, step);
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

const made = new WeakMap<UnitSet, KeptEdits>();

/** The same object as long as nothing changed, so that it is not written again. */
function keptEdits(dataset: EphysDataset): KeptEdits | null {
  const { sorting, undo } = dataset.store.getState();
  const set = unitsOf(dataset);
  if (undo.length === 0) return null;
  const known = made.get(set);
  if (known) return known;
  const file = new Set(sortingOf(dataset)?.unitIds);
  const units = [...set.units.values()].map(
    ({ id, label, from, spikes }): KeptUnit => ({ id, label, from, ...(file.has(id) ? {} : { spikes }) }),
  );
  const kept = { sorting, nextId: set.nextId, units };
  made.set(set, kept);
  return kept;
}

function checkEdits(edits: unknown): KeptEdits | null {
  if (edits === null || edits === undefined) return null;
  if (
    isRecord(edits) &&
    typeof edits['sorting'] === 'number' &&
    typeof edits['nextId'] === 'number' &&
    Array.isArray(edits['units'])
  )
    return edits as unknown as KeptEdits;
  throw new SomascopeError('Invalid', 'What was saved of the units cannot be read.', {}, 'The data is open as it was.');
}

/** Once the sorting is read: labels, merges and splits as one step of Undo. */
async function putBack(dataset: EphysDataset, { sorting, nextId, units }: KeptEdits, step: string): Promise<void> {
  try {
    await loadSorting(dataset, sorting);
  } catch (error) {
    // Whoever opened the data set tells why its sorting cannot be read.
    if (isSomascopeError(error)) return;
    throw error;
  }
  const { units: there } = unitsOf(dataset, sorting);
  const made = units.flatMap(({ id, label, from, spikes }): Unit[] => {
    const own = there.get(id);
    if (spikes) return [{ id, name: String(id), label, from, spikes }];
    return own ? [{ ...own, label, from }] : [];
  });
  commit(dataset, step, { units: new Map(made.map((unit) => [unit.id, unit])), nextId });
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
