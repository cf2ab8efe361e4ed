// What no modality claims: arrays and tables open as image, stack, traces or table, are saved as they are shown, and can be treated
// as something else.
import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { buildTiff } from '../src/test/tiff-builder.ts';
import { expectNoFaults } from './support/axe.ts';
import { readNpy, saveItem, textOf } from './support/exports.ts';
import { chooseFiles, type TestFile, waitForMovie, waitForPhase } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { makeMovie, npyMovie, scattered, zipOf } from './support/sets.ts';
import { expect, test } from './support/test.ts';

const deflate = (bytes: Uint8Array) => deflateRawSync(bytes);

/** Float32, C order. */
function npy(name: string, shape: readonly number[], values: Iterable<number>, descr = '<f4'): TestFile {
  const data = Float32Array.from(values);
  const tuple = `${shape.join(', ')}${shape.length === 1 ? ',' : ''}`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11, ' ')}\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${header}`, 'latin1');
  head.writeUInt16LE(header.length, 8);
  return { name, bytes: new Uint8Array(Buffer.concat([head, Buffer.from(data.buffer)])) };
}

/** One strip, three samples of 8 bits a pixel, side by side. */
function colourTiff(height: number, width: number, pixels: Uint8Array): Uint8Array {
  const short = (tag: number, ...values: number[]) => ({ tag, type: 3 as const, values });
  const entries = [
    short(256, width),
    short(257, height),
    short(258, 8, 8, 8),
    short(259, 1),
    short(262, 2),
    short(277, 3),
    short(278, height),
  ];
  return buildTiff([{ entries, blocks: [pixels] }]);
}

const ramp = (length: number) => Array.from({ length }, (_, i) => i);

async function openArray(page: Page, file: TestFile): Promise<void> {
  await page.goto('/');
  await chooseFiles(page, [file]);
  await expect(page.locator('main')).toHaveAttribute('data-modality', 'array');
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('alert')).toHaveCount(0);
}

const treatAs = (page: Page) => page.getByLabel('Treat as', { exact: true });

test('one axis is a trace, with its value under the cursor, saved as NPY and CSV', async ({ page }) => {
  await openArray(page, npy('signal.npy', [6], [3, 1, 4, 1, 5, 9]));
  await expect(page.getByLabel('Facts')).toContainText('6 float32');
  const trace = page.getByRole('img', { name: 'Trace', exact: true });
  const box = (await trace.boundingBox())!;
  await page.mouse.move(box.x + box.width * (2.5 / 6), box.y + box.height / 2);
  await expect(page.getByLabel('Cursor', { exact: true })).toHaveText('sample 2  value 4');
  expect(textOf(await saveItem(page, 'Trace CSV'))).toBe('sample,value\r\n0,3\r\n1,1\r\n2,4\r\n3,1\r\n4,5\r\n5,9\r\n');
  const saved = await saveItem(page, 'Trace NPY');
  expect(saved.name).toBe('signal.npy');
  expect(readNpy(saved.bytes)).toMatchObject({ shape: [6], values: Float64Array.of(3, 1, 4, 1, 5, 9) });
  await expectNoFaults(page);
  await treatAs(page).selectOption({ label: 'Table' });
  await expect(page.getByRole('table', { name: 'Table', exact: true }).getByRole('row').nth(6)).toContainText('59');
});

test('an .npz opens with all its arrays; a stack has a slider, exports of the plane shown, and becomes a calcium movie', async ({
  page,
}) => {
  const movie = npyMovie('movie.npy', makeMovie(30, 40, 5, scattered));
  const mask = npy('mask.npy', [30, 40], ramp(1200));
  const npz = await zipOf(
    'result.npz',
    [
      { name: 'movie.npy', data: movie.bytes, method: 8 },
      { name: 'mask.npy', data: mask.bytes, method: 0 },
    ],
    { deflate },
  );
  await openArray(page, npz);
  await expect(page.getByLabel('Facts')).toContainText('5 × 30 × 40 uint16');
  const image = page.getByRole('img', { name: 'Image', exact: true });
  await expect.poll(async () => colours(await seen(image))).toBeGreaterThan(30);
  await page.getByRole('slider', { name: 'Plane', exact: true }).fill('3');
  await expect(page.getByLabel('Cursor', { exact: true })).toContainText('plane 3');
  await waitForPhase(page, 'ready');
  const box = (await image.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const under = /row (\d+) {2}col (\d+) {2}value (\d+)/.exec((await page.getByLabel('Cursor', { exact: true }).textContent())!)!;
  const [row, col, value] = under.slice(1).map(Number) as [number, number, number];
  expect(value).toBe(scattered(row, col, 3));
  const saved = await saveItem(page, 'Image NPY');
  expect(saved.name).toBe('movie.3.npy');
  const plane = readNpy(saved.bytes);
  expect([plane.descr, plane.shape, plane.values[7 * 40 + 9]]).toEqual(['<u2', [30, 40], scattered(7, 9, 3)]);
  const png = await saveItem(page, 'Image PNG');
  expect(Buffer.from(png.bytes.slice(1, 4)).toString()).toBe('PNG');
  expect(Buffer.from(png.bytes).readUInt32BE(16)).toBe(40);
  await expectNoFaults(page);

  await page.getByLabel('Array', { exact: true }).selectOption({ index: 1 });
  await treatAs(page).selectOption({ label: 'Traces' });
  await page.getByRole('slider', { name: 'Row', exact: true }).fill('2');
  await waitForPhase(page, 'ready');
  expect(readNpy((await saveItem(page, 'Trace NPY')).bytes).values[0]).toBe(80);

  await page.getByLabel('Array', { exact: true }).selectOption({ index: 0 });
  await treatAs(page).selectOption({ label: 'Calcium movie' });
  await waitForMovie(page);
  await expect(page.getByLabel('Facts')).toContainText('5 frames');
});

test('a CSV is a table, and its numbers can be drawn', async ({ page }) => {
  await openArray(page, { name: 'units.csv', bytes: new TextEncoder().encode('id,rate\n1,2.5\n2,\n3,7\n') });
  const table = page.getByRole('table', { name: 'Table', exact: true });
  await expect(table.getByRole('columnheader')).toHaveText(['Row', 'id', 'rate']);
  await expect(table.getByRole('row').nth(3)).toContainText('7');
  expect(textOf(await saveItem(page, 'Table CSV'))).toBe('id,rate\r\n1,2.5\r\n2,\r\n3,7\r\n');
  await expectNoFaults(page);
  await treatAs(page).selectOption({ label: 'Image' });
  await waitForPhase(page, 'ready');
  expect(String(readNpy((await saveItem(page, 'Image NPY')).bytes).values)).toBe('1,2.5,2,NaN,3,7');
});

test('a colour TIFF, which is no movie, opens as a stack of its colours', async ({ page }) => {
  const pixels = Uint8Array.from({ length: 12 * 16 * 3 }, (_, i) => (i % 3) * 50 + Math.floor(i / 3));
  await openArray(page, { name: 'photo.tif', bytes: colourTiff(12, 16, pixels) });
  await expect(page.getByLabel('Facts')).toContainText('3 × 12 × 16 uint8');
  await page.getByRole('slider', { name: 'Plane', exact: true }).fill('2');
  await waitForPhase(page, 'ready');
  expect(readNpy((await saveItem(page, 'Image NPY')).bytes).values.slice(0, 3)).toEqual(Float64Array.of(100, 101, 102));
});

test('what cannot be drawn says what it is', async ({ page }) => {
  await openArray(page, npy('waves.npy', [2, 2], ramp(8), '<c8'));
  await expect(page.getByText('This is an array of 2 × 2 <c8 items, which cannot be drawn here.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
});
