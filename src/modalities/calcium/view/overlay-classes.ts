// In which style each region of a layer is drawn: by result where there is a score, as the layer looks where there is none, and
// by A only, B only, both while two layers are compared; by a measure where one is asked for. What is outside the live thresholds
// is hidden, what is left out only shown where it is listed.
import { CLASS, HIDDEN } from '../../../render/layers/region-style.ts';
import { type CalciumDataset, chosenOf, detectionsOf, layerList, truthOf } from './datasets.ts';
import { type DifferenceClass, keptDifference } from './difference.ts';
import type { Scope } from './edit-state.ts';
import { stepOf } from './measure-colours.ts';
import { measureOf } from './measures.ts';
import { colourRange, isWithin } from './region-list.ts';
import { classify, keptScore, type RegionRow, regionRows } from './region-rows.ts';
import { selectedPredictions } from './selection.ts';
import type { LayerName } from './store.ts';

/** First of the classes of a measure. */
const MEASURE_CLASS = Object.keys(CLASS).length;

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
  const { classes: shown, colourBy, show, layers, currentLayer, edit } = dataset.store.getState();
  const byResult = keptScore(dataset) !== undefined && colourBy === 'result';
  const results = classify(dataset);
  const hidden = layer === 'predictions' && layers.some(({ id, visible }) => id === currentLayer && !visible);
  const all = detectionsOf(dataset);
  const count = layer === 'truth' ? (truthOf(dataset)?.regions.length ?? 0) : all.length;
  const measured = layer === 'predictions' ? measuring(dataset) : null;
  const classes = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const result = layer === 'truth' ? results.truth[i]! : results.predictions[i]!;
    if (!show[layer] || hidden || measured?.isOut(i)) classes[i] = HIDDEN;
    else if (result === null) classes[i] = isListed(all[i]!.status, edit.scope) ? CLASS.leftOut : HIDDEN;
    else if (colourBy === 'measure' && measured) classes[i] = measured.classOf(i);
    else if (!byResult) classes[i] = CLASS.plain;
    else if (!shown[result]) classes[i] = HIDDEN;
    else classes[i] = CLASS[result];
  }
  const marked = layer === 'predictions' ? selectedPredictions(dataset) : [];
  // One alone is drawn as the selection, over all others.
  if (marked.length > 1) for (const index of marked) if (classes[index] !== HIDDEN) classes[index] = CLASS.selected;
  return classes;
}

function isListed(status: 'accepted' | 'rejected' | undefined, scope: Scope): boolean {
  return scope === 'all' || scope === (status === 'rejected' ? 'rejected' : 'below');
}

interface Measuring {
  /** Whether a prediction is outside the live thresholds. */
  readonly isOut: (index: number) => boolean;
  readonly classOf: (index: number) => number;
}

/** Null while neither thresholds nor colours need the measures. */
function measuring(dataset: CalciumDataset): Measuring | null {
  const { colourBy, edit } = dataset.store.getState();
  if (colourBy !== 'measure' && Object.keys(edit.ranges).length === 0) return null;
  const rows = new Map<number, RegionRow>();
  for (const row of regionRows(dataset, 'all')) if (row.layer === 'predictions') rows.set(row.index, row);
  const [low, high] = colourRange(dataset);
  return {
    isOut: (index) => {
      const row = rows.get(index);
      return row !== undefined && !isWithin(dataset, row);
    },
    classOf: (index) => {
      const row = rows.get(index);
      const value = row ? measureOf(dataset, row, edit.measure) : Number.NaN;
      return Number.isNaN(value) ? CLASS.plain : MEASURE_CLASS + stepOf(value, low, high);
    },
  };
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
