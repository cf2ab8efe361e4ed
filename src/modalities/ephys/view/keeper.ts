// What is remembered of an ephys data set between visits, and its view as a link: recording, sorting, units and time.
import type { Keeper, LinkValues } from '../../../base/kept.ts';
import { grouped } from '../../../base/number-format.ts';
import { dismiss, notify } from '../../../state/log.ts';
import type { OpenDataset } from '../../modality.ts';
import { sortingId } from '../shared/found.ts';
import { openEphys } from './activate.ts';
import { editedSortings, showHistory } from './curation.ts';
import { datasetById, type EphysDataset } from './datasets.ts';
import { keptEdits, putBack, readEdits } from './kept-edits.ts';
import type { EphysState } from './store.ts';
import { loadSorting } from './units.ts';
import { missingSortings, readView, viewValues } from './view-values.ts';
import { setWaiting, waitingOf } from './waiting.ts';

const WATCHED = [
  'sorting',
  'other',
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
      const { edits } = waitingOf(opened.id);
      const steps = editedSortings(dataset()).reduce((sum, one) => sum + one.steps, edits.length);
      const summary =
        steps === 0 ? 'as it was opened' : steps === 1 ? '1 edit of the units' : `${grouped(steps)} edits of the units`;
      return { summary, edits: keptEdits(dataset(), edits), view: viewValues(dataset()) };
    },
    restore: ({ edits, view }, step) => {
      const kept = readEdits(edits);
      const known = dataset().info.sortings.map(sortingId);
      const lost = kept.filter(({ sorting }) => !known.includes(sorting));
      if (lost.length > 0) setWaiting(opened.id, { edits: lost, step });
      follow(dataset(), isValues(view) ? view : {});
      for (const one of kept) if (!lost.includes(one)) void putBack(dataset(), one, step);
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

const isValues = (view: unknown): view is LinkValues => typeof view === 'object' && view !== null;

function follow(dataset: EphysDataset, values: LinkValues): void {
  const { sorting, other, ...view } = readView(dataset, values);
  const show = (next: Partial<EphysState>) => dataset.store.setState(next);
  show(view);
  askForMissing(dataset, values);
  const { sorting: current } = dataset.store.getState();
  const second = other ?? null;
  if ((sorting === undefined || sorting === current) && second === null) return;
  // Units and comparison are those of the sorting that is shown: they come with it.
  const shown = { sorting: sorting ?? current, other: second, ...(view.selected ? { selected: view.selected } : {}) };
  Promise.all([loadSorting(dataset, shown.sorting), second === null ? undefined : loadSorting(dataset, second)]).then(
    () => {
      show(shown);
      showHistory(dataset);
    },
    () => show({ sorting: 0, other: null }),
  );
}

/** Sortings that were dropped later the last time are not opened again by themselves. */
function askForMissing(dataset: EphysDataset, values: LinkValues): void {
  const { id, name, info } = dataset;
  const { edits, notice } = waitingOf(id);
  const inView = missingSortings(info, values);
  const missing = [...new Set([...inView, ...edits.map(({ sorting }) => sorting)])];
  if (missing.length === 0) return;
  dismiss(notice);
  const work = edits.length > 0 ? ' What was done to its units waits for it.' : '';
  const text = `Drop it, too: it joins what is open.${work}`;
  setWaiting(id, {
    view: inView.length > 0 ? values : null,
    notice: notify('warning', `${name} was open with ${missing.join(' and ')}`, text),
  });
}

/** After sortings joined a data set: those that it waited for are shown and edited as they were left. */
export function goOnWithJoined(dataset: EphysDataset): void {
  const { edits, step, view, notice } = waitingOf(dataset.id);
  const known = dataset.info.sortings.map(sortingId);
  const found = edits.filter(({ sorting }) => known.includes(sorting));
  const left = edits.filter((one) => !found.includes(one));
  const isShown = view !== null && missingSortings(dataset.info, view).length === 0;
  if (found.length === 0 && !isShown) return;
  if (left.length === 0) dismiss(notice);
  setWaiting(dataset.id, { edits: left, view: isShown ? null : view });
  for (const one of found) void putBack(dataset, one, step);
  if (isShown) follow(dataset, Object.fromEntries(Object.entries(view).filter(([name]) => OF_SORTINGS.includes(name))));
}

const OF_SORTINGS = ['sorting', 'compare', 'unit'];
