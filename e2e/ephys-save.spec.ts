// What is saved of a recording: the subset file by file against what was opened, MountainSort's files, and pictures as SVG.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzip } from 'unzipit';
import { openRecording, picture, unitRow } from './support/ephys.ts';
import { openExportMenu, type Saved, savedBy, saveItem, textOf } from './support/exports.ts';
import { waitForPhase } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { expect, test } from './support/test.ts';

const RATE = 30_000;
const CHANNELS = 32;
const FRAMES = 1500;
const SAMPLE = join(import.meta.dirname, '../public/samples/ephys.zip');

test.beforeEach(async ({ page }) => {
  // Nobody answers the question where to save.
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  });
});

/** Export ▸ `item` of all channels between two times in s. */
async function saveSubset(page: Page, item: string, from: string, to: string): Promise<Record<string, Uint8Array>> {
  const saved = await savedBy(page, async () => {
    await (await openExportMenu(page)).getByRole('menuitem', { name: item, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: item, exact: true });
    await dialog.getByLabel('Channels', { exact: true }).selectOption('all');
    for (const [name, value] of [
      ['To', to],
      ['From', from],
    ] as const) {
      const field = dialog.getByRole('spinbutton', { name, exact: true });
      await field.fill(value);
      await field.press('Enter');
    }
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  });
  const { entries } = await unzip(saved.bytes);
  const files: Record<string, Uint8Array> = {};
  for (const [name, entry] of Object.entries(entries)) files[name] = new Uint8Array(await entry.arrayBuffer());
  return files;
}

const words = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const samples = (bytes: Uint8Array) => new Int16Array(bytes.slice().buffer);

/** The sample's .bin, as it is on disk: [frame][32 electrodes and a digital word]. */
async function rawOfSample(): Promise<Int16Array> {
  const { entries } = await unzip(new Uint8Array(await readFile(SAMPLE)));
  const name = Object.keys(entries).find((path) => path.endsWith('.ap.bin'))!;
  return new Int16Array(await entries[name]!.arrayBuffer());
}

test('the subset is what the source’s script writes, file by file', async ({ page }) => {
  await openRecording(page);
  const raw = await rawOfSample();
  const files = await saveSubset(page, 'Recording subset', '1.000', '1.050');
  const names = Object.keys(files);
  const stem = names[0]!.replace(/\.dat$/, '');
  expect(names).toEqual(['.dat', '.channel_locations.csv', '.channel_ids.csv', '.num_channels.csv'].map((end) => stem + end));
  const got = samples(files[`${stem}.dat`]!);
  expect(got).toHaveLength(FRAMES * CHANNELS);
  const expected = new Int16Array(FRAMES * CHANNELS);
  for (let t = 0; t < FRAMES; t++)
    for (let c = 0; c < CHANNELS; c++) expected[t * CHANNELS + c] = raw[(RATE + t) * (CHANNELS + 1) + c]!;
  expect(got).toEqual(expected);
  // np.savetxt with '%d' and ',': whole numbers, a line a channel, each ended.
  expect(words(files[`${stem}.num_channels.csv`]!)).toBe('32\n');
  const ids = words(files[`${stem}.channel_ids.csv`]!);
  expect(ids).toBe(`${Array.from({ length: CHANNELS }, (_, c) => c).join('\n')}\n`);
  const locations = words(files[`${stem}.channel_locations.csv`]!);
  expect(locations).toMatch(/^(\d+,\d+\n){32}$/);
  expect(new Set(locations.trim().split('\n')).size).toBe(CHANNELS);
});

test('MountainSort: raw.mda, geom.csv, params.json and firings.mda, which open again', async ({ page }) => {
  await openRecording(page);
  const raw = await rawOfSample();
  const files = await saveSubset(page, 'Recording MDA ZIP', '1.000', '1.050');
  expect(Object.keys(files)).toEqual(['raw.mda', 'geom.csv', 'params.json', 'firings.mda']);
  const header = new DataView(files['raw.mda']!.slice().buffer);
  expect([0, 4, 8, 12, 16].map((at) => header.getInt32(at, true))).toEqual([-4, 2, 2, CHANNELS, FRAMES]);
  const got = samples(files['raw.mda']!.subarray(20));
  expect(got).toHaveLength(FRAMES * CHANNELS);
  expect(got[CHANNELS * 7 + 3]).toBe(raw[(RATE + 7) * (CHANNELS + 1) + 3]);
  expect(words(files['geom.csv']!).trim().split('\n')).toHaveLength(CHANNELS);
  expect(JSON.parse(words(files['params.json']!))).toMatchObject({ samplerate: RATE });
  const firings = new DataView(files['firings.mda']!.slice().buffer);
  expect([0, 8, 12].map((at) => firings.getInt32(at, true))).toEqual([-7, 2, 3]);
  const spikes = firings.getInt32(16, true);
  expect(spikes).toBeGreaterThan(0);
  for (let i = 0; i < spikes; i++) {
    const time = firings.getFloat64(20 + 24 * i + 8, true);
    expect(time).toBeGreaterThanOrEqual(0);
    expect(time).toBeLessThan(FRAMES);
  }
  await page.goto('/');
  await page.getByLabel('Open files', { exact: true }).setInputFiles(
    Object.entries(files).map(([name, bytes]) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    })),
  );
  const facts = page.getByRole('region', { name: 'Recording', exact: true });
  for (const text of ['MDA', '30,000 Hz', '1,500', '32 electrodes']) await expect(facts).toContainText(text);
  await expect(facts).not.toContainText('assumed');
});

/** Elements of an SVG by their name, counted by the browser's own parser. */
async function countIn(page: Page, saved: Saved): Promise<Record<string, number>> {
  return page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    if (parsed.querySelector('parsererror')) throw new Error(parsed.documentElement.textContent ?? '');
    const counts: Record<string, number> = {};
    for (const { tagName } of parsed.querySelectorAll('*')) counts[tagName] = (counts[tagName] ?? 0) + 1;
    return counts;
  }, textOf(saved));
}

test('pictures as SVG: lines, bars and texts are vectors, maps are embedded', async ({ page }) => {
  await openRecording(page);
  await unitRow(page, 0).click();
  await waitForPhase(page, 'ready');
  const lines = await saveItem(page, 'Traces SVG');
  expect(lines.name).toMatch(/\.traces\.svg$/);
  const counted = await countIn(page, lines);
  expect(counted['path']).toBeGreaterThan(CHANNELS);
  expect(counted['text']).toBeGreaterThan(10);
  expect(counted['image']).toBeUndefined();
  await page.getByRole('radio', { name: 'Heat map', exact: true }).click();
  await waitForPhase(page, 'ready');
  expect((await countIn(page, await saveItem(page, 'Traces SVG')))['image']).toBe(1);
  expect((await countIn(page, await saveItem(page, 'Drift map SVG')))['text']).toBeGreaterThan(3);
  for (const name of ['Probe', 'Waveforms', 'Autocorrelogram', 'Amplitude over time']) {
    await expect.poll(async () => colours(await seen(picture(page, name))), { timeout: 40_000 }).toBeGreaterThan(2);
    const saved = await savedBy(page, async () => {
      await (await openExportMenu(page)).getByRole('menuitem', { name: 'Other picture…', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Picture', exact: true });
      await dialog.getByLabel('Picture', { exact: true }).selectOption({ label: name });
      await dialog.getByRole('radio', { name: 'SVG', exact: true }).click();
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    });
    const found = await countIn(page, saved);
    expect(found['path'], name).toBeGreaterThan(0);
    expect(found['image'], name).toBeUndefined();
  }
});
