// Containers of the golden set, dropped on the built page: the slice that is saved again has the voxels that were written.
import { readFileSync } from 'node:fs';
import { readNpy, saveItem } from './support/exports.ts';
import { chooseFiles } from './support/open.ts';
import { goldenPath, needSharedData } from './support/real-data.ts';
import { expect, test } from './support/test.ts';
import { button, ready, slice, table } from './support/volume.ts';

const [DEPTH, HEIGHT, WIDTH] = [11, 21, 37];
const golden = (name: string) => goldenPath(`volume/formats/${name}`);
const reference = (what: string) => readNpy(new Uint8Array(readFileSync(golden(`reference_${what}_u8.npy`)))).values;

const IMAGES = [
  'u8.nii',
  'u8.nii.gz',
  'u8_raw.nrrd',
  'u8_ascii.nrrd',
  'bossdb_cutout.npygz',
  'ome_zarr_v2_gzip.zip',
  'ome_zarr_v2_raw.zip',
  'ome_zarr_v2_blosc.zip',
  'ome_zarr_v2_zstd.zip',
  'ome_zarr_v3_gzip.zip',
  'ome_zarr_v3_sharded.zip',
];
/** What movies look like, until somebody says that it is a volume. */
const MOVIES = [
  'u8.npy',
  'u8_fortran.npy',
  'big.tif',
  'multipage_lzw.tif',
  'multipage_packbits.tif',
  'tiff_stack.zip',
  'stored.npz',
];
const LABELS = ['labels_u64.npy', 'deflated.npz', 'png_label_stack.zip'];

test('images in every kind of container have the voxels that were written', async ({ page }) => {
  needSharedData();
  test.setTimeout(240_000);
  const voxels = reference('image');
  for (const file of [...IMAGES, ...MOVIES]) {
    await page.goto('/');
    await chooseFiles(page, golden(file));
    if (MOVIES.includes(file)) {
      await expect(page.locator('main'), file).toHaveAttribute('data-phase', 'ready');
      await page.getByRole('banner').locator('button').first().click();
      await page.getByRole('menuitem', { name: 'Treat as volume', exact: true }).click();
    }
    await ready(page);
    await expect(page.getByLabel('Facts'), file).toContainText(`${DEPTH} × ${HEIGHT} × ${WIDTH}`);
    await slice(page).fill('7');
    const saved = readNpy((await saveItem(page, 'Slice NPY')).bytes);
    expect(saved.shape, file).toEqual([HEIGHT, WIDTH]);
    const plane = voxels.subarray(7 * HEIGHT * WIDTH, 8 * HEIGHT * WIDTH);
    expect(Array.from(saved.values), file).toEqual(Array.from(plane));
    await expect(page.getByRole('alert'), file).toHaveCount(0);
  }
});

test('labels in every kind of container have the voxels that were written', async ({ page }) => {
  needSharedData();
  const counts = [0, 0, 0, 0];
  for (const label of reference('labels')) counts[label]!++;
  for (const file of LABELS) {
    await page.goto('/');
    await chooseFiles(page, golden(file));
    await ready(page);
    for (const [label, count] of counts.entries()) {
      const cell = table(page, 'Classes').locator('tbody tr').nth(label).locator('td').nth(1);
      await expect(cell, `${file} ${label}`).toHaveAttribute('title', `${count.toLocaleString('en-US')} voxels`);
    }
  }
});

test('each of the volumes in one HDF5 file is a layer', async ({ page }) => {
  needSharedData();
  await page.goto('/');
  await chooseFiles(page, golden('vol.h5'));
  await ready(page);
  for (const name of ['contig', 'image', 'labels'])
    await expect(page.getByLabel(new RegExp(`^Role of .*/${name}$`))).toBeVisible();
  await expect(button(page, 'Export')).toBeVisible();
});
