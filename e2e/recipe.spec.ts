// A recipe: saved, dropped on a fresh page, the same regions to the byte; cancelled; refused where it is of another version.
import type { Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { openExportMenu, savedBy, saveItem, textOf } from './support/exports.ts';
import { chooseFiles, dropFiles, jsonFile, waitForPhase } from './support/open.ts';
import { expect, test } from './support/test.ts';
import { detectNeurons, dismissAlert, openCalciumSample, theAlert } from './support/trouble.ts';

async function openItem(page: Page, item: string) {
  const menu = await openExportMenu(page);
  await menu.getByRole('menuitem', { name: item, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  return dialog;
}

const sensitivity = (page: Page) => page.getByRole('slider', { name: 'Sensitivity', exact: true });
const confidence = (page: Page) => page.getByRole('slider', { name: 'Confidence', exact: true });

test('what was done is done again on a fresh page: the same regions to the byte', async ({ page: before, browser }) => {
  // The page is opened three times.
  test.slow();
  let page = before;
  await openCalciumSample(page);
  await page.getByRole('radio', { name: 'All visible cells' }).click();
  await sensitivity(page).fill('0.7');
  await detectNeurons(page);
  // The slider that moves after the detection is no part of it.
  await sensitivity(page).fill('0.2');
  await confidence(page).fill('0.4');
  const first = textOf(await saveItem(page, 'Regions JSON'));
  expect(JSON.parse(first).length).toBeGreaterThan(3);
  // Other exports carry it too, beside where they come from.
  expect(textOf(await saveItem(page, 'RoiSet ZIP'))).toContain('"recipe":{"format":"somascope-recipe","version":1');
  const dialog = await openItem(page, 'Recipe JSON');
  await expect(dialog.getByRole('list', { name: 'Steps' })).toContainText('all visible cells, sensitivity 0.70');
  await dialog.getByRole('checkbox', { name: 'Scores CSV' }).click();
  await expectNoFaults(page);
  const recipe = await savedBy(page, () => dialog.getByRole('button', { name: /^Save .*\.recipe\.json$/ }).click());
  expect(JSON.parse(textOf(recipe))).toMatchObject({
    format: 'somascope-recipe',
    version: 1,
    steps: [
      { do: 'open', frames: 200, height: 120, width: 144 },
      { do: 'parameters', labels: 'visible', sensitivity: 0.7, diameter: null },
      { do: 'detect' },
      { do: 'cut', confidence: 0.4 },
      { do: 'threshold', pixels: null },
      { do: 'export', files: ['Regions JSON', 'Scores CSV'] },
    ],
    leftOut: [],
  });

  // A reload keeps no history, but what was done is still known.
  await expect(page.getByText(/^Last saved /)).toBeVisible();
  await openCalciumSample(page);
  await expect(page.getByRole('region', { name: 'History' })).toContainText('Restored');
  const restored = await openItem(page, 'Recipe JSON');
  await restored.getByRole('checkbox', { name: 'Scores CSV' }).click();
  const kept = await savedBy(page, () => restored.getByRole('button', { name: /^Save .*\.recipe\.json$/ }).click());
  expect(textOf(kept)).toBe(textOf(recipe));

  // Another visitor: this browser would go on where it was left.
  const visit = await browser.newContext({ serviceWorkers: 'block' });
  page = await visit.newPage();
  await openCalciumSample(page);
  await dropFiles(page, [recipe]);
  const replayed = page.getByRole('dialog', { name: 'Recipe replayed' });
  await expect(replayed).toBeVisible({ timeout: 60_000 });
  await expect(replayed.getByRole('list', { name: 'Steps' })).toContainText('Detect neurons');
  await expectNoFaults(page);
  const again = await savedBy(page, () => replayed.getByRole('button', { name: 'Save Regions JSON' }).click());
  expect(textOf(again)).toBe(first);
  const scores = await savedBy(page, () => replayed.getByRole('button', { name: 'Save Scores CSV' }).click());
  expect(scores.name).toBe('scores.csv');
  await replayed.getByRole('button', { name: 'Close' }).first().click();
  await expect(sensitivity(page)).toHaveValue('0.7');
  await expect(confidence(page)).toHaveValue('0.4');
  // It is undone like any detection.
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Result classes' })).toHaveCount(0);
  await visit.close();
});

const STEPS = [{ do: 'parameters', labels: 'both', sensitivity: 0.5, diameter: null }, { do: 'detect' }];
const recipeFile = (change: object) =>
  jsonFile('my.recipe.json', { format: 'somascope-recipe', version: 1, steps: STEPS, leftOut: [], ...change });

test('Replay recipe… shows the steps first; a replay can be cancelled and leaves nothing', async ({ page }) => {
  await openCalciumSample(page);
  const dialog = await openItem(page, 'Replay recipe…');
  const { name, bytes } = recipeFile({ leftOut: ['Merge regions'] });
  await dialog.getByLabel('Choose recipe').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(bytes) });
  await expect(dialog.getByRole('list', { name: 'Steps' }).getByRole('listitem')).toHaveText([
    'Look for active and visible cells, sensitivity 0.50, diameter found from the movie',
    'Detect neurons',
  ]);
  await expect(dialog.getByRole('note')).toContainText('Merge regions');
  await expectNoFaults(page);
  await dialog.getByRole('button', { name: /^Replay on / }).click();
  await expect(page.getByRole('progressbar', { name: 'Detecting neurons' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await waitForPhase(page, 'ready');
  await expect(page.getByText('Recipe replayed')).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});

test('another version, an unknown step, no data set: one alert each', async ({ page }) => {
  await page.goto('/');
  await chooseFiles(page, [recipeFile({})]);
  await expect(await theAlert(page)).toContainText('my.recipe.json: A recipe is done on a data set, and none is open.');
  await openCalciumSample(page);
  await dropFiles(page, [recipeFile({ version: 7, toolVersion: '9.0.0' })]);
  await expect(await theAlert(page)).toContainText(/recipe of version 7 \(written by Somascope 9\.0\.0\).*version 1/);
  await dismissAlert(page);
  await dropFiles(page, [recipeFile({ steps: [...STEPS, { do: 'teleport' }] })]);
  await expect(await theAlert(page)).toContainText('my.recipe.json, item 2: The step "teleport" is not known here.');
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});
