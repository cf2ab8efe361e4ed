// Files of other programs come in: RoiSet.zip, stat.npy and contours become predictions; what does not fit is refused with one alert.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { saveItem, textOf } from './support/exports.ts';
import { chooseFiles, dropFiles, jsonFile, openMovie, type TestFile, waitForMovie, waitForPhase } from './support/open.ts';
import { dataPath, goldenPath, needSharedData } from './support/real-data.ts';
import { openRegionSet, PERFECT, REGIONS, regionSet } from './support/region-set.ts';
import { expectFull, showScores } from './support/scores.ts';
import { makeMovie, npyMovie, rectangle, scattered, type TestRegion, zipOf } from './support/sets.ts';
import { expect, test } from './support/test.ts';
import { dismissAlert, theAlert } from './support/trouble.ts';

const golden = JSON.parse(readFileSync(new URL('../src/test/golden/pickle/cases.json', import.meta.url), 'utf8')).suite2p;
const npyFile = (name: string, base64: string): TestFile => ({ name, bytes: Uint8Array.from(Buffer.from(base64, 'base64')) });
const notices = (page: Page) => page.getByRole('region', { name: 'Notices' });

/** Row, column, row, column … as a traced ImageJ selection, or any other type. */
function roi(type: number, corners: readonly (readonly [row: number, col: number])[]): Uint8Array {
  const [rows, cols] = [corners.map(([row]) => row), corners.map(([, col]) => col)];
  const [top, left] = [Math.min(...rows), Math.min(...cols)];
  const bytes = Buffer.alloc(64 + 4 * corners.length);
  bytes.write('Iout', 'latin1');
  bytes.writeInt16BE(227, 4);
  bytes.writeUInt8(type, 6);
  const numbers = [top, left, Math.max(...rows), Math.max(...cols), corners.length];
  for (const [i, value] of numbers.entries()) bytes.writeInt16BE(value, 8 + 2 * i);
  corners.forEach(([row, col], i) => {
    bytes.writeInt16BE(col - left, 64 + 2 * i);
    bytes.writeInt16BE(row - top, 64 + 2 * (corners.length + i));
  });
  return new Uint8Array(bytes);
}

const box = (row: number, col: number, rows: number, cols: number): (readonly [number, number])[] => [
  [row, col],
  [row, col + cols],
  [row + rows, col + cols],
  [row + rows, col],
];

test('a RoiSet.zip of Fiji with lines in it: these are named, the shapes are kept', async ({ page }) => {
  await openRegionSet(page);
  const rois = await zipOf('RoiSet.zip', [
    { name: '0001-0009.roi', data: roi(0, box(5, 60, 8, 6)) },
    { name: '0002-0009.roi', data: roi(5, box(1, 1, 5, 5)) },
    { name: '0003-0009.roi', data: roi(10, box(1, 1, 5, 5)) },
  ]);
  await dropFiles(page, [rois]);
  const alert = await theAlert(page);
  await expect(alert).toContainText('1 region imported, 2 left out');
  await expect(alert).toContainText('0002-0009.roi is a segmented line, which encloses no pixels');
  await expect(alert).toContainText('0003-0009.roi is a point selection, which encloses no pixels');
  await expectFull(page, '61.00', { recall: 1 / 3, precision: 1, inclusion: 1, exclusion: 1 });
});

test('a set and its RoiSet in one drop, the layer first: it lands on the set', async ({ page }) => {
  await page.goto('/');
  const rois = await zipOf('a-rois.zip', [{ name: 'x.roi', data: roi(8, box(5, 60, 8, 6)) }]);
  await chooseFiles(page, [rois, await regionSet()]);
  await waitForMovie(page);
  await expect(page.getByText('1 region imported')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await showScores(page);
  await expectFull(page, '61.00', { recall: 1 / 3, precision: 1 });
});

test('stat.npy with iscell.npy: the cells, their probabilities, and what was not read', async ({ page }) => {
  await openRegionSet(page);
  await chooseFiles(page, [
    npyFile('stat.npy', golden.stat),
    npyFile('iscell.npy', golden.iscell),
    npyFile('F.npy', golden.iscell),
  ]);
  await expect(page.getByText('2 regions imported')).toBeVisible();
  await expect(notices(page)).toContainText('1 of 3 are not cells in iscell.npy');
  await expect(notices(page)).toContainText('Not read: F.npy');
  const saved = JSON.parse(textOf(await saveItem(page, 'Regions JSON')));
  const pixels = (cell: number) => {
    const [rows, cols] = golden.cells[cell] as [string[], string[]];
    return rows.map((row, i) => [Number(row), Number(cols[i])]);
  };
  expect(saved.map(({ coordinates }: TestRegion) => coordinates)).toEqual([pixels(0), pixels(2)]);
});

test('CaImAn contours with NaN are filled', async ({ page }) => {
  await openRegionSet(page);
  // Around the pixels 5…12 × 60…65, x before y, pixel centres, a gap before and after.
  const contour = '[[NaN, NaN], [59.5, 4.5], [65.5, 4.5], [65.5, 12.5], [59.5, 12.5], [59.5, 4.5], [NaN, NaN]]';
  const text = `[{"coordinates": ${contour}, "CoM": [8.5, 62.5], "neuron_id": 1}]`;
  await dropFiles(page, [{ name: 'contours.json', bytes: new TextEncoder().encode(text) }]);
  await expect(page.getByText('1 region imported')).toBeVisible();
  await expect(notices(page)).toContainText('Contours of CaImAn');
  await expectFull(page, '61.00', { recall: 1 / 3, precision: 1, inclusion: 1, exclusion: 1 });
});

const FAR: readonly TestRegion[] = [rectangle(70, 20, 4, 4), rectangle(90, 120, 4, 4), rectangle(5, 5, 4, 4)];
const REFUSED: readonly (readonly [what: string, make: () => Promise<TestFile> | TestFile, says: readonly string[]])[] = [
  [
    'regions of a larger data set',
    () => jsonFile('regions.json', FAR),
    ['regions.json', '94 × 124 pixels', '61.00 has 60 × 100'],
  ],
  [
    'a RoiSet of a larger data set',
    () => zipOf('RoiSet.zip', [{ name: 'a.roi', data: roi(8, box(200, 150, 9, 9)) }]),
    ['RoiSet.zip', '209 × 159 pixels', '61.00 has 60 × 100'],
  ],
  [
    'a RoiSet without a shape',
    () => zipOf('RoiSet.zip', [{ name: 'a.roi', data: roi(3, box(1, 1, 5, 5)) }]),
    ['RoiSet.zip', 'a.roi is a straight line'],
  ],
  ['a stat.npy that asks for the shell', () => npyFile('stat.npy', golden.hostile), ['stat.npy', 'posix.system at byte']],
  [
    'a stat.npy that is cut off',
    () => ({ name: 'stat.npy', bytes: npyFile('', golden.stat).bytes.slice(0, 900) }),
    ['stat.npy', 'byte'],
  ],
];

test('what does not fit is refused with one alert, and the next good file is taken', async ({ page }) => {
  await openRegionSet(page);
  for (const [what, make, says] of REFUSED) {
    await chooseFiles(page, [await make()]);
    const alert = await theAlert(page);
    for (const words of says) await expect(alert, what).toContainText(words);
    await waitForPhase(page, 'ready');
    await dismissAlert(page);
    await expect(page.getByRole('row').filter({ hasText: '61.00' }).first()).toBeVisible();
  }
  await dropFiles(page, [jsonFile('regions.json', REGIONS)]);
  await expectFull(page, '61.00', PERFECT);
});

test('a layer without a data set is refused', async ({ page }) => {
  await page.goto('/');
  await chooseFiles(page, [await zipOf('RoiSet.zip', [{ name: 'a.roi', data: roi(8, box(1, 1, 3, 3)) }])]);
  await expect(await theAlert(page)).toContainText('Open the data set first');
});

test('real selections on their movie', async ({ page }) => {
  needSharedData();
  await openMovie(page, dataPath('calcium-sima/example.tif'));
  await chooseFiles(page, dataPath('calcium-sima/imageJ_ROIs.zip'));
  await expect(page.getByText('2 regions imported')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Regions', exact: true }).getByRole('rowheader')).toHaveCount(2);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a real suite2p folder: its cells, whose probabilities are the confidences', async ({ page }) => {
  needSharedData();
  await openMovie(page, [npyMovie('movie.npy', makeMovie(300, 300, 2, scattered))]);
  const folder = ['F.npy', 'Fneu.npy', 'iscell.npy', 'spks.npy', 'stat.npy'].map((name) => ({
    name,
    bytes: readFileSync(dataPath(`calcium-suite2p-out/${name}`)),
  }));
  await dropFiles(page, folder);
  await expect(page.getByText(/^\d+ regions imported$/)).toBeVisible();
  await expect(notices(page)).toContainText('Not read: F.npy, Fneu.npy, spks.npy');
  await expect(page.getByRole('alert')).toHaveCount(0);
  const cells: { ypix: number[]; xpix: number[] }[] = JSON.parse(readFileSync(goldenPath('real/suite2p_stat.json'), 'utf8'));
  const file = readFileSync(dataPath('calcium-suite2p-out/iscell.npy'));
  // [cell, (is one, probability)] in Fortran order: the first column comes first.
  const isCell = (i: number) => file.readDoubleLE(file.length - 16 * cells.length + 8 * i) > 0;
  const wanted = cells.filter((_, i) => isCell(i)).map(({ ypix, xpix }) => ypix.map((row, k) => [row, xpix[k]]));
  const saved: TestRegion[] = JSON.parse(textOf(await saveItem(page, 'Regions JSON')));
  expect(saved.map(({ coordinates }) => coordinates)).toEqual(wanted);
});
