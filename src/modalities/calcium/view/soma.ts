// Sizes that tools take from the detection: the soma diameter that is set or was found, and the brush that goes with it; px.
import type { CalciumDataset } from './datasets.ts';

/** Where nothing is known: 10 px, as the detection's slider stands. */
const USUAL_DIAMETER = 10;
const BRUSH = { least: 1, most: 60, step: 1 };

export function somaDiameter({ store }: CalciumDataset): number {
  const { diameter, foundDiameter } = store.getState();
  return diameter ?? foundDiameter ?? USUAL_DIAMETER;
}

export function brushDiameter(dataset: CalciumDataset): number {
  return dataset.store.getState().edit.brush ?? Math.max(BRUSH.least, Math.round(somaDiameter(dataset) / 2));
}

/** The brush one step wider or narrower. */
export function widerBrush(dataset: CalciumDataset, by: 1 | -1): number {
  return Math.min(BRUSH.most, Math.max(BRUSH.least, brushDiameter(dataset) + by * BRUSH.step));
}
