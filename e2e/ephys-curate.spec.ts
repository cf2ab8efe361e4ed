// Curating units: splits by lasso and what is saved of them, going on after a reload, links, good units, saved features, SHA-1.
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { unzip } from 'unzipit';
import { flatFile, openRecording, picture, unitRow, units } from './support/ephys.ts';
import { npyList, readIntegers, sampleFiles, sampleWith, sampleZip } from './support/ephys-sample.ts';
import { openExportMenu, saveItem, textOf } from './support/exports.ts';
import { dropFiles, type TestFile, waitForPhase } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { expect, test } from './support/test.ts';

const rows = (page: Page) => units(page).locator('tbody tr.pick');

/** Draws a lasso around the left `share` of a plot. */
async function lasso(page: Page, name: string, share: number): Promise<void> {
  const box = (await picture(page, name).boundingBox())!;
  const [left, right] = [box.x + 1, box.x + share * box.width];
  const [top, bottom] = [box.y + 2, box.y + 0.85 * box.height];
  await page.mouse.move(left, top);
  await page.mouse.down();
  for (const [x, y] of [
    [right, top],
    [right, bottom],
    [left, bottom],
    [left, top + 4],
  ] as const)
    await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.up();
}

async function showFeatures(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Features', exact: true }).click();
  await expect.poll(async () => colours(await seen(picture(page, 'Features'))), { timeout: 40_000 }).toBeGreaterThan(3);
  await waitForPhase(page, 'ready');
}

test('a lasso splits a unit; the curation JSON and phy’s files carry the split; Undo says what it undoes', async ({ page }) => {
  await openRecording(page);
  const before = readIntegers((await sampleFiles())['spike_clusters.npy']!);
  const count = before.filter((id) => id === 0).length;
  await unitRow(page, 0).click();
  await showFeatures(page);
  await lasso(page, 'Features', 0.55);
  const offer = page.getByRole('button', { name: /^Split \d+ of \d+$/ });
  await expect(offer).toContainText(`of ${count}`);
  const inside = Number(/Split (\d+)/.exec((await offer.textContent())!)![1]);
  await page.keyboard.press('k');
  await expect(rows(page)).toHaveCount(11);
  await expect(unitRow(page, 0)).toHaveCount(0);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await expect(undo).toHaveAttribute('data-tip', 'Undo: Split 0');
  const { unit_ids, splits, merges } = JSON.parse(textOf(await saveItem(page, 'Curation JSON')));
  expect(unit_ids).toHaveLength(10);
  expect(merges).toEqual([]);
  expect(splits).toHaveLength(1);
  expect(splits[0]).toMatchObject({ unit_id: 0, mode: 'indices', new_unit_ids: [11, 12] });
  const [first, second] = splits[0].indices as number[][];
  expect([first!.length, second!.length]).toEqual([inside, count - inside]);
  expect([...first!, ...second!].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  const { entries } = await unzip((await saveItem(page, 'Phy files ZIP')).bytes);
  const clusters = readIntegers(new Uint8Array(await entries['spike_clusters.npy']!.arrayBuffer()));
  expect(clusters).toHaveLength(before.length);
  const places = Array.from(before.keys()).filter((i) => before[i] === 0);
  expect(clusters.flatMap((id, i) => (id === 11 ? [i] : []))).toEqual(first!.map((place) => places[place]));
  expect(clusters.filter((_, i) => before[i] !== 0)).toEqual(before.filter((id) => id !== 0));
  await undo.click();
  await expect(rows(page)).toHaveCount(10);
  await expect(unitRow(page, 0)).toHaveCount(1);
});

test('a lasso on the amplitudes splits as well', async ({ page }) => {
  await openRecording(page);
  await unitRow(page, 1).click();
  await expect
    .poll(async () => colours(await seen(picture(page, 'Amplitude over time'))), { timeout: 40_000 })
    .toBeGreaterThan(3);
  await waitForPhase(page, 'ready');
  await lasso(page, 'Amplitude over time', 0.6);
  await page.getByRole('button', { name: /^Split \d+ of \d+$/ }).click();
  await expect(rows(page)).toHaveCount(11);
});

/** Opens the sample, calls unit 2 MUA and merges 0 and 1; returns the files, to be dropped again. */
async function openAndEdit(page: Page): Promise<TestFile[]> {
  await page.goto('/');
  const files = [await sampleZip()];
  await dropFiles(page, files);
  await expect(rows(page)).toHaveCount(10);
  await unitRow(page, 2).click();
  await page.keyboard.press('Alt+m');
  await unitRow(page, 0).click();
  await unitRow(page, 1).click({ modifiers: ['Control'] });
  await page.keyboard.press('g');
  return files;
}

test('curation comes back after a reload, for every sorting', async ({ page }) => {
  const files = await openAndEdit(page);
  await expect(rows(page)).toHaveCount(9);
  // Another sorting on screen does not lose the first one's edits.
  const good = page.getByRole('button', { name: /good units/ });
  await good.click();
  await expect(rows(page).first()).toContainText('good');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await expect(page.getByText(/^Last saved \d\d:\d\d:\d\d$/)).toBeVisible();
  await expect.poll(() => decodeURIComponent(page.url())).toContain('curated_good');
  await page.reload();
  await expect(page.getByRole('region', { name: 'Resume', exact: true })).toContainText('2 edits of the units');
  await dropFiles(page, files);
  await expect(good).toHaveAttribute('aria-current', 'true');
  await page
    .getByRole('region', { name: 'Open files', exact: true })
    .getByRole('button', { name: /9 units/ })
    .click();
  await expect(rows(page)).toHaveCount(9);
  await expect(unitRow(page, 2)).toContainText('mua');
  await expect(unitRow(page, 11)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(rows(page)).toHaveCount(10);
});

test('a curation JSON that is dropped becomes its labels, merges and splits: one step of Undo', async ({ page }) => {
  const files = await openAndEdit(page);
  await expect(unitRow(page, 11)).toHaveCount(1);
  await unitRow(page, 4).click();
  await showFeatures(page);
  await lasso(page, 'Features', 0.55);
  await page.getByRole('button', { name: /^Split \d+ of \d+$/ }).click();
  await expect(rows(page)).toHaveCount(10);
  const labels = () => rows(page).evaluateAll((list) => list.map((row) => [0, 1, 2, 3].map((i) => row.children[i]?.textContent)));
  const before = (await labels()).map(String).sort();
  const { bytes, name } = await saveItem(page, 'Curation JSON');
  await expect(page.getByText(/^Last saved \d\d:\d\d:\d\d$/)).toBeVisible();
  await page.reload();
  await dropFiles(page, files);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.click();
  await expect(unitRow(page, 0)).toHaveCount(1);
  await dropFiles(page, [{ name, bytes }]);
  await expect(page.getByText(/\d labels, 1 merge, 1 split, 0 removals\. Undo takes all of it back/)).toBeVisible();
  await expect(unitRow(page, 11)).toHaveCount(1);
  expect((await labels()).map(String).sort()).toEqual(before);
  await expect(undo).toHaveAttribute('data-tip', `Undo: Curation ${name}`);
  await undo.click();
  await expect(rows(page)).toHaveCount(10);
  await expect(unitRow(page, 0)).toHaveCount(1);
});

test('a curation that does not fit is told in one alert; units that are not there are listed', async ({ page }) => {
  await openRecording(page);
  const drop = async (curation: object) => {
    await dropFiles(page, [{ name: 'c.json', bytes: new TextEncoder().encode(JSON.stringify(curation)) }]);
    await waitForPhase(page, 'ready');
  };
  const alert = page.getByRole('alert');
  const close = () => alert.getByRole('button', { name: /Dismiss|Close/ }).click();
  await drop({ format_version: '3', unit_ids: [0] });
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText('c.json is a curation whose format_version is 3; versions 1 and 2 are read.');
  await close();
  await drop({ format_version: '2', unit_ids: [0], merges: [{ unit_ids: [0, 1] }] });
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText('the unit 1 is not among its unit_ids');
  await close();
  await drop({ format_version: '2', unit_ids: [500, 501], removed: [500] });
  await expect(alert).toContainText('has none of its 2 units');
  await close();
  await drop({
    format_version: '2',
    unit_ids: [0, 1, 77],
    removed: [0],
    manual_labels: [{ unit_id: 77, labels: { quality: ['good'] } }],
  });
  await expect(rows(page)).toHaveCount(9);
  await expect(page.getByText(/has no unit 77/)).toBeVisible();
  const { removed } = JSON.parse(textOf(await saveItem(page, 'Curation JSON')));
  expect(removed).toEqual([0]);
  const { entries } = await unzip((await saveItem(page, 'Phy files ZIP')).bytes);
  expect(await entries['cluster_group.tsv']!.text()).toContain('0\tnoise');
  const npz = (await unzip((await saveItem(page, 'Sorting NPZ')).bytes)).entries;
  expect(readIntegers(new Uint8Array(await npz['spike_labels_seg0.npy']!.arrayBuffer()))).not.toContain(0);
});

test('a link brings recording, sorting, unit and time to whoever drops the same files', async ({ page, context }) => {
  const files = await sampleWith({});
  await page.goto('/');
  await dropFiles(page, files);
  await page.getByRole('button', { name: /good units/ }).click();
  await expect(rows(page).first()).toContainText('good');
  const unit = (await rows(page).first().getByRole('rowheader').textContent())!;
  await rows(page).first().click();
  const jump = page.getByRole('spinbutton', { name: 'Jump to time', exact: true });
  await jump.fill('1.25');
  await jump.press('Enter');
  const count = await rows(page).count();
  await expect.poll(() => decodeURIComponent(page.url())).toMatch(/time=1\.25.*sorting=[^&]*curated_good.*unit=\d+/);
  const other = await context.newPage();
  await other.goto(page.url());
  await dropFiles(other, files);
  await expect(other.getByRole('spinbutton', { name: 'Jump to time', exact: true })).toHaveValue('1.250');
  await expect(rows(other)).toHaveCount(count);
  await expect(units(other).locator('tr[aria-selected="true"]')).toContainText(unit);
  await other.close();
});

test('good units alone are a sorting of their own: the source’s curated_good', async ({ page }) => {
  await openRecording(page);
  const { 'cluster_group.tsv': table, 'spike_clusters.npy': clusters } = await sampleFiles();
  const good = new Set(
    new TextDecoder()
      .decode(table)
      .split('\n')
      .flatMap((line) => (line.endsWith('\tgood') ? [Number(line.split('\t')[0])] : [])),
  );
  await page.getByRole('button', { name: /good units/ }).click();
  await expect(rows(page)).toHaveCount(good.size);
  const { entries } = await unzip((await saveItem(page, 'Sorting NPZ')).bytes);
  const labels = readIntegers(new Uint8Array(await entries['spike_labels_seg0.npy']!.arrayBuffer()));
  expect(labels).toEqual(readIntegers(clusters!).filter((id) => good.has(id)));
});

test('features that the sorter saved are shown, split and judge the units without a recording', async ({ page }) => {
  const files = await sampleFiles();
  const clusters = readIntegers(files['spike_clusters.npy']!);
  // Three components on two channels: units of even number lie left, the others right; within each, odd spikes stand apart.
  let state = 7;
  const noise = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const values = clusters.flatMap((id, i) => [10 * (id % 2) + 5 * (i % 2), 20, 3, 4, 5, 6].map((value) => value + noise()));
  const templates = 1 + Math.max(...clusters);
  await page.goto('/');
  await dropFiles(
    page,
    await sampleWith({
      'sample_g0_t0.imec0.ap.bin': null,
      'sample_g0_t0.imec0.ap.meta': null,
      'pc_features.npy': npyList(values, '<f4', `(${clusters.length}, 3, 2)`),
      'pc_feature_ind.npy': npyList(
        Array.from({ length: 2 * templates }, (_, i) => [4, 5][i % 2]!),
        '<i4',
        `(${templates}, 2)`,
      ),
      'truth.npz': null,
    }),
  );
  await expect(rows(page)).toHaveCount(10);
  await unitRow(page, 0).click();
  await showFeatures(page);
  await expect(page.getByText('saved PC 1 × PC 2, channel 5')).toBeVisible();
  await page.getByRole('button', { name: 'Compute metrics', exact: true }).click();
  await expect(page.getByText('from spike times and saved features alone')).toBeVisible({ timeout: 40_000 });
  const lines = textOf(await saveItem(page, 'Metrics CSV'))
    .trim()
    .split('\n');
  const column = lines[0]!.split(',').indexOf('nnHit');
  for (const line of lines.slice(1)) expect(Number(line.split(',')[column])).toBeGreaterThan(0);
  await lasso(page, 'Features', 0.5);
  const total = clusters.filter((id) => id === 0).length;
  await expect(page.getByRole('button', { name: /^Split \d+ of \d+$/ })).toContainText(`of ${total}`);
});

test('places and similarity that the sorter saved serve without a recording', async ({ page }) => {
  const clusters = readIntegers((await sampleFiles())['spike_clusters.npy']!);
  const templates = 1 + Math.max(...clusters);
  const similar = Array.from({ length: templates ** 2 }, (_, i) => {
    const [a, b] = [Math.floor(i / templates), i % templates];
    return a === b ? 1 : (a === 0 && b === 6) || (a === 6 && b === 0) ? 0.9 : -0.25;
  });
  await page.goto('/');
  await dropFiles(
    page,
    await sampleWith({
      'sample_g0_t0.imec0.ap.bin': null,
      'sample_g0_t0.imec0.ap.meta': null,
      'truth.npz': null,
      // Unit u lies at 100 u µm.
      'spike_positions.npy': npyList(
        clusters.flatMap((id, i) => [8, 100 * id + (i % 3) - 1]),
        '<f4',
        `(${clusters.length}, 2)`,
      ),
      'similar_templates.npy': npyList(similar, '<f4', `(${templates}, ${templates})`),
      'templates.npy': npyList(
        Array.from({ length: templates * 20 * 32 }, (_, i) => (i % 32 === 5 ? -Math.sin((Math.floor(i / 32) % 20) / 3) : 0)),
        '<f4',
        `(${templates}, 20, 32)`,
      ),
    }),
  );
  // In the middle, where the traces would be.
  await expect(page.getByRole('main').getByRole('region', { name: 'Time', exact: true })).toContainText('No raw recording');
  await expect.poll(async () => colours(await seen(picture(page, 'Drift map')))).toBeGreaterThan(3);
  await expect(page.getByRole('banner')).toContainText(`10 units${clusters.length.toLocaleString('en')} spikes`);
  // Depths are there before anything is computed.
  await expect(unitRow(page, 4)).toContainText('400');
  await unitRow(page, 0).click();
  await expect.poll(async () => colours(await seen(picture(page, 'Waveforms')))).toBeGreaterThan(3);
  await expect(page.getByRole('region', { name: 'Selected units', exact: true })).toContainText('template of the sorter');
  await page.getByRole('radio', { name: 'Features', exact: true }).click();
  const first = page.getByRole('list', { name: 'Similar units', exact: true }).getByRole('button').first();
  await expect(first).toHaveText(/^6\s*0\.90$/);
  const plots = page.getByRole('region', { name: 'Selected units', exact: true });
  await expect(plots).toContainText('needs the recording');
  await expect(plots).toContainText('as saved, µm');
  await expect.poll(async () => colours(await seen(picture(page, 'Location')))).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Compute metrics', exact: true }).click();
  await expect(unitRow(page, 4)).toContainText('400');
  await expect(unitRow(page, 6)).toContainText('600');
});

test('SHA-1: files match the addresses of an object file, or differ; one of another name is found by its content', async ({
  page,
}) => {
  const raw = flatFile('anything.dat', 3000, 4);
  const sha1 = createHash('sha1').update(raw.bytes).digest('hex');
  const object = (address: string) => ({
    recordingLabel: 'small recording',
    recordingObject: {
      recording_format: 'bin1',
      data: {
        raw: address,
        raw_num_channels: 4,
        num_frames: 3000,
        samplerate: 30_000,
        channel_ids: [0, 1, 2, 3],
        channel_map: { 0: 0, 1: 1, 2: 2, 3: 3 },
        channel_positions: { 0: [0, 0], 1: [0, 20], 2: [0, 40], 3: [0, 60] },
      },
    },
  });
  const drop = async (name: string, address: string) => {
    await page.goto('/');
    const json = new TextEncoder().encode(JSON.stringify(object(address)));
    await dropFiles(page, [
      { name, bytes: raw.bytes },
      { name: 'recording.json', bytes: json },
    ]);
    await expect(page.getByRole('region', { name: 'Recording', exact: true })).toContainText('3,000');
    await page.getByRole('tab', { name: 'About', exact: true }).click();
    await page.getByRole('button', { name: 'Check SHA-1', exact: true }).click();
    return page.getByRole('list', { name: 'SHA-1 of the files' }).getByRole('listitem');
  };
  // The address names raw.bin; the dropped file is found by its content alone.
  const same = await drop('anything.dat', `sha1://${sha1}/raw.bin`);
  await expect(same).toHaveText(`✓ anything.dat matches the address in recording.json: ${sha1}`);
  const other = await drop('raw.bin', `sha1://${'0'.repeat(40)}/raw.bin`);
  await expect(other).toHaveText(`× raw.bin differs from the address in recording.json (${'0'.repeat(40)}): ${sha1}`);
  expect(await (await openExportMenu(page)).isVisible()).toBe(true);
});
