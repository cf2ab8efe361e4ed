// Without network: after one visit the server is gone, and the page opens, detects, scores and saves all the same. A new version is
// offered and waits for the press. Each test serves a copy of the built page, so that it may change or end it.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { serve } from '../scripts/serve.mjs';
import { makeServiceWorker, SERVICE_WORKER } from '../scripts/service-worker-plugin.ts';
import { faults } from './support/axe.ts';
import { savedBy, textOf } from './support/exports.ts';
import { waitForMovie } from './support/open.ts';
import { chooseView, readCursor } from './support/stage.ts';
import { test as base, expect } from './support/test.ts';
import { detectNeurons } from './support/trouble.ts';

const DIST = process.env['SOMASCOPE_DIST'] ?? join(import.meta.dirname, '../dist');

interface Site {
  readonly folder: string;
  readonly address: string;
  /** Ends the server, and every connection to it. */
  end(): Promise<void>;
}

const test = base.extend<{ site: Site }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  site: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'somascope-site-'));
    cpSync(DIST, folder, { recursive: true });
    const { server, address }: { server: Server; address: string } = await serve(folder, 0);
    const end = () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
    await use({ folder, address, end });
    await end();
    rmSync(folder, { recursive: true });
  },
  baseURL: async ({ site }, use) => use(site.address),
});
test.use({ serviceWorkers: 'allow' });

/** Until everything is stored and the page is answered from there. */
async function waitUntilStored(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  });
}

test('opens a sample, detects, scores and saves with the server gone', async ({ page, site, context }) => {
  await page.goto('/');
  await waitUntilStored(page);
  await context.setOffline(true);
  await site.end();
  const reached = await fetch(site.address).then(
    () => true,
    () => false,
  );
  expect(reached).toBe(false);

  await page.reload();
  await page.locator('button.tile').filter({ hasText: 'Calcium imaging' }).click();
  await waitForMovie(page);
  await chooseView(page, 'Correlation');
  expect((await readCursor(page, { height: 120, width: 144 }, 60, 70)).what).toBe('correlation');
  await detectNeurons(page);
  await page.getByRole('tab', { name: /^Scores/ }).click();
  await expect(page.getByRole('table', { name: 'Scores' }).getByRole('row').nth(1)).toContainText(/0\.\d{4}/);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Submission JSON' }).click();
  const saved = await savedBy(page, () => page.getByRole('button', { name: 'Save submission.json', exact: true }).click());
  expect(JSON.parse(textOf(saved))[0].sources.length).toBeGreaterThan(5);
  await expect(page.getByRole('alert')).toHaveCount(0);

  // Pages that are loaded late are there, too, and the golden cases with them.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('verify');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Verification' })).toHaveText('All 33 cases equal');
});

test('asks the server for nothing but its own files, and can be installed', async ({ page, site, context }) => {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  await page.goto('/');
  await waitUntilStored(page);
  expect(asked.filter((url) => !url.startsWith(site.address) && !/^(blob|data):/.test(url))).toEqual([]);
  const stored = await page.evaluate(async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name!)).keys()).map(({ url }) => url);
  });
  expect(stored).toContain(site.address);
  expect(stored).toContain(`${site.address}samples/calcium.zip`);
  const devtools = await context.newCDPSession(page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Playwright's windows are all private ones, which nothing can be installed from.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
});

/** Puts another version of the page on the server. */
function publish({ folder }: Site, title: string): void {
  const index = join(folder, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replace(/<title>.*<\/title>/, `<title>${title}</title>`));
  writeFileSync(join(folder, SERVICE_WORKER), makeServiceWorker(folder));
}

test('offers a new version, keeps the old one until the press, and leaves other tabs alone', async ({ page, site, context }) => {
  const offer = page.getByText('A new version is ready');
  await page.goto('/');
  await waitUntilStored(page);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(offer).toHaveCount(0);
  publish(site, 'Somascope, the next');

  await page.reload();
  await expect(offer).toBeVisible();
  await expect(page).toHaveTitle('Somascope');
  expect(await faults(page)).toEqual([]);
  // Declined and reloaded, it is still the old one that is there, and the offer comes again.
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toHaveCount(0);
  await page.reload();
  await expect(offer).toBeVisible();
  await expect(page).toHaveTitle('Somascope');

  const other = await context.newPage();
  await other.goto(site.address);
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
  await other.evaluate(() => document.body.setAttribute('data-kept', ''));
  await page.getByRole('region', { name: 'Update' }).getByRole('button', { name: 'Reload', exact: true }).click();
  await expect(page).toHaveTitle('Somascope, the next');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(offer).toHaveCount(0);
  await expect(other.locator('body')).toHaveAttribute('data-kept', '');
  await expect(other).toHaveTitle('Somascope');
  // The other tab still gets the parts that it has not loaded yet.
  await other.bringToFront();
  await other.locator('button.tile').filter({ hasText: 'Calcium imaging' }).click();
  await waitForMovie(other);

  await site.end();
  await page.bringToFront();
  await page.reload();
  await expect(page).toHaveTitle('Somascope, the next');
});
