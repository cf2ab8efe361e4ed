// Everything that opens: the sample, zips in all their forms, folders, loose stacks and arrays, the layout of 2015.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ZipItem } from '../src/test/zip-writer.ts';
import {
  chooseFiles,
  chooseFolder,
  dropFiles,
  openMovie,
  openNames,
  openSample,
  type TestFile,
  waitForMovie,
} from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import {
  makeMovie,
  neurofinderZip,
  npyMovie,
  olderItems,
  rectangle,
  scattered,
  setItems,
  type TestMovie,
  tiffStack,
  zipOf,
} from './support/sets.ts';
import { goToFrame, readCursor, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';

const MOVIE = makeMovie(30, 41, 9, scattered);
const TRUTH = [{ id: 7, ...rectangle(4, 20, 5, 6) }];
const INFO = { id: 'neurofinder.05.03', 'rate-hz': 7.5, 'pixels-per-micron': 0.8, dimensions: [30, 41, 9] };
const PARTS = { movie: MOVIE, truth: TRUTH, info: INFO };
const TOP = 'neurofinder.05.03';

/** The facts in the top bar. */
function factsOf(page: Page): Promise<string[]> {
  return page.getByRole('list', { name: 'Facts' }).getByRole('listitem').allTextContents();
}

/** The right pixels of the right frame: first and last, and one that an exchange of rows and columns would miss. */
async function expectMovie(page: Page, movie: TestMovie): Promise<void> {
  const { height, width, frames } = movie;
  for (const frame of [frames.length - 1, 2]) {
    await goToFrame(page, frame, movie);
    for (const [row, col] of [
      [0, 0],
      [3, width - 2],
      [height - 1, 5],
    ] as const) {
      const says = await readCursor(page, movie, row, col);
      expect(says).toEqual({ row, col, frame, what: 'raw', value: frames[frame]![row * width + col] });
    }
  }
  expect(colours(await seen(stage(page)))).toBeGreaterThan(30);
}

test('a zip by the input: movie, truth and facts', async ({ page }) => {
  await openMovie(page, [await neurofinderZip('05.03', PARTS)]);
  await expectMovie(page, MOVIE);
  expect(await factsOf(page)).toEqual(['Training', '9 frames', '30 × 41', 'uint16', '7.5 Hz', '0.8 px/µm']);
  await expect(page.getByRole('table', { name: 'Regions' })).toContainText('T 7');
});

test('the same zip dropped on the window', async ({ page }) => {
  await page.goto('/');
  await dropFiles(page, [await neurofinderZip('05.03', PARTS)]);
  await waitForMovie(page);
  await expectMovie(page, MOVIE);
});

test('the sample, then its zip by input and by drop, lie beside each other', async ({ page }) => {
  await openSample(page, 'Calcium imaging');
  await waitForMovie(page);
  const bytes = new Uint8Array(await (await page.request.get('/samples/calcium.zip')).body());
  await chooseFiles(page, [{ name: 'by-input.zip', bytes }]);
  await expect.poll(() => openNames(page)).toHaveLength(2);
  await waitForMovie(page);
  await dropFiles(page, [{ name: 'by-drop.zip', bytes }]);
  await expect.poll(() => openNames(page)).toHaveLength(3);
  await waitForMovie(page);
  expect(new Set(await openNames(page)).size, 'all hold the same set').toBe(1);
  expect(colours(await seen(stage(page)))).toBeGreaterThan(30);
});

test('several zips of one drop, training and test', async ({ page }) => {
  await page.goto('/');
  const other = makeMovie(24, 18, 5, (row, col, frame) => 3000 - scattered(row, col, frame));
  await dropFiles(page, [await neurofinderZip('05.03', PARTS), await neurofinderZip('05.03.test', { movie: other })]);
  await expect.poll(() => openNames(page)).toEqual(['neurofinder.05.03', 'neurofinder.05.03.test']);
  await waitForMovie(page);
  // Of one drop the first is shown; the others are a click away.
  expect((await factsOf(page)).slice(0, 3)).toEqual(['Training', '9 frames', '30 × 41']);
  await expectMovie(page, MOVIE);
  const panel = page.getByRole('complementary', { name: 'Data sets and layers' });
  await panel.getByRole('button', { name: /^neurofinder\.05\.03\.test/ }).click();
  await expect(page.getByRole('list', { name: 'Facts' })).toContainText('24 × 18');
  await waitForMovie(page);
  expect((await factsOf(page)).slice(0, 3)).toEqual(['Test', '5 frames', '24 × 18']);
  await expectMovie(page, other);
});

test('an unzipped folder', async ({ page }, info) => {
  const folder = info.outputPath('downloads', TOP);
  await writeItems(join(folder, '..'), setItems(TOP, PARTS));
  await page.goto('/');
  await chooseFolder(page, folder);
  await waitForMovie(page);
  await expectMovie(page, MOVIE);
  expect(await openNames(page)).toEqual([TOP]);
  await expect(page.getByRole('table', { name: 'Regions' })).toContainText('T 7');
});

async function writeItems(folder: string, items: readonly ZipItem[]): Promise<void> {
  for (const { name, data } of items) {
    const path = join(folder, String(name));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, data ?? new Uint8Array());
  }
}

for (const [kind, file] of [
  ['TIFF stack', tiffStack('stack.tif', MOVIE)],
  ['3-D .npy', npyMovie('movie.npy', MOVIE)],
] as const) {
  test(`a loose ${kind} without labels`, async ({ page }) => {
    await openMovie(page, [file]);
    await expectMovie(page, MOVIE);
    expect(await factsOf(page)).toEqual(['Movie', '9 frames', '30 × 41', 'uint16', 'rate unknown', 'scale unknown']);
  });
}

test('loose single TIFFs are one movie, counted, not spelled', async ({ page }) => {
  const single = (frame: number): TestFile => tiffStack(`f${frame}.tif`, { ...MOVIE, frames: [MOVIE.frames[frame]!] });
  const longer = makeMovie(30, 41, 11, scattered);
  const files = longer.frames.map((pixels, i) => ({ ...single(0), ...tiffStack(`f${i}.tif`, { ...longer, frames: [pixels] }) }));
  await openMovie(page, files.toReversed());
  await expectMovie(page, longer);
});

test('the layout of 2015: conf.json, column-major .bin, sources.json', async ({ page }) => {
  await openMovie(page, [await zipOf('neurofinder.05.03.zip', olderItems(TOP, PARTS))]);
  await expectMovie(page, MOVIE);
  await expect(page.getByRole('table', { name: 'Regions' })).toContainText('T 7');
});

const apple = (path: string): ZipItem => ({ name: `__MACOSX/${path}`, data: new TextEncoder().encode('Mac OS X') });
const plain = setItems(TOP, PARTS);
const shuffled = plain.map((_, i) => (i * 7) % plain.length);

const FORMS: readonly (readonly [form: string, file: () => Promise<TestFile>])[] = [
  [
    'with __MACOSX, ._ files and .DS_Store',
    () =>
      zipOf('copy.zip', [
        apple(`${TOP}/images/._image00000.tiff`),
        { name: `${TOP}/images/._image00001.tiff`, data: new Uint8Array(120) },
        { name: `${TOP}/.DS_Store`, data: new Uint8Array(6148) },
        ...plain,
      ]),
  ],
  ['without a top folder', () => zipOf(`${TOP}.zip`, setItems('', PARTS))],
  ['with one more top folder', () => zipOf('more.zip', setItems(`My data/${TOP}`, PARTS))],
  [
    'with unsorted entries',
    () =>
      zipOf(
        'unsorted.zip',
        shuffled.map((i) => plain[i]!),
        { order: shuffled.toReversed().map((_, i) => (i * 5) % plain.length) },
      ),
  ],
  [
    'with stored entries',
    () =>
      zipOf(
        'stored.zip',
        plain.map((item) => ({ ...item, method: 0 })),
      ),
  ],
  [
    'with data descriptors',
    () =>
      zipOf(
        'streamed.zip',
        plain.map((item) => ({ ...item, descriptor: true })),
      ),
  ],
  [
    'with zip64 fields and end record',
    () =>
      zipOf(
        'large.zip',
        plain.map((item) => ({ ...item, zip64: true })),
        { zip64: true },
      ),
  ],
];

for (const [form, file] of FORMS) {
  test(`a zip ${form}`, async ({ page }) => {
    await openMovie(page, [await file()]);
    await expectMovie(page, MOVIE);
    expect((await factsOf(page)).slice(0, 2)).toEqual(['Training', '9 frames']);
    await expect(page.getByRole('table', { name: 'Regions' })).toContainText('T 7');
    await page.getByRole('tab', { name: /^Scores/ }).click();
    await expect(page.getByRole('table', { name: 'Scores' }).getByRole('rowheader')).toHaveText('05.03');
  });
}

const INFOS: readonly (readonly [what: string, info: unknown, facts: readonly string[]])[] = [
  ['is missing', undefined, ['rate unknown', 'scale unknown']],
  ['has other keys only', { lab: 'somewhere' }, ['rate unknown', 'scale unknown']],
  ['has no scale and a wrong number of frames', { 'rate-hz': 6, dimensions: [30, 41, 3024] }, ['6 Hz', 'scale unknown']],
  ['holds text for a number', { 'pixels-per-micron': '1.15' }, ['rate unknown', '1.15 px/µm']],
];

for (const [what, info, facts] of INFOS) {
  test(`info.json ${what}`, async ({ page }) => {
    await openMovie(page, [
      await neurofinderZip('05.03', { movie: MOVIE, truth: TRUTH, ...(info === undefined ? {} : { info }) }),
    ]);
    expect(await factsOf(page)).toEqual(['Training', '9 frames', '30 × 41', 'uint16', ...facts]);
    await expectMovie(page, MOVIE);
  });
}
