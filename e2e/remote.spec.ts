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

/** A precomputed volume of one raw chunk, 16 × 12 × 8 (x, y, z). */
const SIZE = [16, 12, 8] as const;
const INFO = {
  '@type': 'neuroglancer_multiscale_volume',
  type: 'image',
  data_type: 'uint8',
  num_channels: 1,
  scales: [
    { key: 'full', size: SIZE, resolution: [1170, 1170, 1170], voxel_offset: [0, 0, 0], chunk_sizes: [SIZE], encoding: 'raw' },
  ],
};

test('an address is asked only after its host is allowed; the status bar names it and counts', async ({ page, watch }) => {
  const asked: string[] = [];
  await page.context().route('https://data.example/**', (route) => {
    asked.push(route.request().url());
    const headers = { 'access-control-allow-origin': '*' };
    if (route.request().url().endsWith('/info')) return route.fulfill({ status: 200, headers, body: JSON.stringify(INFO) });
    const body = Buffer.from(Uint8Array.from({ length: 16 * 12 * 8 }, (_, i) => (i * 37) % 251));
    return route.fulfill({ status: 200, headers, body });
  });
  await page.goto('/remote.html');
  const form = page.getByRole('form', { name: 'Open an address' });
  await form.getByLabel('Address', { exact: true }).fill('precomputed://https://data.example/volume');
  await expect(form).toContainText('The server data.example will be asked');
  await expect(form.getByRole('button', { name: 'Open address' })).toBeDisabled();
  expect(asked).toEqual([]);
  await form.getByRole('checkbox', { name: 'Allow requests to data.example' }).click();
  await form.getByRole('button', { name: 'Open address' }).click();
  await expect(page.locator('main')).toHaveAttribute('data-modality', 'volume');
  await expect(page.locator('main')).toHaveAttribute('data-phase', 'ready');
  await expect(page.getByLabel('Facts')).toContainText('8 × 12 × 16');
  await expect(page.getByRole('contentinfo')).toContainText(/Remote: .* from data\.example/);
  watch.foreign.length = 0;
  watch.violations.length = 0;
});

test('a refusal is explained', async ({ page, watch }) => {
  await page
    .context()
    .route('https://data.example/**', (route) =>
      route.fulfill({ status: 403, headers: { 'access-control-allow-origin': '*' }, body: '' }),
    );
  await page.goto('/remote.html');
  const form = page.getByRole('form', { name: 'Open an address' });
  await form.getByLabel('Address', { exact: true }).fill('precomputed://https://data.example/secret');
  await form.getByRole('checkbox').click();
  await form.getByRole('button', { name: 'Open address' }).click();
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(page.getByRole('alert')).toContainText('refuses access (403)');
  watch.foreign.length = 0;
  watch.violations.length = 0;
});
