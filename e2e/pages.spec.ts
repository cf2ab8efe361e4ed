// The pages of text (Catalogue, Coming from…, Credits) with their addresses, the leaderboard with one's own scores, and the terms
// in the export dialog; axe finds nothing on any of them.
import type { Locator, Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { openExportMenu } from './support/exports.ts';
import { dropFiles, jsonFile, openMovie } from './support/open.ts';
import { makeMovie, neurofinderZip, rectangle, scattered } from './support/sets.ts';
import { expect, test } from './support/test.ts';

async function openLink(page: Page, name: string): Promise<Locator> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
  return page.getByRole('dialog', { name, exact: true });
}

const row = (table: Locator, name: string) =>
  table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name, exact: true }) });
const tableOf = (dialog: Locator, name: string) => dialog.getByRole('table', { name, exact: true });

/** Text of a cell by the head of its column. */
async function cell(table: Locator, name: string | RegExp, column: string): Promise<string> {
  const heads = await table.getByRole('columnheader').allTextContents();
  const found = table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name }) });
  return (
    (await found
      .first()
      .getByRole('cell')
      .nth(heads.indexOf(column) - 1)
      .textContent()) ?? ''
  );
}

test('the catalogue lists every set with facts, scores and plain links, from the first screen', async ({ page }) => {
  await page.goto('/');
  const dialog = await openLink(page, 'Catalogue');
  await expect(dialog).toBeVisible();
  expect(new URL(page.url()).hash).toBe('#catalogue');
  const table = tableOf(dialog, 'Catalogue');
  // 20 training and 7 test sets of the document, the 04 series of two each, a head and two titles.
  await expect(table.getByRole('row')).toHaveCount(20 + 7 + 4 + 3);
  await expect(table.getByText('withdrawn', { exact: true })).toHaveCount(3);
  await expect(row(table, '01.03 withdrawn')).toContainText('link dead');
  const facts = ['Lab', 'Region', 'Indicator', 'Size px', 'Frames', 'Rate Hz', 'Labels', 'Regions', 'Perfect', 'UNet2DS'];
  const texts = (name: string) => Promise.all(facts.map((column) => cell(table, name, column)));
  expect(await texts('03.00')).toEqual([
    'Losonczy',
    'dHPC CA1',
    'GCaMP6f',
    '498 × 490',
    '2,250',
    '7.5',
    'by hand',
    '621',
    '–',
    '–',
  ]);
  expect(await texts('02.00')).toEqual(['Svoboda', 'vS1', 'GCaMP6s', '512 × 512', '8,000', '8', 'by hand', '197', '0.830', '–']);
  expect(await cell(table, '03.00.test', 'UNet2DS')).toBe('0.89');
  const link = dialog.getByRole('link', { name: 'Download neurofinder.00.00.zip', exact: true });
  await expect(link).toHaveAttribute(
    'href',
    'https://s3.amazonaws.com/neuro.datasets/challenges/neurofinder/neurofinder.00.00.zip',
  );
  await expect(link).toHaveAttribute('rel', 'noreferrer noopener');
  await expect(link).toHaveAttribute('target', '_blank');
  await expectNoFaults(page);

  await dialog.getByRole('tab', { name: 'Leaderboard' }).click();
  const labels = await dialog.getByRole('table').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  const names = labels.filter((label) => label?.startsWith('Leaderboard'));
  expect(names).toEqual(
    ['This tab', 'HNCcorr + Conv2d', 'Sourcery', 'UNet2DS', 'Suite2p + Donuts', 'HNCcorr'].map((name) => `Leaderboard ${name}`),
  );
  const unet = tableOf(dialog, 'Leaderboard UNet2DS');
  expect(await cell(unet, 'Combined', 'Mean')).toBe('0.569');
  await dialog.getByRole('button', { name: 'Details of UNet2DS' }).click();
  expect(await cell(unet, 'Inclusion', '04.01.test')).toBe('0.53');
  const { background } = await row(unet, 'Combined')
    .getByRole('cell')
    .first()
    .evaluate((element) => ({ background: getComputedStyle(element).backgroundColor }));
  expect(background).toBe('rgb(93, 193, 135)');
  await expectNoFaults(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('');
});

test('open sets are marked, and their scores stand beside the published ones', async ({ page }) => {
  const truth = [rectangle(4, 4, 5, 5), rectangle(20, 30, 5, 5)];
  const movie = makeMovie(40, 48, 3, scattered);
  const sets = ['00.00', '00.02'].map((name) => neurofinderZip(name, { movie, truth }));
  await openMovie(page, await Promise.all(sets));
  // One of two found, nothing false: recall 0.5, precision 1, combined 2/3.
  await dropFiles(page, [jsonFile('mine.json', [{ dataset: '00.00', regions: [truth[0]] }])]);
  await expect(page.getByText('1 region imported')).toBeVisible();

  await page.getByRole('banner').getByRole('button', { name: 'neurofinder.00.00', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Catalogue', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Catalogue' });
  const table = tableOf(dialog, 'Catalogue');
  await expect(table.getByText('open', { exact: true })).toHaveCount(2);
  await expect.poll(() => cell(table, /^Show 00\.00/, 'Yours')).toBe('0.67');
  await dialog.getByRole('tab', { name: 'Leaderboard' }).click();
  const own = tableOf(dialog, 'Leaderboard This tab');
  expect(await cell(own, 'Combined', '00.00')).toBe('0.67');
  expect(await cell(own, 'Combined', '03.00.test')).toBe('–');
  await dialog.getByRole('button', { name: 'Details of This tab' }).click();
  expect(await cell(own, 'Recall', '00.00')).toBe('0.50');
  await dialog.getByRole('tab', { name: 'Data sets' }).click();
  await dialog.getByRole('button', { name: 'Show 00.02', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('neurofinder.00.02');
});

test('Credits and Coming from… have an address, and the citation is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/#credits');
  const credits = page.getByRole('dialog', { name: 'Credits' });
  await expect(credits.getByRole('heading', { name: 'Licence' }).first()).toBeVisible();
  await expect(credits).toContainText('Losonczy Lab');
  await credits.getByRole('button', { name: 'Copy the citation of neurofinder' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^CodeNeuro\. neurofinder: .*github\.com/);
  for (const link of await credits.getByRole('link').all()) {
    await expect(link).toHaveAttribute('rel', 'noreferrer noopener');
    await expect(link).toHaveAttribute('href', /^https:\/\/(github\.com|doi\.org|mtneuro\.github\.io|bossdb\.org)\//);
  }
  await expectNoFaults(page);
  await credits.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(credits).toHaveCount(0);

  const coming = await openLink(page, 'Coming from…');
  const steps = tableOf(coming, 'Coming from neurofinder');
  for (const there of [/Codespace, or run the Docker/, /example\.py/, /pip install neurofinder/, /submit tab/])
    await expect(steps.getByRole('rowheader', { name: there })).toBeVisible();
  await expectNoFaults(page);
  await page.goBack();
  await expect(coming).toHaveCount(0);
});

test('the terms of the data are told again before a submission is saved', async ({ page }) => {
  await openMovie(page, [await neurofinderZip('00.00.test', { movie: makeMovie(20, 24, 3, scattered) })]);
  await dropFiles(page, [jsonFile('mine.json', [rectangle(3, 3, 4, 4)])]);
  await expect(page.getByText('1 region imported')).toBeVisible();
  const menu = await openExportMenu(page);
  await menu.getByRole('menuitem', { name: 'Submission JSON', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Submission JSON' });
  await expect(dialog).toContainText('No licence was ever stated for the data');
});

test('the pages fit a narrow window', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const name of ['catalogue', 'coming-from', 'credits']) {
    await page.goto(`/#${name}`);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    const box = (await dialog.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
});
