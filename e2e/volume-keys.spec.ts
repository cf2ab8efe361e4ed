// The keys of the volume view are neuroglancer's where it has one for the same thing; the keyboard help lists them all.
import type { Page } from '@playwright/test';
import { type Picture, seen } from './support/pixels.ts';
import { expect, test } from './support/test.ts';
import { canvas, cursor, npy, openVolume, openVolumeSample, slice, table } from './support/volume.ts';

/** A control that was clicked keeps the focus, and with it arrows and Space. */
const leave = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());

test('arrows, comma and full stop, pages, Home and End go through the volume', async ({ page }) => {
  await openVolumeSample(page);
  const at = async () => Number(await slice(page).inputValue());
  const start = await at();
  const press = async (keys: string, z: number) => {
    await page.keyboard.press(keys);
    await expect(slice(page), keys).toHaveValue(String(z));
  };
  await press('.', start + 1);
  await press(',', start);
  await press('PageDown', start + 10);
  await press('PageUp', start);
  await press('Home', 0);
  await press(',', 0);
  await press('End', 47);
  const plane = (name: string) => page.getByRole('radio', { name, exact: true });
  await plane('YZ').click();
  const x = await at();
  await leave(page);
  await press('ArrowRight', x + 1);
  await press('ArrowLeft', x);
  await plane('XZ').click();
  const y = await at();
  await leave(page);
  await press('ArrowDown', y + 1);
  await press('ArrowUp', y);
});

test('o hides labels and shows them again as they were; numbers show layers; b, a and space change the picture', async ({
  page,
}) => {
  await openVolumeSample(page);
  const overlay = (name: string) => page.getByRole('radio', { name, exact: true });
  await overlay('Errors').click();
  await page.keyboard.press('o');
  await expect(overlay('None')).toBeChecked();
  await page.keyboard.press('o');
  await expect(overlay('Errors')).toBeChecked();
  await expect(page.getByRole('button', { name: /^Hide .*\/pixel_labels/ })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: /^Show .*\/pixel_labels/ })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: /^Hide .*\/pixel_labels/ })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('checkbox', { name: 'Crosshair', exact: true })).not.toBeChecked();
  const xy = canvas(page, 'XY slice');
  const withBar = await seen(xy);
  await page.keyboard.press('b');
  await expect.poll(async () => Buffer.compare((await seen(xy)).data, withBar.data)).not.toBe(0);
  await leave(page);
  await page.keyboard.press(' ');
  await expect(canvas(page, 'XZ slice')).toHaveCount(0);
  await page.keyboard.press(' ');
  await expect(canvas(page, 'XZ slice')).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByRole('checkbox', { name: 'Oblique', exact: true })).toBeChecked();
  await page.keyboard.press('z');
  await expect(page.getByRole('checkbox', { name: 'Oblique', exact: true })).not.toBeChecked();
});

test('s shows the slices in 3-D, where they follow the crosshair, and takes them away', async ({ page }) => {
  await openVolumeSample(page);
  const solid = canvas(page, '3-D');
  const slices = page.getByRole('checkbox', { name: 'Slices', exact: true });
  const differs = (before: Picture) => expect.poll(async () => Buffer.compare((await seen(solid)).data, before.data)).not.toBe(0);
  const without = await seen(solid);
  await page.keyboard.press('s');
  await expect(slices).toBeChecked();
  await differs(without);
  const here = await seen(solid);
  await page.keyboard.press('Home');
  await differs(here);
  await page.keyboard.press('s');
  await expect(slices).not.toBeChecked();
});

test('l gives labels without a class other colours, and keeps those of classes', async ({ page }) => {
  const labels = Uint8Array.from({ length: 4 * 16 * 16 }, (_, i) => 1 + (Math.floor(i / 32) % 6));
  const image = Uint8Array.from({ length: 4 * 16 * 16 }, (_, i) => (i * 7) % 200);
  await openVolume(page, [npy('grains_image.npy', [4, 16, 16], image), npy('grains_labels.npy', [4, 16, 16], labels)]);
  const swatch = (name: string) =>
    table(page, 'Classes')
      .getByRole('row', { name })
      .locator('.sw')
      .evaluate((element) => (element as HTMLElement).style.background);
  const xy = canvas(page, 'XY slice');
  await expect(table(page, 'Classes').getByRole('row', { name: /label 5/ })).toBeVisible();
  const colour = await swatch('label 5');
  const before = await seen(xy);
  await page.keyboard.press('l');
  await expect.poll(() => swatch('label 5')).not.toBe(colour);
  await expect.poll(async () => Buffer.compare((await seen(xy)).data, before.data)).not.toBe(0);
});

test('h opens the keyboard help, which lists them', async ({ page }) => {
  await openVolumeSample(page);
  await page.keyboard.press('h');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(help).toBeVisible();
  for (const line of [
    'z − 1',
    'z + 10',
    'Labels: show or hide',
    'Slices in 3-D',
    'Other colours for labels without a class',
    'One picture or four',
  ])
    await expect(help).toContainText(line);
  for (const line of ['Upright slices', 'Scale bar', 'Crosshair', 'Layer 1', 'Worst slice', 'Auto contrast', 'Paint labels'])
    await expect(help).toContainText(line);
});

test('labels of more than a byte have one colour in picture, table and read-out, and are hidden by it', async ({ page }) => {
  const wide = Uint16Array.from({ length: 4 * 16 * 16 }, (_, i) => (i % 256 < 128 ? 700 : 20_000));
  const image = Uint8Array.from({ length: 4 * 16 * 16 }, (_, i) => (i * 7) % 200);
  await openVolume(page, [
    npy('nuclei_image.npy', [4, 16, 16], image),
    npy('nuclei_labels.npy', [4, 16, 16], new Uint8Array(wide.buffer), '<u2'),
  ]);
  const row = table(page, 'Classes').getByRole('row', { name: /label 700/ });
  const colour = await row.locator('.sw').evaluate((element) => (element as HTMLElement).style.background);
  const xy = canvas(page, 'XY slice');
  const box = (await xy.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
  await expect(cursor(page)).toContainText('label 700');
  expect(
    await cursor(page)
      .locator('.sw')
      .evaluate((element) => (element as HTMLElement).style.background),
  ).toBe(colour);
  await page.mouse.move(0, 0);
  const before = await seen(xy);
  await page.getByRole('button', { name: 'Hide label 700' }).click();
  await expect(page.getByRole('button', { name: 'Show label 700' })).toBeVisible();
  await page.mouse.move(0, 0);
  await expect.poll(async () => Buffer.compare((await seen(xy)).data, before.data)).not.toBe(0);
});
