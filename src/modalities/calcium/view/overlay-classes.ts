// In which style each region of a layer is drawn: by result where there is a score, as the layer looks where there is none, and
// by A only, B only, both while two layers are compared.
import { CLASS, HIDDEN } from '../../../render/layers/region-style.ts';
import { type CalciumDataset, chosenOf, detectionsOf, layerList, truthOf } from './datasets.ts';
import { type DifferenceClass, keptDifference } from './difference.ts';
import { classify, keptScore } from './region-rows.ts';
import type { LayerName } from './store.ts';

/** One style per region of the layer's full list. */
export type LayerClasses = Uint8Array<ArrayBuffer>;

/** Of the truth ('truth'), or of a layer by its id; null: the current predictions. */
export function classesFor(dataset: CalciumDataset, layer: string | null): LayerClasses {
  const { currentLayer, difference } = dataset.store.getState();
  const id = layer ?? currentLayer;
  if (difference) return differenceClasses(dataset, id);
  if (id === 'truth') return resultClasses(dataset, 'truth');
  return id === currentLayer ? resultClasses(dataset, 'predictions') : plainClasses(dataset, id);
}

function resultClasses(dataset: CalciumDataset, layer: LayerName): LayerClasses {
  const { classes: shown, colourBy, show, layers, currentLayer } = dataset.store.getState();
  const byResult = keptScore(dataset) !== undefined && colourBy === 'result';
  const results = classify(dataset);
  const hidden = layer === 'predictions' && layers.some(({ id, visible }) => id === currentLayer && !visible);
  const count = layer === 'truth' ? (truthOf(dataset)?.regions.length ?? 0) : detectionsOf(dataset).length;
  const classes = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const result = layer === 'truth' ? results.truth[i]! : results.predictions[i]!;
    if (result === null || !show[layer] || hidden) classes[i] = HIDDEN;
    else if (!byResult) classes[i] = CLASS.plain;
    else if (!shown[result]) classes[i] = HIDDEN;
    else classes[i] = CLASS[result];
  }
  return classes;
}

function plainClasses(dataset: CalciumDataset, id: string | null): LayerClasses {
  if (id === null) return new Uint8Array(0);
  const chosen = new Set(chosenOf(dataset, id));
  return Uint8Array.from(layerList(dataset, id), (one) => (chosen.has(one) ? CLASS.plain : HIDDEN));
}

const DIFFERENCE: Readonly<Record<DifferenceClass, number>> = { both: CLASS.matched, onlyA: CLASS.extra, onlyB: CLASS.missed };

function differenceClasses(dataset: CalciumDataset, id: string | null): LayerClasses {
  const { differenceShown: shown } = dataset.store.getState();
  const classes = id === null ? undefined : keptDifference(dataset)?.classes.get(id);
  return Uint8Array.from(classes ?? [], (one) => (one && shown[one] ? DIFFERENCE[one] : HIDDEN));
}
