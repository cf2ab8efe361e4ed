// axe finds nothing on any screen, in both themes.
import type { Page } from '@playwright/test';
import { faults } from './support/axe.ts';
import { dropFiles, jsonFile, openMovie, openSample, waitForPhase } from './support/open.ts';
import { smallSet } from './support/small-set.ts';
import { expect, test } from './support/test.ts';
import { detectNeurons, openCalciumSample } from './support/trouble.ts';

async function setTheme(page: Page, theme: 'dark' | 'light'): Promise<void> {
  const html = page.locator('html');
  if ((await html.getAttribute('data-theme')) !== theme) {
    await page.getByRole('button', { name: theme === 'light' ? 'Light theme' : 'Dark theme' }).click();
  }
  await expect(html).toHaveAttribute('data-theme', theme);
  // Tooltips of what was pressed are no part of the screen.
  await page.mouse.move(0, 0);
}

test('the first screen, dark and light, with help on privacy open', async ({ page }) => {
  await page.goto('/');
  await page.getByText('How to check').click();
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(page, theme);
    expect(await faults(page), theme).toEqual([]);
  }
});

test('the calcium view before and after detection, with every tab of the time strip, dark and light', async ({ page }) => {
  await openCalciumSample(page);
  expect(await faults(page), 'opened').toEqual([]);
  await detectNeurons(page);
  const table = page.getByRole('table', { name: 'Regions', exact: true });
  await table.getByRole('row').nth(1).click();
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(page, theme);
    for (const tab of ['Traces', 'Scores', 'About']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      expect(await faults(page), `${theme}, ${tab}`).toEqual([]);
    }
  }
});

test('menus, dialogs, the log and an alert, dark and light', async ({ page }) => {
  await openCalciumSample(page);
  await page.getByLabel('Open files', { exact: true }).setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from('[{"coordinates": [[10, 10], [10, 11]]}, {"coordinates": [[9999, 1]]}]'),
  });
  await expect(page.getByRole('alert')).toHaveCount(1);
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(page, theme);
    const check = async (what: string) => expect(await faults(page), `${theme}, ${what}`).toEqual([]);
    await check('alert');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await check('Export menu');
    await page.getByRole('menuitem', { name: 'Submission JSON' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check('submission dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Picture PNG' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check('picture dialog');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('button', { name: 'Keyboard', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check('keyboard help');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Log/ }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check('log');
    await page.keyboard.press('Escape');
    await page.getByRole('banner').getByRole('button', { name: 'neurofinder.sample.00', exact: true }).click();
    await check('menu of data sets');
    await page.keyboard.press('Escape');
  }
});

test('layers: their menu, Rename, Compare with its difference, Mistakes, dark and light', async ({ page }) => {
  test.slow();
  await openMovie(page, [await smallSet()]);
  for (const name of ['mine.json', 'yours.json']) await dropFiles(page, [jsonFile(name, [{ coordinates: [[1, 1]] }])]);
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(page, theme);
    const check = async (what: string) => expect(await faults(page), `${theme}, ${what}`).toEqual([]);
    await page.getByRole('button', { name: 'Actions on mine.json', exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await check('menu of a layer');
    await page.getByRole('menuitem', { name: 'Rename', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check('rename dialog');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Compare', exact: true }).click();
    const difference = page.getByRole('checkbox', { name: 'Difference on the picture' });
    await difference.click();
    await expect(page.getByRole('group', { name: 'Difference classes' })).toBeVisible();
    await check('Compare');
    await difference.click();
    await page.getByRole('tab', { name: /^Mistakes/ }).click();
    await page.keyboard.press('e');
    await expect(page.getByRole('region', { name: 'Match', exact: true })).toContainText('the nearest');
    await check('Mistakes');
  }
});

test('the narrow window: first screen and every panel', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  expect(await faults(page), 'first screen').toEqual([]);
  await openCalciumSample(page);
  const tabs = page.getByRole('tablist', { name: 'Panels', exact: true }).getByRole('tab');
  for (const tab of await tabs.all()) {
    await tab.click();
    expect(await faults(page), (await tab.textContent()) ?? '').toEqual([]);
  }
  await page.getByRole('button', { name: 'More', exact: true }).click();
  expect(await faults(page), 'more').toEqual([]);
});

test('a view without panels fills the narrow window', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openSample(page, 'Array');
  const image = page.getByRole('img', { name: 'Image', exact: true });
  await expect(image).toBeVisible();
  expect((await image.boundingBox())!.height).toBeGreaterThan(700);
  expect(await faults(page)).toEqual([]);
});

test('the example modality, dark and light', async ({ page }) => {
  await openSample(page, 'Array');
  await waitForPhase(page, 'ready');
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(page, theme);
    expect(await faults(page), theme).toEqual([]);
  }
});
