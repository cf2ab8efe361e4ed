// Selecting regions: one, whose trace is shown, and others marked beside it for what is done to several. The picture moves only
// when the region is out of sight.
import { mark } from '../../../base/marks.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import type { EditState } from './edit-state.ts';
import type { Selection } from './store.ts';

export function setEdit({ store }: CalciumDataset, change: Partial<EditState>): void {
  store.setState(({ edit }) => ({ edit: { ...edit, ...change } }));
}

export function selectRegion(dataset: CalciumDataset, selection: Selection | null): void {
  mark('select-start');
  const { tab, edit } = dataset.store.getState();
  // Mistakes tells of the selected region what its trace does not: why it counts as it does. Who walks from montage to montage
  // stays there as well.
  dataset.store.setState({ selection, tab: tab === 'mistakes' || (selection && tab === 'transients') ? tab : 'traces' });
  if (edit.marked.indexes.length > 0) markRegions(dataset, []);
}

export function selectNothing(dataset: CalciumDataset): void {
  dataset.store.setState({ selection: null });
  markRegions(dataset, []);
}

/** Predictions that an action is done to, by number: those marked and the selected one. */
export function selectedPredictions({ store }: CalciumDataset): readonly number[] {
  const { selection, edit, versions } = store.getState();
  const own = selection?.layer === 'predictions' ? [selection.index] : [];
  const marked = edit.marked.version === versions.predictions ? edit.marked.indexes : [];
  return [...new Set([...own, ...marked])].sort((a, b) => a - b);
}

/** Marks these and no others; where nothing is selected, the first of them is. */
export function markRegions(dataset: CalciumDataset, indexes: readonly number[]): void {
  const { versions, selection } = dataset.store.getState();
  setEdit(dataset, { marked: { version: versions.predictions, indexes } });
  const first = indexes[0];
  if (first !== undefined && selection?.layer !== 'predictions')
    dataset.store.setState({ selection: { layer: 'predictions', index: first } });
}

/** Adds a region to what is marked, or takes it away; the last one added is the selected one. */
export function toggleMarked(dataset: CalciumDataset, index: number): void {
  const before = selectedPredictions(dataset);
  const next = before.includes(index) ? before.filter((one) => one !== index) : [...before, index];
  const selected = before.includes(index) ? next.at(-1) : index;
  dataset.store.setState({ selection: selected === undefined ? null : { layer: 'predictions', index: selected } });
  markRegions(dataset, next);
}

/** Marks every prediction whose centre is among the pixels (row × width + column), of those that `isShown`. */
export function markWithin(dataset: CalciumDataset, pixels: ReadonlySet<number>, isShown: (index: number) => boolean): number {
  const { width } = dataset.files.movie;
  const found = detectionsOf(dataset).flatMap(({ row, col }, index) =>
    isShown(index) && pixels.has(Math.round(row) * width + Math.round(col)) ? [index] : [],
  );
  const first = found[0];
  dataset.store.setState({ selection: first === undefined ? null : { layer: 'predictions', index: first } });
  markRegions(dataset, found);
  return found.length;
}
