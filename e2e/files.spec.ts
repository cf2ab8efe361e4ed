// Files of other programs in and out: RoiSet.zip, stat.npy and contours become predictions; what Export writes is read again by
// readers that share no code with the page, and by the page itself; what does not fit is refused with one alert.
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { unzip } from 'unzipit';
import utif from 'utif2';
import { readNpy, type Saved, saveItem, textOf } from './support/exports.ts';
import { chooseFiles, dropFiles, jsonFile, openMovie, type TestFile, waitForMovie, waitForPhase } from './support/open.ts';
import { dataPath, goldenPath, needSharedData } from './support/real-data.ts';
import { expectFull, showScores } from './support/scores.ts';
import { makeMovie, neurofinderZip, npyMovie, rectangle, scattered, type TestRegion, zipOf } from './support/sets.ts';
import { expect, test } from './support/test.ts';
import { dismissAlert, theAlert } from './support/trouble.ts';

const HEIGHT = 60;
const WIDTH = 100;
const MOVIE = makeMovie(HEIGHT, WIDTH, 6, scattered);
const RING = rectangle(30, 50, 7, 7).coordinates.filter(([row, col]) => !(row > 31 && row < 35 && col > 51 && col < 55));
/** A rectangle, a ring with its hole, and two parts that touch at a corner. */
const REGIONS: readonly TestRegion[] = [
  rectangle(5, 60, 8, 6),
  { coordinates: RING },
  { coordinates: [...rectangle(20, 10, 4, 4).coordinates, ...rectangle(24, 14, 3, 3).coordinates] },
];
const set = () => neurofinderZip('61.00', { movie: MOVIE, truth: REGIONS, info: { 'pixels-per-micron': 1.5, 'rate-hz': 7 } });
const golden = JSON.parse(readFileSync(new URL('../src/test/golden/pickle/cases.json', import.meta.url), 'utf8')).suite2p;
const npyFile = (name: string, base64: string): TestFile => ({ name, bytes: Uint8Array.from(Buffer.from(base64, 'base64')) });

async function openSet(page: Page): Promise<void> {
  await openMovie(page, [await set()]);
  await showScores(page);
}

const notices = (page: Page) => page.getByRole('region', { name: 'Notices' });
const PERFECT = { recall: 1, precision: 1, combined: 1, inclusion: 1, exclusion: 1 };
const asFile = ({ name, bytes }: Saved): TestFile => ({ name, bytes });

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

test('a RoiSet ZIP goes out and comes back pixel for pixel, holes and parts included', async ({ page }) => {
  await openSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS)]);
  await expectFull(page, '61.00', PERFECT);
  const saved = await saveItem(page, 'RoiSet ZIP');
  expect(saved.name).toBe('61.00.rois.zip');
  const { zip, entries } = await unzip(saved.bytes);
  expect(Object.keys(entries)).toEqual(['0001.roi', '0002.roi', '0003.roi']);
  const source = JSON.parse(zip.comment);
  expect(source).toMatchObject({
    tool: 'Somascope',
    dataset: '61.00',
    parameters: { regions: 'predictions', predictions: 'regions.json' },
  });
  expect(source.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(source.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await dropFiles(page, [asFile(saved)]);
  await expect(page.getByText('3 regions imported').last()).toBeVisible();
  await expectFull(page, '61.00', PERFECT);
  // The same file again for the same content: there is no time in it.
  const again = await saveItem(page, 'RoiSet ZIP');
  expect((await unzip(again.bytes)).entries['0002.roi']!.size).toBe(entries['0002.roi']!.size);
});

test('the truth goes out where there are no predictions, named after its ids', async ({ page }) => {
  await openSet(page);
  const { zip, entries } = await unzip((await saveItem(page, 'RoiSet ZIP')).bytes);
  expect(JSON.parse(zip.comment).parameters).toMatchObject({ regions: 'truth', predictions: null });
  expect(Object.keys(entries)).toEqual(['T0.roi', 'T1.roi', 'T2.roi']);
});

test('a RoiSet.zip of Fiji with lines in it: these are named, the shapes are kept', async ({ page }) => {
  await openSet(page);
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
  await chooseFiles(page, [rois, await set()]);
  await waitForMovie(page);
  await expect(page.getByText('1 region imported')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await showScores(page);
  await expectFull(page, '61.00', { recall: 1 / 3, precision: 1 });
});

test('stat.npy with iscell.npy: the cells, their probabilities, and what was not read', async ({ page }) => {
  await openSet(page);
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
  await openSet(page);
  // Around the pixels 5…12 × 60…65, x before y, pixel centres, a gap before and after.
  const contour = '[[NaN, NaN], [59.5, 4.5], [65.5, 4.5], [65.5, 12.5], [59.5, 12.5], [59.5, 4.5], [NaN, NaN]]';
  const text = `[{"coordinates": ${contour}, "CoM": [8.5, 62.5], "neuron_id": 1}]`;
  await dropFiles(page, [{ name: 'contours.json', bytes: new TextEncoder().encode(text) }]);
  await expect(page.getByText('1 region imported')).toBeVisible();
  await expect(notices(page)).toContainText('Contours of CaImAn');
  await expectFull(page, '61.00', { recall: 1 / 3, precision: 1, inclusion: 1, exclusion: 1 });
});

test('label masks hold the numbers of the table, as NPY and as a TIFF that other readers open', async ({ page }) => {
  await openSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS)]);
  await expectFull(page, '61.00', PERFECT);
  const wanted = new Uint16Array(HEIGHT * WIDTH);
  REGIONS.forEach(({ coordinates }, i) => {
    for (const [row, col] of coordinates) wanted[row * WIDTH + col] = i + 1;
  });
  const npy = await saveItem(page, 'Label mask NPY');
  expect(npy.name).toBe('61.00.labels.npy');
  const mask = readNpy(npy.bytes);
  expect([mask.descr, mask.shape]).toEqual(['<u2', [HEIGHT, WIDTH]]);
  expect([...mask.values]).toEqual([...wanted]);
  const tiff = await saveItem(page, 'Label mask TIFF');
  expect(tiff.name).toBe('61.00.labels.tif');
  const buffer = Uint8Array.from(tiff.bytes).buffer;
  const [frame] = utif.decode(buffer);
  utif.decodeImage(buffer, frame!);
  expect([frame!.height, frame!.width]).toEqual([HEIGHT, WIDTH]);
  expect([...new Uint16Array(Uint8Array.from(frame!.data).buffer)]).toEqual([...wanted]);
  const [description] = frame!['t270'] as string[];
  expect(description).toMatch(/^ImageJ=/);
  expect(JSON.parse(/somascope=(.*)/.exec(description!)![1]!)).toMatchObject({ tool: 'Somascope', dataset: '61.00' });
});

test('traces as an array are the means over the pixels of each region', async ({ page }) => {
  await openSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS)]);
  await expectFull(page, '61.00', PERFECT);
  const saved = await saveItem(page, 'Traces NPY');
  expect(saved.name).toBe('61.00.traces.npy');
  const { descr, shape, values } = readNpy(saved.bytes);
  expect([descr, shape]).toEqual(['<f4', [REGIONS.length, MOVIE.frames.length]]);
  REGIONS.forEach(({ coordinates }, region) => {
    MOVIE.frames.forEach((frame, t) => {
      const mean = coordinates.reduce((sum, [row, col]) => sum + frame[row * WIDTH + col]!, 0) / coordinates.length;
      expect(values[region * MOVIE.frames.length + t]).toBeCloseTo(mean, 2);
    });
  });
});

test('scores as JSON say what they were computed from', async ({ page }) => {
  await openSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS.slice(0, 2))]);
  await expectFull(page, '61.00', { recall: 2 / 3, precision: 1 });
  const saved = await saveItem(page, 'Scores JSON');
  expect(saved.name).toBe('scores.json');
  const [row] = JSON.parse(textOf(saved));
  expect(row).toMatchObject({
    dataset: '61.00',
    threshold: 8,
    score: { recall: 2 / 3, precision: 1, matched: 2, extra: 0, missed: 1 },
  });
  expect(row.provenance).toMatchObject({
    tool: 'Somascope',
    parameters: { predictions: 'regions.json', 'match threshold px': 8 },
  });
});

test('the figure as SVG: picture, vector outlines by class, scale bar, legend, scores, source', async ({ page }) => {
  await openSet(page);
  await dropFiles(page, [jsonFile('regions.json', [REGIONS[0], rectangle(48, 80, 5, 5)])]);
  await expectFull(page, '61.00', { recall: 1 / 3, precision: 1 / 2 });
  const saved = await saveItem(page, 'Picture SVG');
  expect(saved.name).toBe('61.00.svg');
  const drawn = await page.evaluate(async (text) => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const image = new Image();
    image.src = svg.querySelector('image')!.getAttribute('href')!;
    await image.decode();
    return {
      root: svg.nodeName,
      picture: [image.naturalWidth, image.naturalHeight],
      texts: [...svg.querySelectorAll('text')].map((one) => one.textContent),
      groups: [...svg.querySelectorAll('#outlines > g')].map((one) => [
        one.id,
        one.querySelector('path')!.getAttribute('d')!.split('Z').length - 1,
      ]),
      bar: svg.querySelector('#scale-bar') !== null,
      metadata: JSON.parse(svg.querySelector('metadata')!.textContent!),
    };
  }, textOf(saved));
  expect(drawn.root).toBe('svg');
  expect(drawn.picture).toEqual([WIDTH, HEIGHT]);
  expect(Object.fromEntries(drawn.groups)).toMatchObject({ 'truth-missed': 2, 'predictions-matched': 1, 'predictions-extra': 1 });
  expect(drawn.bar).toBe(true);
  for (const words of ['Matched 1', 'Extra 1', 'Missed 2', '10 µm']) expect(drawn.texts).toContain(words);
  expect(drawn.texts[0]).toContain('61.00, movie, frame 0');
  expect(drawn.texts.join(' ')).toMatch(/Combined 0\.4000: recall 0\.3333, precision 0\.5000.*threshold 8 px/);
  expect(drawn.metadata).toMatchObject({ tool: 'Somascope', dataset: '61.00' });
});

test('the picture as PNG carries its source, and is as large as asked for', async ({ page }) => {
  await openSet(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Picture PNG', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Picture PNG' });
  await dialog.getByRole('radio', { name: '3×', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save 61.00.png', exact: true }).click(),
  ]);
  const bytes = readFileSync(await download.path());
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([3 * WIDTH, 3 * HEIGHT]);
  const length = bytes.readUInt32BE(33);
  expect(bytes.toString('latin1', 37, 41)).toBe('tEXt');
  const [keyword, text] = bytes.toString('latin1', 41, 41 + length).split('\0');
  expect(keyword).toBe('Comment');
  expect(JSON.parse(text!)).toMatchObject({ tool: 'Somascope', dataset: '61.00' });
});

test('the report page stands alone: figure, facts, scores, every region, no script', async ({ page, browser }) => {
  await openSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS.slice(0, 2))]);
  await expectFull(page, '61.00', { recall: 2 / 3 });
  const saved = await saveItem(page, 'Report page');
  expect(saved.name).toBe('61.00.report.html');
  const context = await browser.newContext({ offline: true });
  const report = await context.newPage();
  const broken: string[] = [];
  report.on('console', (message) => broken.push(message.text()));
  await report.setContent(textOf(saved));
  await expect(report.getByRole('heading', { level: 1 })).toContainText('61.00');
  await expect(report.getByRole('img')).toBeVisible();
  await expect(report.getByText('Recall', { exact: true })).toBeVisible();
  await expect(report.getByText('0.6667', { exact: true })).toBeVisible();
  await expect(report.getByText('1.5 px/µm', { exact: true })).toBeVisible();
  await expect(report.getByRole('row')).toHaveCount(1 + 3);
  await expect(report.getByRole('row').last()).toContainText('missed');
  await expect(report.locator('footer')).toContainText('Somascope');
  expect(await report.locator('script').count()).toBe(0);
  const { violations } = await new AxeBuilder({ page: report }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.failureSummary}`)).toEqual([]);
  expect(broken).toEqual([]);
  await context.close();
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
  await openSet(page);
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
