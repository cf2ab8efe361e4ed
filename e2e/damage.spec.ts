// Files that open although something in them is wrong, and files that go wrong later: counted, drawn as missing, told once.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseFiles, jsonFile, openMovie, openNames, waitForMovie } from './support/open.ts';
import { framePath, SQUARE, smallItems, smallSet, text, zipFile } from './support/small-set.ts';
import { cursorSays, frameSlider, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { dismissAlert, expectOnScreen, openAndCloseGood, openCalciumSample, SAMPLE_NAME, theAlert } from './support/trouble.ts';

/** Shows a frame; the cursor, in the middle of the picture, tells when its own values are there. */
async function showFrame(page: Page, frame: number): Promise<void> {
  await stage(page).hover();
  await frameSlider(page).fill(String(frame));
  await expect.poll(() => cursorSays(page)).toMatchObject({ frame, what: 'raw' });
}

const replaced = (name: string, value: unknown) =>
  smallItems().map((item) => (item.name === name ? { ...item, data: text(value) } : item));

/** A file on disk that the test can change under the page. */
const onDisk = test.extend<{ path: string }>({
  path: async ({ browserName }, use) => {
    const folder = await mkdtemp(join(tmpdir(), `somascope-${browserName}-`));
    await use(join(folder, 'moving.zip'));
    await rm(folder, { recursive: true });
  },
});

async function save(path: string, frames: number): Promise<void> {
  await writeFile(path, (await smallSet('moving.zip', frames)).bytes);
}

test('a damaged frame is counted, drawn as missing and left out of the images', async ({ page }) => {
  const items = smallItems().map((item) => (item.name === framePath(2) ? { ...item, lie: { crc: 1 } } : item));
  await openMovie(page, [await zipFile('scratched.zip', items)]);
  const alert = await theAlert(page);
  await expect(alert).toContainText('scratched: 1 of 4 frames cannot be read');
  await expect(alert).toContainText(/Frame 2: images\/image00002\.tiff .*CRC-32/);
  await showFrame(page, 2);
  const note = stage(page)
    .locator('..')
    .getByText(/is damaged/);
  await expect(note).toContainText(/^Frame 2 is damaged/);
  expect((await cursorSays(page)).value).toBeNaN();
  await showFrame(page, 1);
  await expect(note).toHaveCount(0);
  expect((await cursorSays(page)).value).toBeGreaterThan(0);
});

test('regions that leave the image or are malformed are named by index; the others are imported', async ({ page }) => {
  await openCalciumSample(page);
  const good = { coordinates: SQUARE };
  await chooseFiles(page, [jsonFile('edited.json', [good, { coordinates: [[5, 9999]] }, { id: 7 }, good])]);
  const alert = await theAlert(page);
  await expect(alert).toContainText('2 regions imported, 2 left out');
  await expect(alert).toContainText('edited.json');
  await expect(alert).toContainText(/region 1 leaves the image .* row 5, column 9999/);
  await expect(alert).toContainText(/region 2 .*"coordinates"/);
  await dismissAlert(page);
  await openAndCloseGood(page);
});

test('truth with bad regions opens with the good ones and names the bad', async ({ page }) => {
  const items = replaced('regions/regions.json', [{ coordinates: SQUARE }, { coordinates: [[-1, 3]] }]);
  await openMovie(page, [await zipFile('half-true.zip', items)]);
  const alert = await theAlert(page);
  await expect(alert).toContainText('half-true: 1 of 2 regions of the truth cannot be used');
  await expect(alert).toContainText(/region 1 leaves the image/);
  await expect(page.getByRole('button', { name: 'half-true 1 regions' })).toBeVisible();
});

for (const [name, entry] of [
  ['untrue', 'regions/regions.json'],
  ['unsaid', 'info.json'],
] as const) {
  test(`a broken ${entry} does not keep the movie from opening`, async ({ page }) => {
    await openMovie(page, [await zipFile(`${name}.zip`, replaced(entry, '{"a": [1, 2'))]);
    await expectOnScreen(page, name);
    const alert = await theAlert(page);
    await expect(alert).toContainText(`${name}.zip, ${entry}`);
    await expect(alert).toContainText(/line 1|byte \d+/);
  });
}

test('regions dropped with nothing open say what to do', async ({ page }) => {
  await page.goto('/');
  await chooseFiles(page, [jsonFile('regions.json', [{ coordinates: SQUARE }])]);
  const alert = await theAlert(page);
  await expect(alert).toContainText('regions.json');
  await expect(alert).toContainText('Open the data set first');
  await dismissAlert(page);
  await chooseFiles(page, [await smallSet()]);
  await waitForMovie(page);
  await expectOnScreen(page, 'small');
});

test('of several dropped files the broken one is named and the good ones open', async ({ page }) => {
  await page.goto('/');
  await chooseFiles(page, [
    await smallSet('one.zip'),
    { name: 'bad.zip', bytes: new Uint8Array(100) },
    await smallSet('two.zip'),
  ]);
  await expect(await theAlert(page)).toContainText('bad.zip');
  await waitForMovie(page);
  await expect.poll(() => openNames(page)).toEqual(['one', 'two']);
});

onDisk('a file that changes while it is open is named; opened again, it works', async ({ page, path }) => {
  await save(path, 40);
  await openMovie(page, path);
  await save(path, 30);
  await frameSlider(page).fill('33');
  const alert = await theAlert(page);
  await expect(alert).toContainText('moving.zip');
  await expect(alert).toContainText(/changed, moved or removed/);
  await expect(alert).toContainText('Open it again');
  await dismissAlert(page);
  await chooseFiles(page, path);
  await expect(page.getByRole('list', { name: 'Facts' })).toContainText('30 frames');
  await waitForMovie(page);
  await showFrame(page, 29);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

onDisk('a file that vanishes while it plays stops the movie with one alert', async ({ page, path }) => {
  await save(path, 60);
  await openMovie(page, path);
  await rm(path);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(await theAlert(page)).toContainText('moving.zip');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await dismissAlert(page);
  await openAndCloseGood(page);
});

test('memory that the browser refuses is named, and the next file opens', async ({ page }) => {
  await openCalciumSample(page);
  // The desk is the first worker: it opens files. It gets no array for a frame, as in a tab that is full.
  const desk = page.workers()[0]!;
  await desk.evaluate(() => {
    const Real = Uint8Array;
    const refusing = new Proxy(Real, {
      construct(target, given, wanted) {
        if (typeof given[0] === 'number' && given[0] > 900) throw new RangeError('Array buffer allocation failed');
        return Reflect.construct(target, given, wanted);
      },
    });
    Object.assign(globalThis, { Uint8Array: refusing, giveBack: () => Object.assign(globalThis, { Uint8Array: Real }) });
  });
  await chooseFiles(page, [await smallSet('large.zip')]);
  const alert = await theAlert(page);
  await expect(alert).toContainText('large.zip');
  await expect(alert).toContainText(/memory/);
  await expect(alert).toContainText(/Close other data sets/);
  await expectOnScreen(page, SAMPLE_NAME);
  await dismissAlert(page);
  await desk.evaluate(() => {
    const scope: object = globalThis;
    if ('giveBack' in scope && typeof scope.giveBack === 'function') scope.giveBack();
  });
  await openAndCloseGood(page);
});

test('without WebGL one alert says why; regions, scores and exports work', async ({ page }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    function refuse(this: HTMLCanvasElement, kind: string, options?: unknown) {
      return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, options]);
    }
    Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', { value: refuse });
  });
  await openCalciumSample(page);
  const alert = await theAlert(page);
  await expect(alert).toContainText('WebGL');
  await expect(alert).toContainText('hardware acceleration');
  await expectOnScreen(page, SAMPLE_NAME);
  await dismissAlert(page);
  await chooseFiles(page, [jsonFile('mine.json', [{ coordinates: SQUARE }])]);
  await expect(page.getByRole('table', { name: 'Regions', exact: true })).toBeVisible();
  await page.getByRole('tab', { name: /^Scores/ }).click();
  const scores = page.getByRole('table', { name: 'Scores', exact: true });
  await expect(scores.getByRole('row', { name: /^neurofinder\.sample\.00 / })).toContainText(/\d\.\d{4}/);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Regions JSON' }).click();
  expect((await download).suggestedFilename()).toBe('neurofinder.sample.00.regions.json');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
