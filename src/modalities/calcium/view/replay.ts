// Does the steps of a recipe again on a data set: parameters, detection (with its progress and Cancel), cuts; then offers to save
// what the recipe names. Every step but the exports is undone as usual.
import { SomascopeError } from '../../../base/errors.ts';
import { baseName, type FileListing } from '../../../base/listing.ts';
import { grouped } from '../../../base/number-format.ts';
import { notify, reportError } from '../../../state/log.ts';
import { ask, entryHead } from '../../../workers/client.ts';
import { exportsOf, looksLikeRecipe, type Recipe, type RecipeStep, readRecipe } from '../shared/recipe.ts';
import { refuseWhileBlind } from './blind.ts';
import { type CalciumDataset, chosenDetections, detectionsOf, usualThreshold } from './datasets.ts';
import { detect, isDetecting } from './detect.ts';
import { exchangeAxes } from './exchange.ts';
import { correctMotion, moveFrames } from './motion.ts';

export async function isRecipeFile(listing: FileListing, entry: number): Promise<boolean> {
  return looksLikeRecipe(new TextDecoder().decode(await entryHead(listing, entry)));
}

/** Reads a dropped recipe and begins to replay it; throws where it cannot be read or nothing is open. */
export async function addRecipeFile(listing: FileListing, entry: number, target: CalciumDataset | undefined): Promise<void> {
  const file = baseName(listing.paths[entry]!);
  if (!target) {
    const message = 'A recipe is done on a data set, and none is open.';
    throw new SomascopeError('NotRecognised', message, { file }, 'Open the data set first, then drop this file onto it.');
  }
  const text = await ask<string>('calcium', 'text', { listing, entry });
  // The drop is over once the file is understood: a detection takes longer than the next drop should wait.
  void replay(target, readRecipe(text, { file }));
}

/** True once every step was done; false where one was cancelled or failed, which was told. */
export async function replay(dataset: CalciumDataset, recipe: Recipe): Promise<boolean> {
  try {
    if (isDetecting(dataset)) {
      const hint = 'Wait until it is done, or cancel it, then replay again.';
      throw new SomascopeError('Invalid', 'A detection is running on this data set.', {}, hint);
    }
    refuseWhileBlind(dataset);
    // What was detected on frames as recorded is detected on those again.
    const does = (name: RecipeStep['do']) => recipe.steps.some((step) => step.do === name);
    if (does('detect') && !does('motion')) moveFrames(dataset, null);
    for (const step of recipe.steps) if (!(await doStep(dataset, step))) return false;
  } catch (error) {
    reportError(error, `${dataset.name}: the recipe could not be replayed`);
    return false;
  }
  const found = chosenDetections(dataset).length;
  notify('success', 'Recipe replayed', `${dataset.name}: ${found === 1 ? '1 region' : `${grouped(found)} regions`}`);
  if (exportsOf(recipe).length > 0) dataset.store.setState({ replayed: recipe });
  return true;
}

async function doStep(dataset: CalciumDataset, step: RecipeStep): Promise<boolean> {
  const { store, info } = dataset;
  switch (step.do) {
    case 'parameters':
      store.setState({ labels: step.labels, sensitivity: step.sensitivity, diameter: step.diameter });
      return true;
    case 'motion':
      await correctMotion(dataset);
      return true;
    case 'detect': {
      const before = detectionsOf(dataset);
      await detect(dataset);
      // One that was cancelled or failed leaves the regions as they were.
      return detectionsOf(dataset) !== before;
    }
    case 'exchange':
      exchangeAxes(dataset);
      return true;
    case 'cut':
      if (step.confidence !== null) store.setState({ confidence: step.confidence });
      return true;
    case 'threshold':
      store.setState({ threshold: step.pixels ?? usualThreshold(info) });
      return true;
    case 'open':
    case 'export':
      return true;
  }
}
