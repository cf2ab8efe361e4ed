// "Verify this browser" on the built page: every golden case runs in the workers and is equal; a report to copy; a golden file that
// was changed on its way is told.
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { faults } from './support/axe.ts';
import { expect, test } from './support/test.ts';
import { openCalciumSample } from './support/trouble.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Verify this browser' });
const verdict = (page: Page) => dialog(page).getByRole('status', { name: 'Verification' });
const rows = (page: Page) => dialog(page).getByRole('table', { name: 'Golden cases' }).locator('tbody tr');

test('is linked from the first screen, runs every case, and all are equal', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByRole('link', { name: 'Verify this browser' }).click();
  await expect(page).toHaveURL(/#verify$/);
  await expect(verdict(page)).toHaveText('All 33 cases equal');
  // Lazy: its script and its cases were not there before.
  expect(asked.some((path) => path.endsWith('/verify/calcium.zip'))).toBe(true);
  expect(asked.some((path) => /verify-page.*\.js$/.test(path))).toBe(true);
  await expect(rows(page)).toHaveCount(33);
  await expect(rows(page).filter({ hasText: 'equal' })).toHaveCount(33);
  await expect(rows(page).filter({ hasText: 'Correlation image, 8 neighbours' })).toContainText(/e−\d/);
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    expect(await faults(page, 'dialog'), theme).toEqual([]);
  }
  await dialog(page).getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByText('Report copied')).toBeAttached();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toMatch(/^Somascope \d+\.\d+\.\d+, verification of this browser\nBrowser: Mozilla.*\nCores: \d+\n/);
  expect(report).toContain('Result: 33 of 33 equal, 0 not');
  expect(report.match(/^equal {3}/gm)).toHaveLength(33);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/#verify/);
});

test('opens by its address, and over an open data set, which is there again afterwards', async ({ page }) => {
  await page.goto('/#verify');
  await expect(verdict(page)).toHaveText('All 33 cases equal');
  await page.keyboard.press('Escape');
  await openCalciumSample(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('verify');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toHaveText('All 33 cases equal');
  await dialog(page).getByRole('button', { name: 'Run again' }).click();
  await expect(verdict(page)).toHaveText('All 33 cases equal');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('neurofinder.sample.00');
});

test('prints what differs: another expected score, and a movie with one changed pixel', async ({ page }) => {
  await page.route('**/verify/calcium.zip', async (route) => {
    const entries = unzipSync(new Uint8Array(await (await route.fetch()).body()));
    const cases = JSON.parse(strFromU8(entries['neurofinder/cases.json']!)) as {
      expected: { recall?: number; error?: string };
    }[];
    cases.find(({ expected }) => !expected.error)!.expected.recall! += 0.25;
    entries['neurofinder/cases.json'] = new TextEncoder().encode(JSON.stringify(cases));
    const movie = entries['calcium/movie_u16.npy']!;
    movie[movie.length - 1]! ^= 0x40;
    await route.fulfill({ body: Buffer.from(zipSync(entries)), contentType: 'application/zip' });
  });
  await page.goto('/#verify');
  await expect(verdict(page)).toHaveText(/^\d+ of 33 cases differ$/);
  const differing = rows(page).filter({ hasText: 'differs' });
  await expect(differing.filter({ hasText: 'Score' })).toHaveCount(1);
  await expect(differing.filter({ hasText: 'Score' })).toContainText('0.25');
  await expect(differing.filter({ hasText: 'Mean image' })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'trace' }).filter({ hasText: 'equal' })).toHaveCount(11);
});

test('says so where the cases cannot be fetched', async ({ page }) => {
  await page.route('**/verify/calcium.zip', (route) => route.fulfill({ status: 404 }));
  await page.goto('/#verify');
  await expect(verdict(page)).toHaveText('No case could be run');
  await expect(page.getByRole('alert')).toContainText('The server answered 404');
});
