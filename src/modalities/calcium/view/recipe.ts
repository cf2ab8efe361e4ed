// What was done to a data set, as a recipe: the parameters of the last detection, the edits that can be done again, the exports.
import { type Recipe, type RecipeExport, type RecipeStep, recipeText } from '../shared/recipe.ts';
import { type CalciumDataset, detectionsOf, usualThreshold } from './datasets.ts';
import { DETECT_STEP } from './detect.ts';
import { parametersOf } from './detection-parameters.ts';
import { EXCHANGE_STEP } from './exchange.ts';
import { doneSteps } from './history.ts';

/** Steps of the history that a recipe can do again, by their names there. */
const REPLAYED: Readonly<Record<string, RecipeStep>> = { [EXCHANGE_STEP]: { do: 'exchange' } };

export function recipeOf(dataset: CalciumDataset, exports: readonly RecipeExport[]): Recipe {
  const { info, store } = dataset;
  const { labels, sensitivity, diameter, corrected, confidence, threshold } = store.getState();
  const { frames, height, width } = info.movie;
  const done = doneSteps(dataset);
  const detectedAt = done.lastIndexOf(DETECT_STEP);
  const detected = detectedAt >= 0 && detectionsOf(dataset).length > 0;
  const used = parametersOf(detectionsOf(dataset)) ?? { labels, sensitivity, diameter, corrected, cut: Number.NaN };
  const later = done.slice(detectedAt + 1);
  const steps: RecipeStep[] = [{ do: 'open', dataset: info.shortName, frames, height, width }];
  if (used.corrected) steps.push({ do: 'motion' });
  steps.push({ do: 'parameters', labels: used.labels, sensitivity: used.sensitivity, diameter: used.diameter });
  if (detected) steps.push({ do: 'detect' }, ...later.flatMap((name) => REPLAYED[name] ?? []));
  if (detected) steps.push({ do: 'cut', confidence: confidence === used.cut ? null : confidence });
  steps.push({ do: 'threshold', pixels: threshold === usualThreshold(info) ? null : threshold });
  if (exports.length > 0) steps.push({ do: 'export', files: exports });
  return { steps, leftOut: later.filter((name) => !detected || !(name in REPLAYED)) };
}

/** The recipe as the text that exports carry. */
export function recipeTextOf(dataset: CalciumDataset, exports: readonly RecipeExport[] = []): string {
  return recipeText(recipeOf(dataset, exports));
}
