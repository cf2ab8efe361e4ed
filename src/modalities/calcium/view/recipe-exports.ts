// The exports that a recipe can name, and what makes each.
import type { RecipeExport } from '../shared/recipe.ts';
import type { CalciumDataset } from './datasets.ts';
import { saveImage, saveRegions, saveScores, saveTraces } from './exports.ts';

/** Submission JSON has a dialog of its own, because it is made of all data sets. */
export const SAVE: Readonly<Record<Exclude<RecipeExport, 'Submission JSON'>, (dataset: CalciumDataset) => Promise<void>>> = {
  'Regions JSON': saveRegions,
  'Scores CSV': saveScores,
  'Traces CSV': saveTraces,
  'Correlation image NPY': (dataset) => saveImage(dataset, 'correlation'),
  'Mean image NPY': (dataset) => saveImage(dataset, 'mean'),
  'Maximum image NPY': (dataset) => saveImage(dataset, 'max'),
  'Standard deviation image NPY': (dataset) => saveImage(dataset, 'standard-deviation'),
};
