// Neuropixels files: what is saved, flat files that nothing describes, bad input, and real recordings.
import { readFileSync } from 'node:fs';
import { unzip } from 'unzipit';
import { flatFile, openRecording, picture } from './support/ephys.ts';
import { openExportMenu, readNpy, savedBy, saveItem } from './support/exports.ts';
import { chooseFiles, chooseFolder, dropFiles, jsonFile, screen, waitForPhase } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { dataPath, goldenPath, needSharedData } from './support/real-data.ts';
import { expect, test } from './support/test.ts';

const RATE = 30_000;

test('files out: subset with its tables, sorting, phy, correlograms', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  });
  await openRecording(page);
  const subset = await savedBy(page, async () => {
    await (await openExportMenu(page)).getByRole('menuitem', { name: 'Recording subset', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Channels', { exact: true }).selectOption('all');
    const to = dialog.getByRole('spinbutton', { name: 'To', exact: true });
    await to.fill('0.05');
    await to.press('Enter');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  });
  const text = Buffer.from(subset.bytes).toString('latin1');
  for (const name of ['.dat', '.channel_locations.csv', '.channel_ids.csv', '.num_channels.csv']) expect(text).toContain(name);
  expect(subset.bytes.length).toBeGreaterThan(0.05 * RATE * 32 * 2);
  const { entries } = await unzip(subset.bytes);
  const stem = Object.keys(entries).find((name) => name.endsWith('.dat'))!;
  expect((await entries[stem]!.arrayBuffer()).byteLength).toBe(0.05 * RATE * 32 * 2);
  expect(await entries[stem.replace('.dat', '.num_channels.csv')]!.text()).toBe('32\n');
  expect(readNpy((await saveItem(page, 'Correlograms NPY')).bytes.slice()).shape).toEqual([10, 10, 100]);
  const phy = await unzip((await saveItem(page, 'Phy files ZIP')).bytes);
  expect(Object.keys(phy.entries)).toEqual(['spike_times.npy', 'spike_clusters.npy', 'cluster_group.tsv']);
  const npz = await unzip((await saveItem(page, 'Sorting NPZ')).bytes);
  expect(Object.keys(npz.entries)).toContain('spike_indexes_seg0.npy');
});

test('a flat file without parameters asks how it is laid out, with a picture', async ({ page }) => {
  await page.goto('/');
  await chooseFiles(page, [flatFile('raw.dat', 6000, 16)]);
  const dialog = page.getByRole('dialog', { name: 'How is this file laid out?' });
  await expect(dialog).toContainText('Diagonal stripes mean that the channel count is wrong');
  await expect.poll(async () => colours(await seen(picture(page, 'Preview')))).toBeGreaterThan(5);
  const channels = dialog.getByRole('spinbutton', { name: 'Channels', exact: true });
  await channels.fill('16');
  await channels.press('Enter');
  await expect(dialog).toContainText('6,000 frames');
  await dialog.getByRole('button', { name: 'Open recording', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Recording', exact: true })).toContainText('6,000');
  await expect.poll(async () => colours(await seen(picture(page, 'Traces')))).toBeGreaterThan(3);
});

test('bad input: one alert that says which file, what and what to do', async ({ page }) => {
  await page.goto('/');
  const params = new TextEncoder().encode(
    "dat_path = 'raw.dat'\nn_channels_dat = 16\ndtype = 'int16'\noffset = 0\nsample_rate = 30000.\n",
  );
  const raw = flatFile('raw.dat', 600, 16);
  await chooseFiles(page, [
    { name: 'raw.dat', bytes: raw.bytes.subarray(0, raw.bytes.length - 5) },
    { name: 'params.py', bytes: params },
  ]);
  const alert = page.getByRole('alert');
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText('raw.dat');
  await expect(alert).toContainText('16 channels');
  await expect(picture(page, 'Traces')).toBeVisible();
  await page.goto('/');
  await dropFiles(page, [jsonFile('NP1000.json', { specification: 'probeinterface', version: '0.2.21', probes: [] })]);
  await expect(alert).toContainText('where its electrodes are');
  await expect(alert).toContainText('Drop both together');
});

test('a .cbin without its whole data says so', async ({ page }) => {
  needSharedData();
  await page.goto('/');
  const at = (name: string) => goldenPath(`neuropixels/formats/synth_g0_t0.imec0.ap.${name}`);
  await chooseFiles(page, [
    { name: 'x.ap.cbin', bytes: new Uint8Array(readFileSync(at('cbin'))).subarray(0, 60_000) },
    { name: 'x.ap.ch', bytes: new Uint8Array(readFileSync(at('ch'))) },
  ]);
  await expect(page.getByRole('alert').first()).toContainText('x.ap.cbin');
});

test('real files: every golden format, and a Kilosort 4 folder without its recording', async ({ page }) => {
  needSharedData();
  test.slow();
  await page.goto('/');
  await chooseFolder(page, goldenPath('neuropixels/formats'));
  await expect(screen(page)).toHaveAttribute('data-modality', 'ephys');
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('region', { name: 'Recording', exact: true })).toContainText('SpikeGLX');
  await page.goto('/');
  await chooseFolder(page, dataPath('ephys-ks4-np1'));
  await expect(page.getByRole('region', { name: 'Units', exact: true })).toContainText('403');
  await expect.poll(async () => colours(await seen(picture(page, 'Drift map')))).toBeGreaterThan(20);
});
