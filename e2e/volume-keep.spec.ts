// Work on a volume is there again after a reload: scribbles, painted and dropped labels, roles, axes and the view; Undo takes it back.
import type { Page } from '@playwright/test';
import { saveItem, textOf } from './support/exports.ts';
import { chooseFiles, dropFiles } from './support/open.ts';
import { seen } from './support/pixels.ts';
import { zipFile } from './support/small-set.ts';
import { expect, test } from './support/test.ts';
import { button, canvas, drag, npy, openVolume, openVolumeSample, ready, slice, table } from './support/volume.ts';

const cards = (page: Page) => page.getByRole('region', { name: 'Resume', exact: true }).getByRole('listitem');
const lastSaved = (page: Page) => page.getByText(/^Last saved \d\d:\d\d:\d\d$/);
const cells = (page: Page) =>
  table(page, 'Classes').getByRole('row', { name: /cell/ }).locator('td').nth(1).getAttribute('title');

const scribbled = async (page: Page) => JSON.parse(textOf(await saveItem(page, 'Scribbles JSON'))).runs;

test('scribbles, painted labels and the view come back with Resume, as one step of Undo', async ({ page }) => {
  test.slow();
  await openVolumeSample(page);
  const untouched = await cells(page);
  await page.getByLabel('Brush', { exact: true }).selectOption({ label: 'cell' });
  await drag(page, [120, 100], [160, 110]);
  await page.keyboard.press('p');
  await drag(page, [60, 60], [110, 80]);
  await expect.poll(() => cells(page)).not.toBe(untouched);
  const painted = await cells(page);
  const runs = await scribbled(page);
  expect(runs.length).toBeGreaterThan(3);
  await page.getByLabel('Method', { exact: true }).selectOption({ label: 'Otsu' });
  await expect(table(page, 'Classes').locator('..').locator('..')).toContainText('Otsu');
  await ready(page);
  const otsu = await table(page, 'Classes').textContent();
  await slice(page).fill('9');
  await expect(lastSaved(page)).toBeVisible();
  // Otsu follows to the slice that is shown now.
  await expect.poll(() => table(page, 'Classes').textContent()).not.toBe(otsu);
  const both = await table(page, 'Classes').textContent();
  await page.waitForTimeout(400);

  await page.reload();
  await expect(cards(page)).toHaveCount(1);
  await expect(cards(page)).toContainText(/2 layers, \d+ voxels scribbled, edited/);
  await cards(page).getByRole('button', { name: 'Resume' }).click();
  await ready(page);
  await expect(slice(page)).toHaveValue('9');
  await expect(page.getByLabel('Method', { exact: true })).toHaveValue('otsu');
  await expect.poll(() => table(page, 'Classes').textContent()).toBe(both);
  expect(await scribbled(page)).toEqual(runs);
  await page.getByRole('button', { name: /^Show .*pred_pixel/ }).click();
  await expect.poll(() => cells(page)).toBe(painted);
  await button(page, 'Undo').click();
  await expect.poll(() => cells(page)).toBe(untouched);
  await expect(page.getByLabel('Fill of Otsu', { exact: true })).toHaveCount(0);
  await button(page, 'Redo').click();
  await expect.poll(() => table(page, 'Classes').textContent()).toBe(both);
});

test('a prediction that was dropped, axes and roles come back when the same file is opened', async ({ page }) => {
  const data = Uint8Array.from({ length: 6 * 20 * 30 }, (_, i) => (i * 31) % 250);
  const labels = Uint8Array.from({ length: 6 * 20 * 30 }, (_, i) => (i >> 4) % 4);
  const items = [npy('tissue_image.npy', [6, 20, 30], data), npy('tissue_labels.npy', [6, 20, 30], labels)];
  const files = [
    await zipFile(
      'tissue.zip',
      items.map(({ name, bytes }) => ({ name, data: bytes })),
    ),
  ];
  await openVolume(page, files);
  await page.getByLabel(/^Axes of .*tissue_image/).selectOption('xyz');
  await expect(page.getByLabel('Facts')).toContainText('30 × 20 × 6');
  await ready(page);
  await page.getByLabel(/^Role of .*tissue_labels/).selectOption('prediction');
  await ready(page);
  await dropFiles(page, [npy('mine_prediction.npy', [30, 20, 6], Uint8Array.from(labels).reverse())]);
  await expect(page.getByRole('heading', { name: 'Classes' }).locator('..')).toContainText('mine_prediction');
  await ready(page);
  const before = await table(page, 'Classes').textContent();
  await expect(lastSaved(page)).toBeVisible();
  await page.waitForTimeout(400);
  await page.reload();
  await expect(cards(page)).toContainText('1 layer, edited');
  await chooseFiles(page, files);
  await ready(page);
  await expect(page.getByLabel(/^Axes of .*tissue_image/)).toHaveValue('xyz');
  await expect(page.getByLabel(/^Role of .*tissue_labels/)).toHaveValue('prediction');
  await expect(page.getByRole('heading', { name: 'Classes' }).locator('..')).toContainText('mine_prediction');
  await expect.poll(() => table(page, 'Classes').textContent()).toBe(before);
  await expect(page.getByText('kept', { exact: true })).toBeVisible();
});

test('a ruler and what was learnt come back, so that Segment goes on without training', async ({ page }) => {
  test.slow();
  await openVolumeSample(page);
  await page.getByLabel('Brush', { exact: true }).selectOption({ label: 'cell' });
  await drag(page, [120, 100], [160, 110]);
  await page.getByLabel('Brush', { exact: true }).selectOption({ label: 'background' });
  await drag(page, [180, 160], [210, 170]);
  await button(page, 'Train').click();
  await expect(page.getByText(/Learnt from scribbles, \d+ voxels/)).toBeVisible();
  await ready(page);
  // Other marks than those that were learnt: what comes back is what was learnt.
  await drag(page, [60, 60], [110, 80]);
  await page.keyboard.press('m');
  const box = (await canvas(page, 'XY slice').boundingBox())!;
  await page.mouse.click(box.x + 120, box.y + 80);
  await page.mouse.click(box.x + 200, box.y + 140);
  await page.mouse.move(box.x + 4, box.y + 4);
  const learnt = await page.getByText(/Learnt from scribbles/).textContent();
  await expect(lastSaved(page)).toBeVisible();
  await page.waitForTimeout(1200);

  await page.reload();
  await expect(cards(page)).toContainText('a trained classifier');
  await cards(page).getByRole('button', { name: 'Resume' }).click();
  await ready(page);
  await expect(page.getByText(/Learnt from scribbles/)).toHaveText(learnt!);
  const xy = canvas(page, 'XY slice');
  const measured = await seen(xy);
  await page.keyboard.press('m');
  await expect.poll(async () => Buffer.compare((await seen(xy)).data, measured.data)).not.toBe(0);
  await button(page, 'Segment').click();
  await ready(page);
  await expect(page.getByRole('heading', { name: 'Classes' }).locator('..')).toContainText('Random forest');
  await expect(page.getByText(/Learnt from scribbles/)).toHaveText(learnt!);
});
