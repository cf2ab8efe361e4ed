// Detect neurons: from the button to regions with scores, live filtering, the saved file; twice the same; cancel.
import type { Page } from '@playwright/test';
import { openExportMenu, savedBy, saveItem, textOf } from './support/exports.ts';
import { openMovie, openSample, waitForMovie, waitForPhase } from './support/open.ts';
import { dataPath, needSharedData } from './support/real-data.ts';
import { FIGURES, scoreRow, showScores } from './support/scores.ts';
import { expect, test } from './support/test.ts';

const DETECTION_TAKES_AT_MOST_MS = 80_000;

function detectButton(page: Page) {
  return page.getByRole('button', { name: /^Detect neurons/ });
}

async function detect(page: Page): Promise<void> {
  await detectButton(page).click();
  await expect(page.getByText(/\d+ neurons? found/).last()).toBeVisible({ timeout: DETECTION_TAKES_AT_MOST_MS });
  await waitForPhase(page, 'ready');
}

const regionCount = async (page: Page) =>
  Number(
    (await page.getByRole('region', { name: 'Regions', exact: true }).locator('.head .n').first().textContent())?.replaceAll(
      ',',
      '',
    ),
  );
const chip = async (page: Page, name: string) => {
  const text = await page.getByRole('group', { name: 'Result classes' }).getByRole('button', { name }).textContent();
  return Number(/([\d,]+)$/.exec(text ?? '')?.[1]?.replaceAll(',', ''));
};

test('sample: regions, scores, a live confidence slider, and the submission', async ({ page }) => {
  await openSample(page, 'Calcium imaging');
  await waitForMovie(page);
  await showScores(page);
  await detect(page);
  const name = (await page.getByRole('table', { name: 'Scores' }).getByRole('rowheader').first().textContent())!.trim();
  await expect.poll(async () => Number((await scoreRow(page, name)).full.combined)).toBeGreaterThan(0.5);
  const row = await scoreRow(page, name);
  for (const figure of FIGURES) expect(row.texts[figure]).toMatch(/^[01]\.\d{4}$/);
  const matched = await chip(page, 'Matched');
  const extra = await chip(page, 'Extra');
  expect(matched).toBeGreaterThan(5);
  expect(await regionCount(page)).toBe(matched + extra + (await chip(page, 'Missed')));

  // Every step of the slider is answered at once: fewer regions, another score, and back again.
  const slider = page.getByRole('slider', { name: 'Confidence', exact: true });
  const cut = await slider.inputValue();
  await slider.fill('0.95');
  await expect.poll(async () => (await chip(page, 'Matched')) + (await chip(page, 'Extra'))).toBeLessThan(matched + extra);
  expect((await scoreRow(page, name)).full.recall).not.toBe(row.full.recall);
  await slider.fill(cut);
  await expect.poll(async () => scoreRow(page, name)).toEqual(row);

  const saved = await savedBy(page, async () => {
    const menu = await openExportMenu(page);
    await menu.getByRole('menuitem', { name: 'Submission JSON', exact: true }).click();
    await page.getByRole('button', { name: 'Save submission.json', exact: true }).click();
  });
  expect(saved.name).toBe('submission.json');
  const [answer, ...others] = JSON.parse(textOf(saved));
  expect(others).toEqual([]);
  expect(answer.dataset).toBe(name);
  expect(answer.sources).toHaveLength(matched + extra);
  const numbers = answer.sources.flatMap(({ coordinates }: { coordinates: number[][] }) => coordinates.flat());
  expect(numbers.every(Number.isSafeInteger)).toBe(true);
});

test('two runs find the same, to the byte', async ({ page }) => {
  const runs: string[] = [];
  for (let run = 0; run < 2; run++) {
    await openSample(page, 'Calcium imaging');
    await waitForMovie(page);
    await detect(page);
    runs.push(textOf(await saveItem(page, 'Regions JSON')));
  }
  expect(runs[0]!.length).toBeGreaterThan(1000);
  expect(runs[1]).toBe(runs[0]);
});

test('a detection can be cancelled: nothing is left behind, and the next one runs', async ({ page }) => {
  await openSample(page, 'Calcium imaging');
  await waitForMovie(page);
  await detectButton(page).click();
  const bar = page.getByRole('progressbar', { name: 'Detecting neurons' });
  await expect(bar).toBeVisible();
  await expect(page.locator('main')).toHaveAttribute('data-phase', 'working');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText(/neurons? found/)).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Result classes' })).toHaveCount(0);
  await detect(page);
  expect(await chip(page, 'Matched')).toBeGreaterThan(5);
});

test('the real recording 00.00, binned: combined at least 0.50 with defaults', async ({ page }) => {
  needSharedData();
  test.setTimeout(180_000);
  await openMovie(page, dataPath('neurofinder/neurofinder.00.00.bin20x30.zip'));
  await showScores(page);
  await detect(page);
  await expect.poll(async () => (await scoreRow(page, '00.00')).texts.combined).toMatch(/^\d\.\d{4}$/);
  expect(Number((await scoreRow(page, '00.00')).full.combined)).toBeGreaterThanOrEqual(0.5);
});
