// Judging regions one after another: accept, reject or unsort what is selected and go on in the list as it stands; the next most
// uncertain one, whose confidence is nearest to the cut.
import { notify } from '../../../state/log.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { mergeRegions, removeRegions, setStatus, splitRegion } from './edit-actions.ts';
import { listedRows } from './region-list.ts';
import { markRegions, selectedPredictions, selectRegion, setEdit } from './selection.ts';

/** Nothing is changed, and the person is told what to do first. */
function needs(indexes: readonly number[], least: number, what: string): boolean {
  if (indexes.length >= least) return true;
  notify(
    'warning',
    what,
    least > 1 ? 'Hold Shift and click to mark further ones, or use the lasso.' : 'Click one in the picture or the list.',
  );
  return false;
}

/** To the row `by` places on in the list; from nowhere to its first or last. */
export function walk(dataset: CalciumDataset, by: 1 | -1): void {
  const rows = listedRows(dataset);
  const { selection } = dataset.store.getState();
  const at = selection ? rows.findIndex(({ layer, index }) => layer === selection.layer && index === selection.index) : -1;
  const to = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (to) selectRegion(dataset, { layer: to.layer, index: to.index });
}

/** Judges what is selected; a single one gives way to the next prediction of the list as it stood before. */
export function judge(dataset: CalciumDataset, status: 'accepted' | 'rejected' | null): void {
  const indexes = selectedPredictions(dataset);
  if (!needs(indexes, 1, 'No prediction is selected')) return;
  const { selection } = dataset.store.getState();
  const rows = listedRows(dataset).filter(({ layer }) => layer === 'predictions');
  setStatus(dataset, indexes, status);
  if (indexes.length > 1) {
    dataset.store.setState({ selection });
    markRegions(dataset, indexes);
    return;
  }
  const at = rows.findIndex(({ index }) => index === indexes[0]);
  const next = at < 0 ? undefined : rows[at + 1];
  selectRegion(dataset, { layer: 'predictions', index: next?.index ?? indexes[0]! });
}

/** Selects the region that nobody judged whose confidence is nearest to the cut; from there, the next nearest. */
export function nextUncertain(dataset: CalciumDataset): void {
  const { confidence: cut, selection } = dataset.store.getState();
  const open = detectionsOf(dataset)
    .map(({ confidence, status }, index) => ({ index, status, far: Math.abs(confidence - cut) }))
    .filter(({ status }) => status === undefined)
    .sort((a, b) => a.far - b.far || a.index - b.index);
  const at = selection?.layer === 'predictions' ? open.findIndex(({ index }) => index === selection.index) : -1;
  const next = open[at + 1] ?? open[0];
  if (!next) notify('warning', 'Every region is judged', 'None is left that was neither accepted nor rejected.');
  else selectRegion(dataset, { layer: 'predictions', index: next.index });
}

export function mergeSelected(dataset: CalciumDataset): void {
  const indexes = selectedPredictions(dataset);
  if (needs(indexes, 2, 'Select two or more regions to merge')) void mergeRegions(dataset, indexes);
}

export function splitSelected(dataset: CalciumDataset): void {
  const indexes = selectedPredictions(dataset);
  if (needs(indexes, 1, 'Select the region to split')) void splitRegion(dataset, indexes[0]!);
}

/** Removes what is selected; the next prediction of the list is selected then. */
export function removeSelected(dataset: CalciumDataset): void {
  const indexes = selectedPredictions(dataset);
  if (!needs(indexes, 1, 'No prediction is selected')) return;
  const all = detectionsOf(dataset);
  const rows = listedRows(dataset).filter(({ layer }) => layer === 'predictions');
  const gone = new Set(indexes);
  const at = rows.findIndex(({ index }) => index === indexes[0]);
  const next = rows.slice(at + 1).find(({ index }) => !gone.has(index));
  removeRegions(dataset, indexes);
  const to = next ? detectionsOf(dataset).indexOf(all[next.index]!) : -1;
  if (to >= 0) selectRegion(dataset, { layer: 'predictions', index: to });
}

/** Marks every prediction that is listed. */
export function markListed(dataset: CalciumDataset): void {
  const indexes = listedRows(dataset).flatMap(({ layer, index }) => (layer === 'predictions' ? [index] : []));
  markRegions(dataset, indexes);
}

/** A tool is taken in hand; the same once more puts it away. */
export function toggleTool(dataset: CalciumDataset, tool: NonNullable<ReturnType<typeof toolOf>>): void {
  setEdit(dataset, { tool: toolOf(dataset) === tool ? null : tool });
}

const toolOf = ({ store }: CalciumDataset) => store.getState().edit.tool;
