// What exports of a data set say of where they come from.
import { makeProvenance, type Provenance } from '../../../base/provenance.ts';
import { recipeRecord } from '../shared/recipe.ts';
import type { CalciumDataset } from './datasets.ts';
import { recipeOf } from './recipe.ts';
import type { LayerName } from './store.ts';

interface Occasion {
  /** Left out where equal content must give equal bytes. */
  readonly time?: Date;
  /** Whose regions the file holds. */
  readonly regions?: LayerName;
}

/** Lengths in pixels. */
export function provenanceOf(dataset: CalciumDataset, { time, regions }: Occasion = {}): Provenance {
  const { info, store, fingerprint } = dataset;
  const { predictionSource, labels, sensitivity, diameter, foundDiameter, confidence, threshold } = store.getState();
  const parameters = {
    ...(regions && { regions }),
    predictions: predictionSource || null,
    'labels are': labels,
    sensitivity,
    'soma diameter px': diameter ?? foundDiameter,
    'confidence from': confidence,
    'match threshold px': threshold,
  };
  const recipe = recipeRecord(recipeOf(dataset, []));
  return makeProvenance({ dataset: info.shortName, fingerprint, parameters, recipe, ...(time && { time }) });
}
