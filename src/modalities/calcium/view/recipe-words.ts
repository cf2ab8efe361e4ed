// The steps of a recipe as a person reads them, one line each.
import { fixed, grouped } from '../../../base/number-format.ts';
import type { RecipeStep } from '../shared/recipe.ts';

const LABELS = { both: 'active and visible cells', active: 'active cells', visible: 'all visible cells' } as const;

const MOST_NAMES = 5;

/** All of a few names, else the last of them and how many came before. */
export function shortened(names: readonly string[]): string {
  const before = names.length - MOST_NAMES;
  return before > 1 ? `${grouped(before)} earlier edits, ${names.slice(before).join(', ')}` : names.join(', ');
}

export function describeStep(step: RecipeStep): string {
  switch (step.do) {
    case 'open':
      return `Made on ${step.dataset}: ${grouped(step.frames)} frames, ${step.height} × ${step.width} px`;
    case 'parameters': {
      const diameter = step.diameter === null ? 'found from the movie' : `${fixed(step.diameter, 1)} px`;
      return `Look for ${LABELS[step.labels]}, sensitivity ${fixed(step.sensitivity, 2)}, diameter ${diameter}`;
    }
    case 'motion':
      return 'Correct motion';
    case 'detect':
      return 'Detect neurons';
    case 'exchange':
      return 'Exchange rows and columns';
    case 'cut':
      return step.confidence === null ? 'Confidence as the sensitivity asks' : `Confidence at least ${fixed(step.confidence, 2)}`;
    case 'threshold':
      return step.pixels === null ? 'Match within what the benchmark uses' : `Match within ${step.pixels} px`;
    case 'export':
      return `Save ${step.files.join(', ')}`;
  }
}
