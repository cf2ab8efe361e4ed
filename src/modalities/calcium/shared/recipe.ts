// A recipe: what was done to a data set, as steps that can be done again on any other, and the same every time. JSON, keys in a
// fixed order and no time in it, so equal work gives equal bytes. Lengths in pixels.
import { type ErrorPlace, SomascopeError } from '../../../base/errors.ts';
import { TOOL, VERSION } from '../../../base/version.ts';
import type { Labels } from './detection.ts';

export const RECIPE_FORMAT = 'somascope-recipe';
export const RECIPE_VERSION = 1;

/** Files that a recipe can end with, by their names in the menu Export. */
export const RECIPE_EXPORTS = [
  'Submission JSON',
  'Regions JSON',
  'Scores CSV',
  'Traces CSV',
  'Correlation image NPY',
  'Mean image NPY',
  'Maximum image NPY',
  'Standard deviation image NPY',
] as const;
export type RecipeExport = (typeof RECIPE_EXPORTS)[number];

export type RecipeStep =
  | { readonly do: 'open'; readonly dataset: string; readonly frames: number; readonly height: number; readonly width: number }
  /** `diameter` null: found from the movie. */
  | { readonly do: 'parameters'; readonly labels: Labels; readonly sensitivity: number; readonly diameter: number | null }
  /** Corrects motion as it is measured in the movie. */
  | { readonly do: 'motion' }
  | { readonly do: 'detect' }
  | { readonly do: 'exchange' }
  /** Null: the cut that the sensitivity asks for. */
  | { readonly do: 'cut'; readonly confidence: number | null }
  /** Null: what the benchmark uses for the set. */
  | { readonly do: 'threshold'; readonly pixels: number | null }
  | { readonly do: 'export'; readonly files: readonly RecipeExport[] };

export interface Recipe {
  readonly steps: readonly RecipeStep[];
  /** Edits by hand and files of others, which no recipe can do again: their names. */
  readonly leftOut: readonly string[];
}

/** The files that it ends with. */
export function exportsOf({ steps }: Recipe): readonly RecipeExport[] {
  return steps.flatMap((step) => (step.do === 'export' ? step.files : []));
}

/** A recipe as exports carry it: with what it is and who wrote it. */
export function recipeRecord({ steps, leftOut }: Recipe): object {
  return { format: RECIPE_FORMAT, version: RECIPE_VERSION, tool: TOOL, toolVersion: VERSION, steps, leftOut };
}

export function recipeText(recipe: Recipe): string {
  return `${JSON.stringify(recipeRecord(recipe), null, 1)}\n`;
}

/** Whether a file's first bytes are those of a recipe. */
export function looksLikeRecipe(head: string): boolean {
  return new RegExp(`^\\s*\\{\\s*"format"\\s*:\\s*"${RECIPE_FORMAT}"`).test(head);
}

/** Throws Unsupported for another version and for steps that are not known, Invalid for what is no recipe. */
export function readRecipe(text: string, place: ErrorPlace): Recipe {
  const refuse = (tag: 'Invalid' | 'Unsupported', message: string, hint: string, index?: number): never => {
    throw new SomascopeError(tag, message, index === undefined ? place : { ...place, index }, hint);
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('Invalid', 'It is no JSON.', 'Save the recipe again.');
  }
  const { format, version, steps, leftOut, toolVersion } = (value ?? {}) as Record<string, unknown>;
  if (format !== RECIPE_FORMAT) return refuse('Invalid', 'It is no recipe of Somascope.', 'Save the recipe again.');
  if (version !== RECIPE_VERSION) {
    const from = typeof toolVersion === 'string' ? ` (written by Somascope ${toolVersion})` : '';
    const message = `It is a recipe of version ${String(version)}${from}; this page reads version ${RECIPE_VERSION}.`;
    return refuse('Unsupported', message, 'Save the recipe again with this page.');
  }
  if (!Array.isArray(steps) || steps.length === 0) return refuse('Invalid', 'It has no steps.', 'Save the recipe again.');
  const read = steps.map((step: unknown, index) => {
    const name = String((step as { do?: unknown } | null)?.do);
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as RecipeStep['do']] : undefined;
    if (!check) return refuse('Unsupported', `The step "${name}" is not known here.`, 'Take it out, or update the page.', index);
    const made = check(step as Record<string, unknown>);
    return made ?? refuse('Invalid', `The step "${name}" has a value that cannot be.`, 'Correct it, then drop it again.', index);
  });
  const names = Array.isArray(leftOut) ? leftOut.filter((name): name is string => typeof name === 'string') : [];
  return { steps: read, leftOut: names };
}

type Fields = Readonly<Record<string, unknown>>;

const isNumber = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && value >= min && value <= max;
const isNullOr = (value: unknown, min: number, max: number): value is number | null =>
  value === null || isNumber(value, min, max);
const isLabels = (value: unknown): value is Labels => value === 'both' || value === 'active' || value === 'visible';
const isExport = (value: unknown): value is RecipeExport => RECIPE_EXPORTS.some((name) => name === value);

/** The step with its known fields alone, or null where one is wrong. */
const CHECKS: Readonly<Record<RecipeStep['do'], (step: Fields) => RecipeStep | null>> = {
  open: ({ dataset, frames, height, width }) =>
    typeof dataset === 'string' && [frames, height, width].every(Number.isSafeInteger)
      ? { do: 'open', dataset, frames: frames as number, height: height as number, width: width as number }
      : null,
  parameters: ({ labels, sensitivity, diameter }) =>
    isLabels(labels) && isNumber(sensitivity, 0, 1) && isNullOr(diameter, 1, 200)
      ? { do: 'parameters', labels, sensitivity, diameter }
      : null,
  motion: () => ({ do: 'motion' }),
  detect: () => ({ do: 'detect' }),
  exchange: () => ({ do: 'exchange' }),
  cut: ({ confidence }) => (isNullOr(confidence, 0, 1) ? { do: 'cut', confidence } : null),
  threshold: ({ pixels }) => (isNullOr(pixels, 0.1, 1000) ? { do: 'threshold', pixels } : null),
  export: ({ files }) => (Array.isArray(files) && files.every(isExport) ? { do: 'export', files } : null),
};
