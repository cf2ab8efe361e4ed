// Nothing leaves the tab: the policy in the built page, no foreign request while the main job is done, and a refusal for whoever
// tries, in the page and in its workers. There is no WebAssembly in any disguise.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Worker } from '@playwright/test';
import { checkDist, firstLoad, LIMIT } from '../scripts/check-dist.mjs';
import { POLICY } from '../scripts/csp-plugin.ts';
import { expect, test } from './support/test.ts';
import { detectNeurons, openCalciumSample } from './support/trouble.ts';

const DIST = process.env['SOMASCOPE_DIST'] ?? join(import.meta.dirname, '../dist');
/** Reserved for documentation: nobody answers there (RFC 2606). */
const FOREIGN = 'https://example.com/somascope';

test('the built page carries the policy once and as it is designed', async ({ page }) => {
  const html = await readFile(join(DIST, 'index.html'), 'utf8');
  const metas = html.match(/<meta[^>]+Content-Security-Policy[^>]*>/gi) ?? [];
  expect(metas).toHaveLength(1);
  expect(html.indexOf(metas[0]!)).toBeLessThan(html.search(/<(script|link)\b/));
  await page.goto('/');
  const contents = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .evaluateAll((found) => found.map((meta) => meta.getAttribute('content')));
  expect(contents).toEqual([POLICY]);
  expect(POLICY).toBe(
    "default-src 'none'; script-src 'self' 'unsafe-eval'; worker-src 'self' blob:; style-src 'self'; img-src 'self' blob: data:; media-src blob:; font-src 'self'; connect-src 'self' blob: data:; manifest-src 'self'; base-uri 'none'; form-action 'none'",
  );
});

test('no WebAssembly is shipped, and the first load is small', () => {
  expect(checkDist(DIST).faults).toEqual([]);
  const total = [...firstLoad(DIST).values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThanOrEqual(LIMIT);
});

test('opening, detecting and exporting ask for the files of the page and nothing else', async ({ page, baseURL }) => {
  const asked = new Set<string>();
  page.context().on('request', (request) => asked.add(`${request.method()} ${request.url()}`));
  await openCalciumSample(page);
  await detectNeurons(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Regions JSON' }).click();
  expect((await download).url()).toMatch(/^blob:/);
  // Every request is a GET of a file that lies in dist/, or of something the page made itself.
  const home = new URL(baseURL!).origin;
  const own = [...asked].filter((request) => request.startsWith(`GET ${home}/`));
  expect(own.some((request) => request.endsWith('/samples/calcium.zip'))).toBe(true);
  expect([...asked].filter((request) => !own.includes(request) && !/^GET (blob|data):/.test(request))).toEqual([]);
  for (const request of own) {
    const path = new URL(request.slice(4)).pathname;
    await expect(readFile(join(DIST, path === '/' ? 'index.html' : path)), request).resolves.toBeTruthy();
  }
});

/** Fetches a foreign address in the page or in a worker: what became of it, and which violation fired. */
function tryToLeave(where: Page | Worker): Promise<{ outcome: string; violated: string }> {
  const attempt = async (address: string) => {
    let violated = '';
    const note = (event: Event) => {
      if ('violatedDirective' in event) violated = String(event.violatedDirective);
    };
    (typeof document === 'undefined' ? globalThis : document).addEventListener('securitypolicyviolation', note);
    const outcome = await fetch(address, { mode: 'no-cors' }).then(
      () => 'sent',
      (error) => String(error.name),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { outcome, violated };
  };
  // Page and Worker both evaluate, but their types do not meet.
  return 'workers' in where ? where.evaluate(attempt, FOREIGN) : where.evaluate(attempt, FOREIGN);
}

test('the page cannot reach another host', async ({ page, watch }) => {
  await page.goto('/');
  expect(await tryToLeave(page)).toEqual({ outcome: 'TypeError', violated: 'connect-src' });
  expect(watch.violations.length).toBeGreaterThan(0);
  watch.violations.length = 0;
});

test('no worker of the page can reach another host', async ({ page, watch }) => {
  await openCalciumSample(page);
  const workers = page.workers();
  expect(workers.length).toBeGreaterThanOrEqual(2);
  for (const worker of workers) {
    expect(worker.url()).toMatch(/^blob:/);
    expect(await tryToLeave(worker)).toEqual({ outcome: 'TypeError', violated: 'connect-src' });
  }
  // What was tried here is what this test allows; requests that got out would still be counted as foreign.
  watch.violations.length = 0;
});
