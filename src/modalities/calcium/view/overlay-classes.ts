// In which style each region of a layer is drawn: by result where there is a score, plain where there is none.
import { CLASS, HIDDEN } from '../../../render/layers/region-style.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import { classify, keptScore } from './region-rows.ts';
import type { LayerName } from './store.ts';

export interface LayerClasses {
  /** One style per region of the layer's full list. */
  readonly classes: Uint8Array<ArrayBuffer>;
  /** The style of the selected one. */
  readonly selected: number;
}

export function classesFor(dataset: CalciumDataset, layer: LayerName): LayerClasses {
  const { classes: shown, colourBy, show } = dataset.store.getState();
  const byResult = keptScore(dataset) !== undefined && colourBy === 'result';
  const results = classify(dataset);
  const count = layer === 'truth' ? (truthOf(dataset)?.regions.length ?? 0) : detectionsOf(dataset).length;
  const classes = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const result = layer === 'truth' ? results.truth[i]! : results.predictions[i]!;
    if (result === null || !show[layer]) classes[i] = HIDDEN;
    else if (!byResult) classes[i] = CLASS.plain;
    else if (!shown[result]) classes[i] = HIDDEN;
    else classes[i] = CLASS[result];
  }
  return { classes, selected: CLASS.selected };
}
