// Neuropixels on the sample: traces, time, chain, probe, units, drift.
import type { Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { openRecording, picture, unitRow, units } from './support/ephys.ts';
import { readNpy, saveItem, textOf } from './support/exports.ts';
import { waitForPhase } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { expect, test } from './support/test.ts';

const jumpField = (page: Page) => page.getByRole('spinbutton', { name: 'Jump to time', exact: true });

async function point(page: Page, name: string, x: number, y: number): Promise<string> {
  const box = (await picture(page, name).boundingBox())!;
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  return (await page.getByLabel('Cursor', { exact: true }).textContent()) ?? '';
}

async function computeMetrics(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Compute metrics', exact: true }).click();
  await expect(page.getByText('Metrics computed')).toBeVisible({ timeout: 80_000 });
  await waitForPhase(page, 'ready');
}

test('the sample opens with its facts, is drawn, and the cursor reads seconds, channel and microvolts', async ({ page }) => {
  await openRecording(page);
  const facts = page.getByRole('region', { name: 'Recording', exact: true });
  for (const text of ['SpikeGLX', '30,000 Hz', '90,000', '32 + 1 digital', '32 electrodes', '3 s', '5.94 MB'])
    await expect(facts).toContainText(text);
  await expect.poll(async () => colours(await seen(picture(page, 'Traces')))).toBeGreaterThan(10);
  await expect.poll(async () => colours(await seen(picture(page, 'Probe')))).toBeGreaterThan(30);
  expect(await point(page, 'Traces', 0.5, 0.5)).toMatch(/^0\.0\d+ sch AP\d+−?[\d.]+ µV$/);
  await expect(page.getByRole('status', { name: 'Status' })).toHaveText('Ready');
});

test('time: field, slider, keys, play, the next spike of a unit, and the address', async ({ page }) => {
  await openRecording(page);
  await jumpField(page).fill('1.5');
  await jumpField(page).press('Enter');
  await expect(jumpField(page)).toHaveValue('1.500');
  const slider = page.getByRole('slider', { name: 'Time', exact: true });
  expect(Number(await slider.inputValue())).toBeCloseTo(1.5, 3);
  await slider.fill('0.75');
  await expect(jumpField(page)).toHaveValue('0.750');
  // The slider keeps the arrow keys to itself while it has the focus.
  await slider.blur();
  await page.keyboard.press('Home');
  await expect(jumpField(page)).toHaveValue('0.000');
  await page.keyboard.press('ArrowRight');
  await expect(jumpField(page)).toHaveValue('0.025');
  await unitRow(page, 0).click();
  await waitForPhase(page, 'ready');
  const before = Number(await jumpField(page).inputValue());
  await page.getByRole('button', { name: 'Next spike', exact: true }).click();
  await expect.poll(async () => Number(await jumpField(page).inputValue())).not.toBe(before);
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/time=[\d.]+.*unit=0/);
  await page.getByLabel('Speed', { exact: true }).selectOption('1');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const start = Number(await jumpField(page).inputValue());
  await expect.poll(async () => Number(await jumpField(page).inputValue())).toBeGreaterThan(start);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
});

test('zoom from the whole recording to single samples; lines, heat map and both', async ({ page }) => {
  await openRecording(page);
  await picture(page, 'Traces').hover();
  await page.keyboard.press('f');
  const window = page.getByRole('spinbutton', { name: 'Window', exact: true });
  await expect(window).toHaveValue('3000.0');
  await waitForPhase(page, 'ready');
  await expect.poll(async () => colours(await seen(picture(page, 'Traces')))).toBeGreaterThan(10);
  await window.fill('0.2');
  await window.press('Enter');
  await expect(window).toHaveValue('0.2');
  for (const mode of ['Heat map', 'Both', 'Lines']) {
    await page.getByRole('radio', { name: mode, exact: true }).click();
    await waitForPhase(page, 'ready');
    await expect.poll(async () => colours(await seen(picture(page, 'Traces')))).toBeGreaterThan(5);
  }
});

test('every switch of the chain changes the picture, and A/B shows both', async ({ page }) => {
  await openRecording(page);
  await page.getByRole('radio', { name: 'Heat map', exact: true }).click();
  await waitForPhase(page, 'ready');
  const look = async () => {
    await waitForPhase(page, 'ready');
    await page.mouse.move(0, 0);
    return Buffer.from(await picture(page, 'Traces').screenshot()).toString('base64');
  };
  let last = await look();
  for (const step of ['Common reference', 'High-pass', 'Destripe', 'Band-pass', 'Phase shift', 'Whitening']) {
    const toggle = page.getByRole('switch', { name: step, exact: true });
    const was = await toggle.getAttribute('aria-checked');
    await toggle.click();
    await expect(toggle).toHaveAttribute('aria-checked', was === 'true' ? 'false' : 'true');
    await expect.poll(look, { message: step }).not.toBe(last);
    last = await look();
  }
  await page.getByRole('radio', { name: 'Result and raw', exact: true }).click();
  await expect.poll(look).not.toBe(last);
});

test('the probe moves the traces; a lasso chooses electrodes', async ({ page }) => {
  await openRecording(page);
  const box = (await picture(page, 'Probe').boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 4);
  await page.mouse.down();
  for (const [x, y] of [
    [100, 4],
    [100, 180],
    [30, 180],
  ] as const)
    await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
  await page.mouse.up();
  const all = page.getByRole('button', { name: /chosen, show all$/ });
  await expect(all).toBeVisible();
  await all.click();
  await expect(all).toBeHidden();
});

test('metrics: at least fifteen columns, presets with counts, sort, filter, CSV', async ({ page }) => {
  test.slow();
  await openRecording(page);
  await computeMetrics(page);
  expect(await units(page).getByRole('columnheader').count()).toBeGreaterThanOrEqual(17);
  const quality = page.getByRole('region', { name: 'Quality', exact: true });
  await expect(quality).toContainText('of 10 judged units pass all 5 criteria');
  for (const criterion of ['ISI violations', 'Amplitude cutoff', 'Presence, 99 bins', 'NN hit rate', 'SNR']) {
    await expect(quality.getByRole('listitem').filter({ hasText: criterion })).toContainText(/\d+ pass/);
  }
  await page.getByLabel('Preset', { exact: true }).selectOption({ label: 'Svoboda' });
  await expect(quality).toContainText('Isolation distance');
  await units(page).getByRole('button', { name: 'Number of spikes', exact: true }).click();
  const counts = (
    await units(page)
      .locator('tbody tr.pick')
      .evaluateAll((rows) => rows.map((row) => row.children[3]!.textContent!))
  ).map(Number);
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  await page.getByRole('searchbox', { name: 'Filter units' }).fill('spikes > 100 good');
  await expect(units(page).locator('tbody tr.pick')).not.toHaveCount(10);
  await page.getByRole('searchbox', { name: 'Filter units' }).fill('');
  const lines = textOf(await saveItem(page, 'Metrics CSV'))
    .trim()
    .split('\n');
  expect(lines).toHaveLength(11);
  expect(lines[0]!.split(',').length).toBeGreaterThanOrEqual(17);
  const snr = lines[0]!.split(',').indexOf('snr');
  for (const line of lines.slice(1)) expect(Number(line.split(',')[snr])).toBeGreaterThan(1);
  const templates = readNpy((await saveItem(page, 'Templates NPY')).bytes);
  expect(templates.shape).toEqual([10, 90, 32]);
});

test('selected units are drawn; labels, merge, undo and redo', async ({ page }) => {
  await openRecording(page);
  await unitRow(page, 0).click();
  await unitRow(page, 1).click({ modifiers: ['Control'] });
  for (const name of ['Waveforms', 'Autocorrelogram', 'Cross-correlogram', 'Amplitude over time']) {
    await expect
      .poll(async () => colours(await seen(picture(page, name))), { message: name, timeout: 40_000 })
      .toBeGreaterThan(3);
  }
  await page.getByRole('radio', { name: 'Features', exact: true }).click();
  for (const name of ['Interspike intervals', 'Features', 'Location']) {
    await expect.poll(async () => colours(await seen(picture(page, name))), { message: name }).toBeGreaterThan(3);
  }
  await page.keyboard.press('Alt+n');
  await expect(unitRow(page, 0)).toContainText('noise');
  await page.keyboard.press('g');
  await expect(unitRow(page, 11)).toBeVisible();
  await expect(unitRow(page, 0)).toHaveCount(0);
  await expect(units(page).locator('tbody tr.pick')).toHaveCount(9);
  const curation = JSON.parse(textOf(await saveItem(page, 'Curation JSON')));
  expect(curation.merges).toEqual([{ unit_ids: [0, 1], new_unit_id: 11 }]);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(units(page).locator('tbody tr.pick')).toHaveCount(10);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(unitRow(page, 0)).toContainText('good');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(unitRow(page, 0)).toContainText('noise');
});

test('drift: estimated against the imposed motion', async ({ page }) => {
  test.slow();
  await openRecording(page);
  await page.getByRole('button', { name: 'Estimate drift', exact: true }).click();
  const error = page.getByText(/^[\d.]+ µm$/);
  await expect(error).toBeVisible({ timeout: 80_000 });
  expect(Number.parseFloat((await error.textContent())!)).toBeLessThan(3);
  await expect.poll(async () => colours(await seen(picture(page, 'Drift map')))).toBeGreaterThan(10);
  await page.getByRole('tab', { name: 'Depth board' }).click();
  await expect.poll(async () => colours(await seen(picture(page, 'Depth board')))).toBeGreaterThan(30);
  await page.getByRole('tab', { name: 'Raster' }).click();
  await expect.poll(async () => colours(await seen(picture(page, 'Raster')))).toBeGreaterThan(3);
});

test('axe finds nothing, dark and light, wide and narrow', async ({ page }) => {
  test.slow();
  await openRecording(page);
  await unitRow(page, 0).click();
  await waitForPhase(page, 'ready');
  for (const theme of ['Light theme', 'Dark theme']) {
    for (const tab of ['Drift map', 'Depth board', 'Raster', 'Agreement', 'About']) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await page.mouse.move(0, 0);
      await expectNoFaults(page);
    }
    await page.getByRole('button', { name: theme, exact: true }).click();
  }
  await page.setViewportSize({ width: 390, height: 844 });
  for (const tab of await page.getByRole('tablist', { name: 'Panels', exact: true }).getByRole('tab').all()) {
    await tab.click();
    await expectNoFaults(page);
  }
});

test('the catalogue lists nine recordings and four sortings', async ({ page }) => {
  await openRecording(page);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /sample/ })
    .click();
  await page.getByRole('menuitem', { name: 'Catalogue', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Recordings', exact: true }).getByRole('row')).toHaveCount(10);
  await expect(page.getByRole('table', { name: 'Sortings', exact: true }).getByRole('row')).toHaveCount(5);
});
