// A volume larger than memory is marked, learnt from, labelled around the crosshair and as a whole, painted, saved plane by plane, and
// kept, without an array of all its voxels; labels as large are seen, counted, scored, reported on and saved as they are read. The
// budget of the cache is made so small that 39 MB, or 9, are too many.
import { writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Page } from '@playwright/test';
import { readNpy, saveItem, textOf } from './support/exports.ts';
import { chooseFiles } from './support/open.ts';
import { hasHue, seen } from './support/pixels.ts';
import { expect, test } from './support/test.ts';
import { button, canvas, cursor, drag, fullValue, ready, slice, table } from './support/volume.ts';

const [DEPTH, SIDE] = [48, 900];
const shape = [DEPTH, SIDE, SIDE];

/** Dark rods in grey tissue, as a file of this machine. */
function image(path: string, [depth, side] = [DEPTH, SIDE]): string {
  const data = Buffer.alloc(depth * side * side);
  for (let i = 0; i < data.length; i++) {
    const [y, x] = [Math.floor(i / side) % side, i % side];
    data[i] = (x % 60 < 20 && y % 60 < 20 ? 30 : 130) + ((i * 7919) % 23);
  }
  const head = `NRRD0004\ntype: uint8\ndimension: 3\nsizes: ${side} ${side} ${depth}\nencoding: raw\n\n`;
  writeFileSync(path, Buffer.concat([Buffer.from(head), data]));
  return path;
}

async function openVast(page: Page, file: string | string[], budget = 64e6): Promise<void> {
  await page.addInitScript((cacheBudget) => {
    localStorage.setItem('somascope.preferences', JSON.stringify({ cacheBudget }));
    // Nobody is there to pick a place for the file.
    Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  }, budget);
  await page.goto('/');
  await page.getByLabel('Open files', { exact: true }).setInputFiles(file);
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
  await expect(table(page, 'Regions')).toContainText('Labelled part', { timeout: 60_000 });
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

const [depth, side] = [24, 600];
const extents = [depth, side, side];

/** Vessels 1 in the rods, cells 2 between them, axons 3 on the last planes; `shift` columns to the right. */
function labels(path: string, descr: '|u1' | '<u2', shift: number): Uint8Array {
  const plane = (axon: boolean) => {
    const out = new Uint8Array(side * side);
    for (let y = 0; y < side; y++) {
      for (let x = shift; x < side; x++) {
        const [row, col] = [y % 60, (x - shift) % 60];
        if (row < 20 && col < 20) out[y * side + x] = 1;
        else if (row > 35 && row < 45 && col > 35 && col < 45) out[y * side + x] = axon ? 3 : 2;
      }
    }
    return out;
  };
  const planes = [plane(false), plane(true)];
  const data = new Uint8Array(depth * side * side);
  for (let z = 0; z < depth; z++) data.set(planes[z < depth - 8 ? 0 : 1]!, z * side * side);
  const head = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${extents.join(', ')}), }`.padEnd(117);
  const start = Buffer.from(`\x93NUMPY\x01\x00v\x00${head}\n`, 'latin1');
  writeFileSync(path, Buffer.concat([start, new Uint8Array(descr === '|u1' ? data : Uint16Array.from(data).buffer)]));
  return data;
}

test('labels larger than memory are seen, counted, scored, reported on and saved as they are read', async ({ page }, info) => {
  test.slow();
  const truth = labels(info.outputPath('vast_pixel_labels.npy'), '|u1', 0);
  const found = labels(info.outputPath('vast_prediction.npy'), '<u2', 2);
  const names = ['vast.nrrd', 'vast_pixel_labels.npy', 'vast_prediction.npy'];
  image(info.outputPath('vast.nrrd'), [depth, side]);
  await openVast(
    page,
    names.map((name) => info.outputPath(name)),
    15e6,
  );
  await expect(page.getByRole('alert')).toHaveCount(0);
  await slice(page).fill('23');
  const box = (await canvas(page, 'XY slice').boundingBox())!;
  const edge = Math.min(box.width, box.height);
  // A voxel of the block at (340, 340), 40 voxels from the middle.
  await page.mouse.move(box.x + box.width / 2 + (40 / side) * edge, box.y + box.height / 2 + (40 / side) * edge);
  await expect(cursor(page)).toContainText('truth myelinated axon (3)');
  await expect(cursor(page)).toContainText('prediction myelinated axon (3)');
  const axons = async (name: string) => {
    const { data } = await seen(canvas(page, name));
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum += hasHue([data[i]!, data[i + 1]!, data[i + 2]!], [0, 168, 132]) ? 1 : 0;
    return sum;
  };
  await expect.poll(() => axons('XY slice')).toBeGreaterThan(500);
  await slice(page).fill('5');
  await expect.poll(() => axons('XY slice')).toBe(0);

  await expect(table(page, 'Classes').getByRole('row', { name: /cell/ })).toContainText('–');
  await button(page, 'Count').click();
  const voxels = (label: number) => found.reduce((sum, one) => sum + (one === label ? 1 : 0), 0);
  await expect.poll(() => voxelsOf(page, 'myelinated axon')).toBe(voxels(3));
  expect(await voxelsOf(page, 'cell')).toBe(voxels(2));

  await button(page, 'Score').click();
  await expect(table(page, 'Scores')).toBeVisible();
  const confusion = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  for (let i = 0; i < truth.length; i++) confusion[truth[i]!]![found[i]!]!++;
  const metrics = JSON.parse(textOf(await saveItem(page, 'Metrics JSON')));
  expect(metrics.confusion).toEqual(confusion);
  expect(metrics.slices.meanIou).toHaveLength(depth);
  await expect(page.getByText(/Not matched: that needs all cells/)).toBeVisible();

  await button(page, 'Report').click();
  const row = table(page, 'Regions').getByRole('row', { name: /Whole volume/ });
  await expect.poll(() => fullValue(row, 1)).toBeCloseTo(voxels(1) / found.length, 12);
  await expect(row.locator('td').first()).toHaveText('–');
  await expect(page.getByText(/whole volume in memory\. Number of cells, cells per mm³/)).toBeVisible();
  expect(textOf(await saveItem(page, 'Region report CSV'))).toMatch(/^Not measured: .*distance to vessels/m);

  const held = Buffer.from(found);
  const npy = readNpy((await saveItem(page, 'Prediction NPY')).bytes);
  expect([npy.descr, npy.shape]).toEqual(['|u1', extents]);
  const npz = Buffer.from((await saveItem(page, 'Prediction NPZ')).bytes);
  const start = 30 + npz.readUInt16LE(26) + npz.readUInt16LE(28);
  const member = npz.subarray(start, start + npz.readUInt32LE(18));
  expect(crc32(member)).toBe(npz.readUInt32LE(14));
  expect(readNpy(new Uint8Array(member)).shape).toEqual(extents);
  expect(member.subarray(-held.length).equals(held)).toBe(true);
  const nifti = Buffer.from((await saveItem(page, 'Prediction NIfTI')).bytes);
  expect([1, 2, 3].map((axis) => nifti.readInt16LE(40 + 2 * axis))).toEqual([side, side, depth]);
  expect(nifti.subarray(352).equals(held)).toBe(true);

  // With more room they are held whole, and scored without being asked.
  await page.getByRole('button', { name: /^Cache \d+ of 15 MB/ }).click();
  await button(page, 'Use 512 MB').click();
  await expect(page.getByText(/true cells found/)).toBeVisible({ timeout: 60_000 });
  expect(JSON.parse(textOf(await saveItem(page, 'Metrics JSON'))).confusion).toEqual(confusion);
});
