// Undo and redo of everything that changes the prediction layers. The history is a line of layer sets, which share their arrays,
// and a position on it: going to any step puts that set in place.
import { getOrMake } from '../../../base/get-or-make.ts';
import { resources } from '../../../state/resources.ts';
import type { Detection } from '../shared/detection.ts';
import { type CalciumDataset, layersOf } from './datasets.ts';
import { type LayerSet, layerOf, withChange, withLayer, withList } from './layer-set.ts';
import { sameRegions } from './same-regions.ts';
import { bump, type CalciumState } from './store.ts';

/** What a step restores besides the regions. */
export type StepState = Pick<CalciumState, 'confidence' | 'predictionSource' | 'foundDiameter'>;

export interface HistoryStep {
  readonly name: string;
  /** When it was done. */
  readonly time: Date;
  /** The steps of an earlier visit that it brought back. */
  readonly standsFor?: readonly string[];
}

interface History {
  /** `sets[0]` is the beginning, `sets[n]` what step n led to. */
  readonly sets: (LayerSet | null)[];
  readonly steps: HistoryStep[];
  at: number;
  layersMade: number;
}

const histories = new Map<string, History>();

function historyOf(id: string): History {
  return getOrMake(histories, id, () => ({ sets: [null], steps: [], at: 0, layersMade: 0 }));
}

export function forgetHistory(id: string): void {
  histories.delete(id);
}

/** All steps in the order in which they were done, and how many of them are in force. */
export function stepsOf({ id }: CalciumDataset): { readonly steps: readonly HistoryStep[]; readonly at: number } {
  const { steps, at } = historyOf(id);
  return { steps, at };
}

/** An id that no layer of the data set has had, so that a step that is undone leaves none for another. */
export function newLayerId({ id, store }: CalciumDataset): string {
  const history = historyOf(id);
  const { layers } = store.getState();
  let made: string;
  // Layers that were brought from elsewhere keep the ids that they had there.
  do made = `layer-${++history.layersMade}`;
  while (layers.some((layer) => layer.id === made));
  return made;
}

/** The names of all steps in force, those of earlier visits among them. */
export function doneSteps({ id }: CalciumDataset): readonly string[] {
  const { steps, at } = historyOf(id);
  return steps.slice(0, at).flatMap(({ name, standsFor }) => standsFor ?? [name]);
}

/** Puts `next` in place; the step is called `name` in Undo, and `standsFor` those of an earlier visit. */
export function commit(dataset: CalciumDataset, name: string, next: LayerSet, standsFor?: readonly string[]): void {
  const history = historyOf(dataset.id);
  history.sets[history.at] = layersOf(dataset);
  history.sets.length = ++history.at;
  history.steps.length = history.at - 1;
  history.sets.push(next);
  history.steps.push({ name, time: new Date(), ...(standsFor && { standsFor }) });
  install(dataset, next);
}

/** Replaces the current layer's regions, or makes the first layer; the step is called `name` in Undo. */
export function setPredictions(dataset: CalciumDataset, name: string, detections: readonly Detection[], state: StepState): void {
  const { confidence, predictionSource: source, foundDiameter } = state;
  const set = layersOf(dataset);
  const change = { confidence, source, foundDiameter };
  const next =
    set.current === null
      ? withLayer(set, newLayerId(dataset), { name: source || 'Predictions', ...change }, detections)
      : withChange(withList(set, set.current, detections), set.current, change);
  commit(dataset, name, next);
}

export function undo(dataset: CalciumDataset): void {
  goToStep(dataset, historyOf(dataset.id).at - 1);
}

export function redo(dataset: CalciumDataset): void {
  goToStep(dataset, historyOf(dataset.id).at + 1);
}

/** To what was there after the first `position` steps; 0 is the beginning. */
export function goToStep(dataset: CalciumDataset, position: number): void {
  const history = historyOf(dataset.id);
  const set = history.sets[position];
  if (!set || position === history.at) return;
  history.sets[history.at] = layersOf(dataset);
  history.at = position;
  install(dataset, set);
}

function install(dataset: CalciumDataset, next: LayerSet): void {
  const { id, store } = dataset;
  const before = layersOf(dataset);
  const { steps, at } = historyOf(id);
  const current = layerOf(next, next.current);
  const replaced = listOf(before) !== listOf(next);
  for (const layer of before.layers) resources.delete(`${id}/layers/${layer.id}`);
  for (const layer of next.layers) {
    const key = layer.id === next.current ? `${id}/predictions` : `${id}/layers/${layer.id}`;
    const list = next.lists[layer.id] ?? [];
    resources.put(key, list, bytesOf(list), true);
  }
  if (!current) resources.delete(`${id}/predictions`);
  const unveiled = next.blind?.name !== before.blind?.name;
  if (next.blind) resources.put(`${id}/blind`, next.blind, 0, true);
  else resources.delete(`${id}/blind`);
  // Judging regions moves none: their traces still hold.
  const moved = !sameRegions(listOf(before) ?? [], listOf(next) ?? []);
  if (moved) resources.delete(`${id}/traces/predictions`);
  const judged = moved ? [] : changedIndexes(listOf(before) ?? [], listOf(next) ?? []);
  store.setState((state) => ({
    layers: next.layers,
    currentLayer: next.current,
    blind: next.blind?.name ?? null,
    confidence: current?.confidence ?? 0,
    predictionSource: current?.source ?? '',
    foundDiameter: current?.foundDiameter ?? null,
    // Who takes a judgement back sees whose it was.
    selection: moved ? null : judged.length === 1 ? { layer: 'predictions', index: judged[0]! } : state.selection,
    undo: steps.slice(0, at).map(({ name }) => name),
    redo: steps
      .slice(at)
      .map(({ name }) => name)
      .reverse(),
  }));
  if (unveiled) bump(store, 'truth');
  if (replaced) bump(store, 'predictions', 'traces', 'layers');
  else bump(store, 'layers');
}

const changedIndexes = (a: readonly Detection[], b: readonly Detection[]) => a.flatMap((one, i) => (one === b[i] ? [] : [i]));

const listOf = ({ current, lists }: LayerSet) => (current === null ? undefined : lists[current]);

const sizes = new WeakMap<readonly Detection[], number>();

/** Known after the first time: every step puts every layer in place again. */
function bytesOf(detections: readonly Detection[]): number {
  const known = sizes.get(detections);
  if (known !== undefined) return known;
  const bytes = detections.reduce((sum, { region }) => sum + region.points.byteLength, 0);
  sizes.set(detections, bytes);
  return bytes;
}
