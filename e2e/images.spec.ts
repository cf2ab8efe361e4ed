// The summary images that are saved: equal to golden vectors on synthetic and real movies, and to what is left of a damaged one.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { largestDifference, readNpy, saveItem } from './support/exports.ts';
import { openMovie } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { dataPath, goldenPath, needSharedData } from './support/real-data.ts';
import { makeMovie, scattered, setItems, zipOf } from './support/sets.ts';
import { frameSlider, goToFrame, readCursor, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';

const IMAGES = [
  ['Mean image NPY', 'mean', 'mean'],
  ['Maximum image NPY', 'max', 'max'],
  ['Standard deviation image NPY', 'std', 'std'],
  ['Correlation image NPY', 'correlation', 'corr'],
] as const;

/** Every image against its golden vector; `corr` completes the name of the one for eight neighbours. */
async function expectImages(page: Page, name: string, golden: (image: string) => Uint8Array, corr: string, descr: string) {
  for (const [item, file, image] of IMAGES) {
    const saved = await saveItem(page, item);
    expect(saved.name).toBe(`${name}.${file}.npy`);
    const ours = readNpy(saved.bytes);
    const theirs = readNpy(golden(image === 'corr' ? corr : image));
    expect(ours.shape, item).toEqual(theirs.shape);
    expect(ours.descr, item).toBe(image === 'max' ? descr : '<f4');
    // Values of a mean go to thousands, where float32 ends at the fourth decimal.
    const largest = theirs.values.reduce((top, value) => Math.max(top, Math.abs(value)), 1);
    expect(largestDifference(ours.values, theirs.values) / largest, item).toBeLessThanOrEqual(image === 'max' ? 0 : 1e-5);
  }
}

for (const [kind, descr] of [
  ['u16', '<u2'],
  ['f32', '<f4'],
] as const) {
  test(`images of the golden ${kind} movie`, async ({ page }) => {
    const folder = new URL('../src/test/golden/calcium/', import.meta.url);
    const read = (file: string) => new Uint8Array(readFileSync(new URL(file, folder)));
    await openMovie(page, [{ name: `movie_${kind}.npy`, bytes: read(`movie_${kind}.npy`) }]);
    await expectImages(page, `movie_${kind}`, (image) => read(`movie_${kind}.${image}.npy`), 'corr8_exact', descr);
  });
}

for (const [path, name, short, descr] of [
  ['calcium-sima/example.tif', 'example', 'sima', '<u2'],
  ['calcium-allen-100/movie.npy', 'movie', 'allen', '<i2'],
] as const) {
  test(`images of the real ${path}`, async ({ page }) => {
    needSharedData();
    await openMovie(page, dataPath(path));
    const read = (image: string) => new Uint8Array(readFileSync(goldenPath(`real/${short}.${image}.npy`)));
    await expectImages(page, name, read, 'corr8', descr);
  });
}

test('a damaged frame is counted, drawn as missing and left out of statistics', async ({ page }) => {
  const movie = makeMovie(30, 41, 12, scattered);
  const DAMAGED = 4;
  const items = setItems('neurofinder.64.00', { movie });
  const damaged = items.map((item, i) => (i === DAMAGED ? { ...item, lie: { crc: 1 } } : item));
  await openMovie(page, [await zipOf('neurofinder.64.00.zip', damaged)]);
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText(/1 of 12 frames/);
  await expect(notices).toContainText(/frame 4/i);

  await frameSlider(page).fill(String(DAMAGED));
  await expect(page.getByText(`Frame ${DAMAGED} is damaged`, { exact: false }).first()).toBeVisible();
  const says = await readCursor(page, movie, 10, 10);
  expect(says.frame).toBe(DAMAGED);
  expect(says.value, 'no value is made up').toBeNaN();
  const hatched = await seen(stage(page));
  // Hatching: dark, and of several greys along a row.
  expect(colours(hatched)).toBeGreaterThan(1);
  await goToFrame(page, DAMAGED + 1, movie);
  const good = await seen(stage(page));
  expect(largestDifference(hatched.data, good.data)).toBeGreaterThan(60);

  const frames = movie.frames.filter((_, i) => i !== DAMAGED);
  const mean = Float64Array.from(frames[0]!, (_, i) => frames.reduce((sum, frame) => sum + frame[i]!, 0) / frames.length);
  const max = Float64Array.from(frames[0]!, (_, i) => Math.max(...frames.map((frame) => frame[i]!)));
  expect(largestDifference(readNpy((await saveItem(page, 'Mean image NPY')).bytes).values, mean)).toBeLessThan(1e-4);
  expect(largestDifference(readNpy((await saveItem(page, 'Maximum image NPY')).bytes).values, max)).toBe(0);
});
