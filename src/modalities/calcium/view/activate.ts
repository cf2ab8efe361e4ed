// Opens a calcium data set on the page: its score follows its regions from now on, whether it is on screen or not.
import type { OpenDataset } from '../../modality.ts';
import { type CalciumDataset, ensureDataset } from './datasets.ts';
import { keepScored } from './scoring.ts';

const scored = new Map<string, () => void>();

export function openCalcium(dataset: OpenDataset): CalciumDataset {
  const opened = ensureDataset(dataset);
  if (!scored.has(dataset.id)) scored.set(dataset.id, keepScored(opened));
  return opened;
}

export function closeCalcium(id: string): void {
  scored.get(id)?.();
  scored.delete(id);
}
