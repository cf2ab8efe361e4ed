// Bad input for the volume view, from real drops: one alert each that says what is wrong, and what can be shown is shown.
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { chooseFiles, dropFiles, jsonFile, type TestFile } from './support/open.ts';
import { text, zipFile } from './support/small-set.ts';
import { expect, test } from './support/test.ts';
import { npy, openVolume, openVolumeSample, ready, table } from './support/volume.ts';

const SHAPE = [6, 20, 24] as const;
const VOXELS = 6 * 20 * 24;
const image = Uint8Array.from({ length: VOXELS }, (_, i) => (i * 37) % 251);
const labels = Uint8Array.from({ length: VOXELS }, (_, i) => (i >> 5) % 4);
const alerts = (page: Page) => page.getByRole('alert');

async function expectAlert(page: Page, says: readonly (string | RegExp)[]): Promise<void> {
  await expect(alerts(page)).toHaveCount(1);
  for (const words of says) await expect(alerts(page)).toContainText(words);
}

/** NIfTI-1 of uint8, 24 × 20 × 6, 352 bytes of header. */
function nifti(): Uint8Array {
  const head = new DataView(new ArrayBuffer(352));
  head.setInt32(0, 348, true);
  for (const [i, extent] of [3, 24, 20, 6, 1, 1, 1, 1].entries()) head.setInt16(40 + 2 * i, extent, true);
  head.setInt16(70, 2, true);
  head.setInt16(72, 8, true);
  for (let i = 0; i < 4; i++) head.setFloat32(76 + 4 * i, 1, true);
  head.setFloat32(108, 352, true);
  new Uint8Array(head.buffer).set(new TextEncoder().encode('n+1\0'), 344);
  return Buffer.concat([new Uint8Array(head.buffer), image]);
}

const nrrd = (fields: string, data: Uint8Array) =>
  Buffer.concat([Buffer.from(`NRRD0004\ntype: uint8\ndimension: 3\nsizes: 24 20 6\n${fields}\n\n`), data]);

const zarray = (more: Record<string, unknown>) => ({
  zarr_format: 2,
  shape: SHAPE,
  chunks: SHAPE,
  dtype: '|u1',
  compressor: null,
  fill_value: 0,
  order: 'C',
  filters: null,
  ...more,
});

const zarr = (more: Record<string, unknown>, chunk: Uint8Array = image) =>
  zipFile('volume.zarr.zip', [
    { name: 'volume.zarr/.zarray', data: text(zarray(more)) },
    { name: 'volume.zarr/0.0.0', data: chunk },
  ]);

const precomputed = (scale: Record<string, unknown>, type: Record<string, unknown> = {}) => {
  const base = { key: 'full', size: [24, 20, 6], resolution: [1170, 1170, 1170], chunk_sizes: [[24, 20, 6]], encoding: 'raw' };
  const info = { type: 'image', data_type: 'uint8', num_channels: 1, scales: [{ ...base, ...scale }], ...type };
  return zipFile('volume.zip', [
    { name: 'volume/info', data: text(info) },
    { name: 'volume/full/0-24_0-20_0-6', data: image },
  ]);
};

const one = (name: string, bytes: Uint8Array) => async (): Promise<TestFile> => ({ name, bytes: Uint8Array.from(bytes) });

const REFUSED: readonly { what: string; make: () => Promise<TestFile>; says: readonly (string | RegExp)[] }[] = [
  {
    what: 'a NIfTI file that is cut off',
    make: one('cut.nii', nifti().subarray(0, 1500)),
    says: ['cut.nii', /1,?500|ends|promises/],
  },
  {
    what: 'a gzipped NIfTI file that is cut off',
    make: one('cut.nii.gz', gzipSync(nifti()).subarray(0, -40)),
    says: ['cut.nii.gz'],
  },
  { what: 'a NRRD file that is cut off', make: one('cut.nrrd', nrrd('encoding: raw', image.subarray(0, 99))), says: ['99'] },
  { what: 'a NRRD file packed with bzip2', make: one('b.nrrd', nrrd('encoding: bz2', image)), says: ['bzip2'] },
  {
    what: 'a NRRD header without its data',
    make: one('v.nhdr', nrrd('encoding: raw\ndata file: v.raw', image)),
    says: ['v.raw'],
  },
  {
    what: 'text called .nii',
    make: one('notes.nii', Buffer.from('these are notes, not voxels\n'.repeat(40))),
    says: ['notes.nii'],
  },
  { what: 'an array called .nrrd', make: one('array.nrrd', npy('x.npy', SHAPE, image).bytes), says: ['array.nrrd'] },
  {
    what: 'a picture called .h5',
    make: one('odd.h5', Buffer.from('\x89PNG\r\n\x1a\n'.padEnd(3000, 'x'), 'latin1')),
    says: ['odd.h5'],
  },
  { what: 'a zarr compressor that is not read', make: () => zarr({ compressor: { id: 'lzma' } }), says: ['lzma'] },
  { what: 'a zarr chunk that is cut off', make: () => zarr({}, image.subarray(0, 50)), says: [/50|ends|fewer/] },
  { what: 'a zarr type that is not read', make: () => zarr({ dtype: '<c8' }), says: ['<c8'] },
  { what: 'a precomputed encoding that is not read', make: () => precomputed({ encoding: 'jxl' }), says: ['jxl'] },
  { what: 'a precomputed type that is not read', make: () => precomputed({}, { data_type: 'float64' }), says: ['float64'] },
];

for (const { what, make, says } of REFUSED) {
  test(`${what} is refused in one alert, and the next file opens`, async ({ page }) => {
    await page.goto('/');
    await chooseFiles(page, [await make()]);
    await expectAlert(page, says);
    await chooseFiles(page, [{ name: 'whole.nii', bytes: nifti() }]);
    await ready(page);
    await expect(page.getByLabel('Facts')).toContainText('6 × 20 × 24');
  });
}

test('labels that do not lie on their image: both shapes are said, the image is shown', async ({ page }) => {
  const items = [npy('tissue_image.npy', SHAPE, image), npy('tissue_labels.npy', [5, 20, 24], labels.subarray(0, 5 * 480))].map(
    ({ name, bytes }) => ({ name, data: bytes }),
  );
  await page.goto('/');
  await chooseFiles(page, [await zipFile('tissue.zip', items)]);
  await expectAlert(page, ['5 × 20 × 24', '6 × 20 × 24']);
  await ready(page);
  await expect(page.getByLabel('Facts')).toContainText('6 × 20 × 24');
});

test('labels outside the classes are counted and listed, shown by number, and left out of the scores', async ({ page }) => {
  const odd = Uint8Array.from(labels);
  odd.fill(9, 0, 7);
  odd.fill(12, 100, 103);
  await openVolume(page, [npy('tissue_image.npy', SHAPE, image), npy('tissue_pixel_labels.npy', SHAPE, labels)]);
  await dropFiles(page, [npy('prediction.npy', SHAPE, odd)]);
  await expectAlert(page, ['10 voxels', '9 (7)', '12 (3)']);
  await expect(table(page, 'Classes')).toContainText('unknown label 9');
  await expect(table(page, 'Scores').getByRole('row')).toHaveCount(5);
  await expect(page.getByText('Outside the classes: 9 (7 voxels), 12 (3 voxels)')).toBeVisible();
});

test('float labels: whole numbers are taken and said so, others are refused with the first of them', async ({ page }) => {
  await openVolume(page, [{ name: 'tissue.nii', bytes: nifti() }]);
  const floats = (change: (values: Float32Array) => void) => {
    const values = Float32Array.from(labels);
    change(values);
    return new Uint8Array(values.buffer);
  };
  await dropFiles(page, [
    npy(
      'whole_labels.npy',
      SHAPE,
      floats(() => {}),
      '<f4',
    ),
  ]);
  await expect(page.getByText('The labels are float32 numbers; all of them are whole')).toBeVisible();
  await expect(table(page, 'Classes').getByRole('row')).toHaveCount(5);
  await expect(alerts(page)).toHaveCount(0);
  await dropFiles(page, [
    npy(
      'half_labels.npy',
      SHAPE,
      floats((values) => values.fill(1.5, 500, 501)),
      '<f4',
    ),
  ]);
  await expectAlert(page, ['1.5 at z 1, y 0, x 20 is no label', 'whole numbers']);
});

test('labels of 64 bits beyond 2^53 and beyond 32 bits are told', async ({ page }) => {
  await openVolume(page, [{ name: 'tissue.nii', bytes: nifti() }]);
  const wide = BigUint64Array.from(labels, BigInt);
  wide[3] = 2n ** 53n + 1n;
  await dropFiles(page, [npy('huge_labels.npy', SHAPE, new Uint8Array(wide.buffer), '<u8')]);
  await expectAlert(page, ['1 of the 64-bit integers are 2^53 or more (the first is 9007199254740993)']);
  const large = BigUint64Array.from(labels, BigInt);
  large.fill(2n ** 40n, 0, 4);
  await dropFiles(page, [npy('large_labels.npy', SHAPE, new Uint8Array(large.buffer), '<u8')]);
  await expect(page.getByText('4 voxels have labels beyond 32 bits').first()).toBeVisible();
});

test('what can be shown is shown: one bad file beside good ones', async ({ page }) => {
  const items = [
    { name: 'tissue_image.npy', data: npy('tissue_image.npy', SHAPE, image).bytes },
    { name: 'tissue_labels.nii', data: nifti().subarray(0, 900) },
  ];
  await page.goto('/');
  await chooseFiles(page, [await zipFile('tissue.zip', items)]);
  await expect(page.locator('main')).toHaveAttribute('data-phase', 'ready');
  await expectAlert(page, ['tissue_labels.nii']);
});

test('answers without the labels they belong to say what is missing', async ({ page }) => {
  await openVolume(page, [{ name: 'tissue.nii', bytes: nifti() }]);
  await dropFiles(page, [{ name: 'answers.csv', bytes: text('index,label\n0,1\n') }]);
  await expectAlert(page, ['brain regions', 'Drop the labels first']);
  await openVolumeSample(page);
  await dropFiles(page, [jsonFile('settings.json', { a: 1 })]);
  await expect(alerts(page)).toHaveCount(1);
});

const ANSWERS = [
  { what: '403', status: 403, says: 'refuses access (403)' },
  { what: '404', status: 404, says: 'nothing at this address (404)' },
  { what: '429', status: 429, says: 'asked too often (429)' },
  { what: 'CORS', status: 0, says: 'does not allow other pages to read its data (CORS)' },
] as const;

for (const { what, status, says } of ANSWERS) {
  test(`an address that refuses (${what}) is explained`, async ({ page, watch }) => {
    await page
      .context()
      .route('https://data.example/**', (route) =>
        status === 0
          ? route.abort('failed')
          : route.fulfill({ status, headers: { 'access-control-allow-origin': '*' }, body: '' }),
      );
    await page.goto('/remote.html');
    const form = page.getByRole('form', { name: 'Open an address' });
    await form.getByLabel('Address', { exact: true }).fill('https://data.example/volume.nii');
    await form.getByRole('checkbox').click();
    await form.getByRole('button', { name: 'Open address' }).click();
    await expectAlert(page, ['data.example', says]);
    watch.foreign.length = 0;
    watch.violations.length = 0;
  });
}
