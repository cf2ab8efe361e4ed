// The second page, remote.html: the same app under a policy that lets the person's own addresses be asked, by https only. Every
// answer here is made by the test; nothing leaves the machine.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Worker } from '@playwright/test';
import { POLICY, REMOTE_POLICY } from '../scripts/csp-plugin.ts';
import { expect, test } from './support/test.ts';

const DIST = process.env['SOMASCOPE_DIST'] ?? join(import.meta.dirname, '../dist');

const ask = (where: Page | Worker, address: string): Promise<string> => {
  const attempt = (url: string) =>
    fetch(url).then(
      (response) => response.text(),
      (error) => String(error.name),
    );
  // Page and Worker both evaluate, but their types do not meet.
  return 'workers' in where ? where.evaluate(attempt, address) : where.evaluate(attempt, address);
};

test('differs from the first page by one word of its policy', async ({ page }) => {
  expect(REMOTE_POLICY).toBe(POLICY.replace('blob: data:; manifest', 'blob: data: https:; manifest'));
  const html = await readFile(join(DIST, 'remote.html'), 'utf8');
  expect(html.match(/Content-Security-Policy/g)).toHaveLength(1);
  await page.goto('/remote.html');
  const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(meta).toHaveAttribute('content', REMOTE_POLICY);
  await expect(page).toHaveTitle('Somascope, remote data');
  await expect(page.getByLabel('Open files').first()).toBeAttached();
});

test('asks https addresses from page and workers, never http, and nothing by itself', async ({ page, watch }) => {
  const answer = { status: 200, headers: { 'access-control-allow-origin': '*' }, body: 'answer' };
  await page.context().route('https://data.example/**', (route) => route.fulfill(answer));
  await page.goto('/remote.html');
  await expect(page.getByLabel('Open files').first()).toBeAttached();
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  expect(watch.foreign).toEqual([]);
  for (const where of [page, ...page.workers()]) {
    expect(await ask(where, 'https://data.example/volume/info')).toBe('answer');
    expect(await ask(where, 'http://data.example/volume/info')).toBe('TypeError');
  }
  expect(watch.foreign.every((url) => url.startsWith('https://data.example/'))).toBe(true);
  watch.foreign.length = 0;
  watch.violations.length = 0;
});
