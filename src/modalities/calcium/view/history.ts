// Undo and redo of everything that replaces the predictions. Steps are kept as whole region lists: they share their regions.
import { getOrMake } from '../../../base/get-or-make.ts';
import { resources } from '../../../state/resources.ts';
import type { Detection } from '../shared/detection.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { bump, type CalciumState } from './store.ts';

/** What a step restores besides the regions. */
export type StepState = Pick<CalciumState, 'confidence' | 'predictionSource' | 'foundDiameter'>;

interface Step {
  readonly name: string;
  readonly detections: readonly Detection[];
  readonly state: StepState;
}

interface History {
  readonly done: Step[];
  readonly undone: Step[];
}

const histories = new Map<string, History>();

function historyOf(id: string): History {
  return getOrMake(histories, id, () => ({ done: [], undone: [] }));
}

export function forgetHistory(id: string): void {
  histories.delete(id);
}

function present(dataset: CalciumDataset, name: string): Step {
  const { confidence, predictionSource, foundDiameter } = dataset.store.getState();
  return { name, detections: detectionsOf(dataset), state: { confidence, predictionSource, foundDiameter } };
}

/** Replaces the predictions; the step is called `name` in Undo. */
export function setPredictions(dataset: CalciumDataset, name: string, detections: readonly Detection[], state: StepState): void {
  const history = historyOf(dataset.id);
  history.done.push(present(dataset, name));
  history.undone.length = 0;
  install(dataset, detections, state);
}

export function undo(dataset: CalciumDataset): void {
  move(dataset, historyOf(dataset.id).done, historyOf(dataset.id).undone);
}

export function redo(dataset: CalciumDataset): void {
  move(dataset, historyOf(dataset.id).undone, historyOf(dataset.id).done);
}

function move(dataset: CalciumDataset, from: Step[], to: Step[]): void {
  const step = from.pop();
  if (!step) return;
  to.push(present(dataset, step.name));
  install(dataset, step.detections, step.state);
}

function install(dataset: CalciumDataset, detections: readonly Detection[], state: StepState): void {
  const { done, undone } = historyOf(dataset.id);
  resources.put(`${dataset.id}/predictions`, detections, bytesOf(detections), true);
  resources.delete(`${dataset.id}/traces/predictions`);
  dataset.store.setState({
    ...state,
    selection: null,
    undo: done.map(({ name }) => name),
    redo: undone.map(({ name }) => name),
  });
  bump(dataset.store, 'predictions', 'traces');
}

function bytesOf(detections: readonly Detection[]): number {
  return detections.reduce((sum, { region }) => sum + region.points.byteLength, 0);
}
