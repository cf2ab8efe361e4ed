// A volume larger than memory is marked, learnt from, labelled around the crosshair and as a whole, painted, saved plane by plane, and
// kept, without an array of all its voxels. The budget of the cache is made so small that 39 MB are too many.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readNpy, saveItem, textOf } from './support/exports.ts';
import { chooseFiles } from './support/open.ts';
import { expect, test } from './support/test.ts';
import { button, canvas, cursor, drag, ready, table } from './support/volume.ts';

const [DEPTH, SIDE] = [48, 900];
const shape = [DEPTH, SIDE, SIDE];

/** Dark rods in grey tissue, as a file of this machine. */
function image(path: string): string {
  const data = Buffer.alloc(DEPTH * SIDE * SIDE);
  for (let i = 0; i < data.length; i++) {
    const [y, x] = [Math.floor(i / SIDE) % SIDE, i % SIDE];
    data[i] = (x % 60 < 20 && y % 60 < 20 ? 30 : 130) + ((i * 7919) % 23);
  }
  const head = `NRRD0004\ntype: uint8\ndimension: 3\nsizes: ${SIDE} ${SIDE} ${DEPTH}\nencoding: raw\n\n`;
  writeFileSync(path, Buffer.concat([Buffer.from(head), data]));
  return path;
}

async function openVast(page: Page, file: string): Promise<void> {
  await page.addInitScript(() => {
    localStorage.setItem('somascope.preferences', JSON.stringify({ cacheBudget: 64e6 }));
    // Nobody is there to pick a place for the file.
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  });
  await page.goto('/');
  await chooseFiles(page, file);
  await ready(page);
}

const voxelsOf = (page: Page, name: string) =>
  table(page, 'Classes')
    .getByRole('row', { name: new RegExp(name) })
    .locator('td')
    .nth(1)
    .getAttribute('title')
    .then((text) => Number(text?.replace(/\D/g, '')));

test('thresholds: around the crosshair, then all of it into a file that is written as it is computed', async ({ page }, info) => {
  test.slow();
  await openVast(page, image(info.outputPath('vast.nrrd')));
  await page.getByLabel('Method', { exact: true }).selectOption({ label: 'Otsu' });
  await ready(page);
  await button(page, 'Segment').click();
  await expect.poll(() => voxelsOf(page, 'blood vessel')).toBeGreaterThan(500_000);
  await ready(page);
  const near = await voxelsOf(page, 'blood vessel');
  await button(page, 'Report').click();
  await expect(table(page, 'Regions')).toContainText('Labelled part');
  await ready(page);
  await page.getByLabel('Extent', { exact: true }).selectOption({ label: 'Whole volume' });
  await button(page, 'Segment').click();
  await expect(page.getByRole('alert')).toContainText(/more than the memory/);
  const part = readNpy((await saveItem(page, 'Prediction NPY')).bytes);
  expect(part.shape).toEqual(shape);
  const all = readNpy((await saveItem(page, 'Segmentation NPY')).bytes);
  expect(all.shape).toEqual(shape);
  const rods = Array.from({ length: SIDE }, (_, i) => i).filter((i) => i % 60 < 20).length;
  const count = ({ values }: { values: ArrayLike<number> }) => Array.from(values).reduce((sum, one) => sum + one, 0);
  expect(count(part)).toBe(near);
  expect(count(all)).toBe(DEPTH * rods * rods);
});

test('scribbles are learnt, the part around the crosshair is labelled, painted on, undone, and back after a reload', async ({
  page,
}, info) => {
  test.slow();
  const file = image(info.outputPath('vast.nrrd'));
  await openVast(page, file);
  await page.getByLabel('Brush', { exact: true }).selectOption({ label: 'cell' });
  await drag(page, [100, 100], [140, 110]);
  await page.getByLabel('Brush', { exact: true }).selectOption({ label: 'background' });
  await drag(page, [160, 160], [200, 190]);
  const runs = JSON.parse(textOf(await saveItem(page, 'Scribbles JSON'))).runs;
  expect(runs.length).toBeGreaterThan(4);
  await button(page, 'Train').click();
  await expect(page.getByText(/Learnt from scribbles/)).toBeVisible();
  await ready(page);
  await expect.poll(() => voxelsOf(page, 'cell')).toBeGreaterThan(0);
  const box = (await canvas(page, 'XY slice').boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(cursor(page)).toContainText('prediction');
  const before = await table(page, 'Classes').textContent();
  await page.getByLabel('Brush', { exact: true }).selectOption({ label: 'myelinated axon' });
  await page.keyboard.press('p');
  await drag(page, [box.width / 2, box.height / 2], [box.width / 2 + 30, box.height / 2]);
  await expect.poll(() => voxelsOf(page, 'myelinated axon')).toBeGreaterThan(0);
  await button(page, 'Undo').click();
  await expect.poll(() => table(page, 'Classes').textContent()).toBe(before);
  await button(page, 'Redo').click();
  await expect.poll(() => voxelsOf(page, 'myelinated axon')).toBeGreaterThan(0);
  const painted = await table(page, 'Classes').textContent();
  await expect(page.getByText(/^Last saved \d\d:\d\d:\d\d$/)).toBeVisible();
  await page.waitForTimeout(1500);
  await page.reload();
  await chooseFiles(page, file);
  await ready(page);
  await expect.poll(() => table(page, 'Classes').textContent()).toBe(painted);
  expect(JSON.parse(textOf(await saveItem(page, 'Scribbles JSON'))).runs).toEqual(runs);
});
