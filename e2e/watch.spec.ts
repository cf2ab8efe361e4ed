// Watching the movie: playing, stepping, jumping, exact values, views, contrast, zoom, ΔF/F₀ and smoothing.
import type { Page } from '@playwright/test';
import { openMovie } from './support/open.ts';
import { colourAt, colours, seen } from './support/pixels.ts';
import { makeMovie, neurofinderZip, scattered } from './support/sets.ts';
import {
  chooseView,
  cursorSays,
  frameSlider,
  goToFrame,
  pointOf,
  readCursor,
  stage,
  VIEW_NAMES,
  viewChoice,
} from './support/stage.ts';
import { expect, test } from './support/test.ts';

const MOVIE = makeMovie(30, 41, 24, scattered);
const LAST = MOVIE.frames.length - 1;
const openSet = async (page: Page) => openMovie(page, [await neurofinderZip('63.00', { movie: MOVIE, info: { 'rate-hz': 10 } })]);
const valueAt = (row: number, col: number, frame: number) => MOVIE.frames[frame]![row * MOVIE.width + col]!;
const over = (row: number, col: number) => MOVIE.frames.map((frame) => frame[row * MOVIE.width + col]!);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const frameNow = async (page: Page) => Number(await frameSlider(page).inputValue());
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('plays, pauses, loops, ends', async ({ page }) => {
  await openSet(page);
  await button(page, 'Play').click();
  await expect.poll(() => frameNow(page)).toBeGreaterThan(2);
  await button(page, 'Pause').click();
  const stopped = await frameNow(page);
  await expect(button(page, 'Play')).toBeVisible();
  expect(await readCursor(page, MOVIE, 12, 20)).toMatchObject({ frame: await frameNow(page) });
  expect(Math.abs((await frameNow(page)) - stopped)).toBeLessThanOrEqual(1);

  // Without loop it stops at the last frame; Play begins again from the first.
  await expect(button(page, 'Loop')).toHaveAttribute('aria-pressed', 'true');
  await button(page, 'Loop').click();
  await page.getByRole('combobox', { name: 'Speed', exact: true }).selectOption('16');
  await stage(page).click();
  await page.keyboard.press('Space');
  await expect.poll(() => frameNow(page)).toBe(LAST);
  await expect(button(page, 'Play')).toBeVisible();

  // With loop it goes on; "Every frame" leaves none out.
  await button(page, 'Loop').click();
  await page.getByRole('radio', { name: 'Every frame', exact: true }).click();
  const shown = await frameSlider(page).evaluateHandle((slider) => {
    // "7 of 24"
    const frames: number[] = [];
    const note = () => frames.push(Number.parseInt(slider.getAttribute('aria-valuetext') ?? '', 10));
    new MutationObserver(note).observe(slider, { attributes: true, attributeFilter: ['aria-valuetext'] });
    return frames;
  });
  await button(page, 'Play').click();
  await expect.poll(() => shown.evaluate((list) => list.length)).toBeGreaterThan(LAST + 10);
  await button(page, 'Pause').click();
  const list = await shown.jsonValue();
  const changes = list.filter((frame, i) => i === 0 || frame !== list[i - 1]);
  const skipped = changes.filter((frame, i) => i > 0 && frame !== (changes[i - 1]! + 1) % (LAST + 1));
  expect(skipped, `frames in order: ${changes.join(' ')}`).toEqual([]);
});

test('steps and jumps by buttons, keys and slider, exact to the value', async ({ page }) => {
  await openSet(page);
  const at = async (frame: number) => {
    await expect.poll(() => frameNow(page)).toBe(frame);
    await expect
      .poll(() => readCursor(page, MOVIE, 17, 33))
      .toEqual({ row: 17, col: 33, frame, what: 'raw', value: valueAt(17, 33, frame) });
  };
  await at(0);
  await button(page, 'Step forward').click();
  await at(1);
  await button(page, 'Step forward').click();
  await button(page, 'Step back').click();
  await at(1);
  await page.locator('body').press('ArrowRight');
  await at(2);
  await page.keyboard.press('Shift+ArrowRight');
  await at(12);
  await page.keyboard.press('ArrowLeft');
  await at(11);
  await page.keyboard.press('End');
  await at(LAST);
  await page.keyboard.press('Home');
  await at(0);
  await frameSlider(page).fill('19');
  await at(19);
  await frameSlider(page).press('ArrowLeft');
  await at(18);
  await frameSlider(page).press('End');
  await at(LAST);
});

test('views by choice and by key, with their own values', async ({ page }) => {
  await openSet(page);
  const [row, col] = [21, 9];
  const values = over(row, col);
  const m = mean(values);
  const wanted = [
    ['Mean', 'mean', m],
    ['Max', 'max', Math.max(...values)],
    ['Standard deviation', 'standard deviation', Math.sqrt(mean(values.map((value) => (value - m) ** 2)))],
  ] as const;
  for (const [view, what, value] of wanted) {
    await chooseView(page, view);
    await expect.poll(async () => (await readCursor(page, MOVIE, row, col)).what).toBe(what);
    const says = await cursorSays(page);
    expect(says.frame).toBeNull();
    expect(Math.abs(says.value - value), view).toBeLessThan(6e-4);
    expect(colours(await seen(stage(page)))).toBeGreaterThan(30);
  }
  await stage(page).click();
  for (const [i, view] of VIEW_NAMES.entries()) {
    await page.keyboard.press(String(i + 1));
    await expect(viewChoice(page, view)).toHaveAttribute('aria-checked', 'true');
    await expect.poll(async () => (await readCursor(page, MOVIE, row, col)).what).toBe(i === 0 ? 'raw' : view.toLowerCase());
  }
});

test('ΔF/F₀ and smoothing', async ({ page }) => {
  await openSet(page);
  const [row, col, frame] = [8, 30, 10];
  await goToFrame(page, frame, MOVIE);
  await page.getByRole('combobox', { name: 'Smoothing', exact: true }).selectOption('3');
  const three = mean([frame - 1, frame, frame + 1].map((one) => valueAt(row, col, one)));
  await expect.poll(async () => (await readCursor(page, MOVIE, row, col)).value).toBe(Math.round(three));
  await page.getByRole('combobox', { name: 'Smoothing', exact: true }).selectOption('1');
  await expect.poll(async () => (await readCursor(page, MOVIE, row, col)).value).toBe(valueAt(row, col, frame));
  const f0 = mean(over(row, col));
  const relative = (valueAt(row, col, frame) - f0) / f0;
  await page.getByRole('checkbox', { name: 'ΔF/F₀' }).check();
  await expect.poll(async () => (await readCursor(page, MOVIE, row, col)).what).toBe('ΔF/F₀');
  expect(Math.abs((await cursorSays(page)).value - relative)).toBeLessThan(6e-4);
  await page.getByRole('checkbox', { name: 'ΔF/F₀' }).uncheck();
  await expect.poll(() => readCursor(page, MOVIE, row, col)).toMatchObject({ what: 'raw', value: valueAt(row, col, frame) });
});

test('contrast: limits, lock, auto, colour map', async ({ page }) => {
  await openSet(page);
  const low = page.getByRole('spinbutton', { name: 'Contrast low value', exact: true });
  const high = page.getByRole('spinbutton', { name: 'Contrast high value', exact: true });
  const lock = button(page, 'Lock contrast');
  const automatic = [await low.inputValue(), await high.inputValue()];
  await expect(lock).toHaveAttribute('aria-pressed', 'false');
  // A pixel far from the overlays' corners, made the brightest and then the darkest that there is.
  const [row, col] = [15, 20];
  const value = valueAt(row, col, 0);
  const grey = async () => {
    const { x, y } = await pointOf(page, MOVIE, row, col);
    return colourAt(await seen(stage(page)), x, y);
  };
  const set = async (field: typeof low, to: number) => {
    await field.fill(String(to));
    await field.press('Enter');
  };
  await set(low, 1);
  await set(high, value);
  await expect.poll(grey).toEqual([255, 255, 255]);
  await expect(lock).toHaveAttribute('aria-pressed', 'true');
  await set(high, 2000);
  await set(low, value);
  await expect.poll(grey).toEqual([0, 0, 0]);
  await page.getByRole('combobox', { name: 'Colour map', exact: true }).selectOption('viridis');
  // The first colour of viridis.
  await expect.poll(grey).toEqual([68, 1, 84]);
  await page.getByRole('combobox', { name: 'Colour map', exact: true }).selectOption('gray');
  await expect.poll(grey).toEqual([0, 0, 0]);
  // Locked limits stay when another view was looked at.
  await chooseView(page, 'Mean');
  await chooseView(page, 'Movie');
  expect(await low.inputValue()).toBe(String(value));
  await button(page, 'Auto').click();
  await expect.poll(async () => [await low.inputValue(), await high.inputValue()]).toEqual(automatic);
  const before = await lock.getAttribute('aria-pressed');
  await stage(page).click();
  await page.keyboard.press('Shift+C');
  await expect(lock).toHaveAttribute('aria-pressed', before === 'true' ? 'false' : 'true');
});

test('zooms at the cursor, pans and fits', async ({ page }) => {
  await openSet(page);
  const fitted = await readCursor(page, MOVIE, 20, 33);
  await page.mouse.wheel(0, -600);
  await expect.poll(() => colourful(page)).toBe(true);
  const box = (await stage(page).boundingBox())!;
  const point = await pointOf(page, MOVIE, 20, 33);
  await page.mouse.move(box.x + point.x, box.y + point.y);
  expect(await cursorSays(page), 'the pixel under the cursor stays there').toEqual(fitted);
  // Another place of the canvas lies nearer to that pixel than before.
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(centre.x, centre.y);
  const near = await cursorSays(page);
  expect(near.col).toBeGreaterThan(20);
  expect(near.row).toBeGreaterThan(15);
  // Dragging takes the picture along.
  await page.mouse.down();
  await page.mouse.move(centre.x + 60, centre.y + 40, { steps: 4 });
  await page.mouse.up();
  expect(await cursorSays(page)).toEqual(near);
  await button(page, 'Fit').click();
  expect(await readCursor(page, MOVIE, 20, 33)).toEqual(fitted);
});

/** Whether something is drawn. */
async function colourful(page: Page): Promise<boolean> {
  return colours(await seen(stage(page))) > 10;
}
