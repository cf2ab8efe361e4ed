// Recipes round-trip; what another version or hand wrote is refused with its place.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { looksLikeRecipe, RECIPE_EXPORTS, type Recipe, type RecipeStep, readRecipe, recipeText } from './recipe.ts';

const PLACE = { file: 'r.json' };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const step: fc.Arbitrary<RecipeStep> = fc.oneof(
  fc.record({ do: fc.constant('open' as const), dataset: fc.string(), frames: fc.nat(), height: fc.nat(), width: fc.nat() }),
  fc.record({
    do: fc.constant('parameters' as const),
    labels: fc.constantFrom('both' as const, 'active' as const, 'visible' as const),
    sensitivity: share,
    diameter: fc.option(fc.double({ min: 1, max: 200, noNaN: true })),
  }),
  fc.record({ do: fc.constantFrom('motion' as const, 'detect' as const, 'exchange' as const) }),
  fc.record({ do: fc.constant('cut' as const), confidence: fc.option(share) }),
  fc.record({ do: fc.constant('threshold' as const), pixels: fc.option(fc.double({ min: 0.5, max: 50, noNaN: true })) }),
  fc.record({ do: fc.constant('export' as const), files: fc.subarray([...RECIPE_EXPORTS]) }),
);
const recipe: fc.Arbitrary<Recipe> = fc.record({ steps: fc.array(step, { minLength: 1 }), leftOut: fc.array(fc.string()) });

it('is read back as it was written, to the byte', () => {
  fc.assert(
    fc.property(recipe, (made) => {
      const text = recipeText(made);
      expect(looksLikeRecipe(text)).toBe(true);
      expect(recipeText(readRecipe(text, PLACE))).toBe(text);
    }),
  );
});

it('is told from regions and submissions by its first bytes', () => {
  expect(looksLikeRecipe('[{"coordinates": [[1, 2]]}]')).toBe(false);
  expect(looksLikeRecipe('{"note": "\\"format\\":\\"somascope-recipe\\""}')).toBe(false);
  expect(looksLikeRecipe(' {\n"format" : "somascope-recipe", "version": 9')).toBe(true);
});

const text = (change: object) => JSON.stringify({ ...JSON.parse(recipeText({ steps: [], leftOut: [] })), ...change });

it('refuses another version, unknown steps and impossible values, and says where', () => {
  expect(() => readRecipe(text({ version: 2, toolVersion: '3.1.0' }), PLACE)).toThrow(/version 2 .*Somascope 3\.1\.0.*version 1/);
  const unknown = () => readRecipe(text({ steps: [{ do: 'detect' }, { do: 'teleport' }] }), PLACE);
  expect(unknown).toThrow(/"teleport" is not known/);
  expect(unknown).toThrow(expect.objectContaining({ tag: 'Unsupported', place: { file: 'r.json', index: 1 } }));
  for (const wrong of [
    { do: 'cut', confidence: 2 },
    { do: 'cut' },
    { do: 'parameters', labels: 'all', sensitivity: 0.5, diameter: null },
    { do: 'export', files: ['passwords'] },
    { do: 'open', dataset: 3, frames: 1, height: 1, width: 1 },
  ])
    expect(() => readRecipe(text({ steps: [wrong] }), PLACE), wrong.do).toThrow(expect.objectContaining({ tag: 'Invalid' }));
  expect(() => readRecipe(text({ steps: [{ do: 'toString' }, null] }), PLACE)).toThrow(/not known/);
  expect(() => readRecipe(text({ steps: [null] }), PLACE)).toThrow(/not known/);
  expect(() => readRecipe('{', PLACE)).toThrow(/no JSON/);
  expect(() => readRecipe('null', PLACE)).toThrow(/no recipe/);
  for (const steps of [3, []]) expect(() => readRecipe(text({ steps }), PLACE)).toThrow(/no steps/);
});
