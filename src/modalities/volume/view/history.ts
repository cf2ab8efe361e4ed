// Undo and redo of everything that changes voxels: strokes, segmentations, conventions. A step knows how to take itself back.
import { getOrMake } from '../../../base/get-or-make.ts';
import type { VolumeDataset } from './datasets.ts';

export interface Step {
  readonly name: string;
  readonly undo: () => void;
  readonly redo: () => void;
}

interface History {
  readonly steps: Step[];
  at: number;
}

const histories = new Map<string, History>();
const historyOf = ({ id }: VolumeDataset) => getOrMake(histories, id, (): History => ({ steps: [], at: 0 }));

/** Notes what was just done; what had been taken back can no longer be done again. */
export function noteStep(dataset: VolumeDataset, step: Step): void {
  const history = historyOf(dataset);
  history.steps.splice(history.at, Number.POSITIVE_INFINITY, step);
  history.at = history.steps.length;
  tell(dataset);
}

export function undo(dataset: VolumeDataset): void {
  const history = historyOf(dataset);
  if (history.at === 0) return;
  history.at--;
  history.steps[history.at]!.undo();
  tell(dataset);
}

export function redo(dataset: VolumeDataset): void {
  const history = historyOf(dataset);
  const step = history.steps[history.at];
  if (!step) return;
  step.redo();
  history.at++;
  tell(dataset);
}

export function forgetHistory(id: string): void {
  histories.delete(id);
}

function tell(dataset: VolumeDataset): void {
  const { steps, at } = historyOf(dataset);
  const names = steps.map(({ name }) => name);
  dataset.store.setState({ undo: names.slice(0, at), redo: names.slice(at).reverse() });
}
