// Damaged recordings and sortings: one alert each that says which file, what is wrong and what to do; what can be shown is shown.
import type { Page } from '@playwright/test';
import { flatFile, picture, units } from './support/ephys.ts';
import { compressed, npyList, readIntegers, sampleFiles, sampleWith } from './support/ephys-sample.ts';
import { dropFiles, type TestFile, waitForPhase } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { expect, test } from './support/test.ts';

const BIN = 'sample_g0_t0.imec0.ap.bin';
const META = 'sample_g0_t0.imec0.ap.meta';

/** Drops the files; the one alert holds all of `texts`. */
async function expectAlert(page: Page, files: readonly TestFile[], ...texts: (string | RegExp)[]): Promise<void> {
  await page.goto('/');
  await dropFiles(page, files);
  const alert = page.getByRole('alert');
  await expect(alert).toHaveCount(1);
  for (const text of texts) await expect(alert).toContainText(text);
  await waitForPhase(page, 'ready');
  await expect(alert).toHaveCount(1);
}

const expectTraces = (page: Page) => expect.poll(async () => colours(await seen(picture(page, 'Traces')))).toBeGreaterThan(5);

test('a .meta that is cut off within its tables', async ({ page }) => {
  const meta = (await sampleFiles())[META]!;
  const at = new TextDecoder().decode(meta).indexOf('~imroTbl') + 60;
  await expectAlert(page, await sampleWith({ [META]: meta.subarray(0, at) }), META, /missing|positions/, 'Copy the .meta again');
  await expectTraces(page);
});

test('a .meta that is cut off before it says anything', async ({ page }) => {
  const meta = (await sampleFiles())[META]!;
  await expectAlert(
    page,
    await sampleWith({ [META]: meta.subarray(0, 20) }),
    META,
    /no SpikeGLX .meta|saved channels/,
    /Drop|again/,
  );
  await expect(units(page).getByRole('row')).toHaveCount(11);
});

test('an unknown type of probe', async ({ page }) => {
  const meta = new TextDecoder().decode((await sampleFiles())[META]!).replace(/imDatPrb_type=\d+/, 'imDatPrb_type=9999');
  await expectAlert(page, await sampleWith({ [META]: meta }), META, 'the probe type 9999', 'check the scale');
  await expectTraces(page);
});

test('a .meta that disagrees with its recording', async ({ page }) => {
  const bin = (await sampleFiles())[BIN]!;
  await expectAlert(page, await sampleWith({ [BIN]: bin.subarray(0, 66 * 30_000 + 7) }), BIN, '5,940,000', 'copy the file again');
  await expectTraces(page);
});

const PARAMS = "dat_path = 'raw.dat'\nn_channels_dat = 16\ndtype = 'int16'\noffset = 0\nsample_rate = 30000.\n";

function phy(change: Record<string, Uint8Array | string> = {}): TestFile[] {
  const files: Record<string, Uint8Array | string> = {
    'raw.dat': flatFile('raw.dat', 6000, 16).bytes,
    'params.py': PARAMS,
    'spike_times.npy': npyList([100, 900, 1500, 2200, 3100, 4000], '<i8'),
    'spike_clusters.npy': npyList([1, 2, 1, 2, 1, 2]),
    'channel_positions.npy': npyList(
      Array.from({ length: 32 }, (_, i) => (i % 2 === 0 ? 16 * ((i >> 1) % 2) : 20 * (i >> 2))),
      '<f4',
      '(16, 2)',
    ),
    'channel_map.npy': npyList(Array.from({ length: 16 }, (_, i) => i)),
    ...change,
  };
  return Object.entries(files).map(([name, bytes]) => ({
    name,
    bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
  }));
}

test('the undamaged folder has no alert', async ({ page }) => {
  await page.goto('/');
  await dropFiles(page, phy());
  await expect(units(page).getByRole('row')).toHaveCount(3);
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('bytes that do not divide by channels and item', async ({ page }) => {
  const raw = flatFile('raw.dat', 6000, 16).bytes;
  await expectAlert(page, phy({ 'raw.dat': raw.subarray(0, raw.length - 5) }), 'raw.dat', '16 channels', 'diagonal stripes');
  await expectTraces(page);
});

test('a channel map that is out of range', async ({ page }) => {
  const map = npyList(Array.from({ length: 16 }, (_, i) => (i === 3 ? 99 : i)));
  await expectAlert(page, phy({ 'channel_map.npy': map }), 'channel_map.npy', '99', '16 columns', 'Check n_channels_dat');
  await expectTraces(page);
});

test('spike times that are not in order', async ({ page }) => {
  const times = npyList([100, 1500, 900, 2200, 3100, 4000], '<i8');
  await expectAlert(page, phy({ 'spike_times.npy': times }), 'not in order', 'spike 2', 'were sorted by time', 'Sorting NPZ');
  await expect(units(page).getByRole('row')).toHaveCount(3);
});

test('spike times past the end', async ({ page }) => {
  const times = npyList([100, 900, 1500, 2200, 3100, 6000], '<i8');
  await expectAlert(page, phy({ 'spike_times.npy': times }), '1 of 6 spikes', '6,000 frames', 'Check that this sorting belongs');
  await expect(units(page).getByRole('row')).toHaveCount(3);
});

test('labels without spikes', async ({ page }) => {
  const table = 'cluster_id\tgroup\n1\tgood\n77\tnoise\n';
  await expectAlert(page, phy({ 'cluster_group.tsv': table }), 'cluster_group.tsv', 'cluster 77', 'no spikes', 'left out');
  await expect(units(page).getByRole('row', { name: /good/ })).toHaveCount(1);
});

test('as many clusters as spikes are missing', async ({ page }) => {
  await expectAlert(
    page,
    phy({ 'spike_clusters.npy': npyList([1, 2, 1]) }),
    '6 spike times',
    '3 spikes',
    'Drop files of the same sorting',
  );
  await expectTraces(page);
});

test('a .cbin that is cut off', async ({ page }) => {
  const { cbin, ch } = compressed(new Int16Array(flatFile('raw.dat', 6000, 16).bytes.buffer), 16, 1000);
  const files = [
    { name: 'run.ap.cbin', bytes: cbin.subarray(0, Math.floor(0.7 * cbin.length)) },
    { name: 'run.ap.ch', bytes: new TextEncoder().encode(ch) },
  ];
  await expectAlert(page, files, 'run.ap.cbin is cut off', '2,000 of 6,000 frames', 'Copy it again');
  await expectTraces(page);
});

test('several faults of one folder stand in one alert', async ({ page }) => {
  const times = npyList([100, 1500, 900, 2200, 3100, 6000], '<i8');
  await expectAlert(
    page,
    phy({ 'spike_times.npy': times, 'cluster_group.tsv': 'cluster_id\tgroup\n77\tnoise\n' }),
    'not in order',
    '1 of 6 spikes',
    'cluster 77',
  );
  expect(readIntegers(times)).toHaveLength(6);
});
