// The detector's tools on the sample: why each region was found, what the labels mean, more like this, redo in a rectangle, the
// preview of parameters, a region grown by a click, traces by two methods; each by mouse or by its name among the commands.
import type { Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { openExportMenu, savedBy, saveItem, textOf } from './support/exports.ts';
import { dropFiles, jsonFile, openMovie, openSample, waitForMovie, waitForPhase } from './support/open.ts';
import { makeMovie, neurofinderZip } from './support/sets.ts';
import { pointOf, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';

const EXTENT = { height: 120, width: 144 };
type Place = readonly [row: number, col: number];

async function open(page: Page): Promise<void> {
  await openSample(page, 'Calcium imaging');
  await waitForMovie(page);
}

async function detect(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Detect neurons/ }).click();
  await expect(page.getByText(/\d+ neurons? found/).last()).toBeVisible({ timeout: 80_000 });
  await waitForPhase(page, 'ready');
  await quiet(page);
}

/** Notices lie over the foot of the list until they go. */
async function quiet(page: Page): Promise<void> {
  const notices = page.getByRole('region', { name: 'Notices' });
  for (let left = await notices.getByRole('button', { name: 'Dismiss' }).count(); left > 0; left--)
    await notices.getByRole('button', { name: 'Dismiss' }).first().click();
}

async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Command', exact: true })).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const table = (page: Page) => page.getByRole('table', { name: 'Regions', exact: true });
const found = (page: Page) => table(page).getByRole('rowheader').filter({ hasNotText: /^T \d/ });
const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true });
const saved = async (page: Page) => JSON.parse(textOf(await saveItem(page, 'Regions JSON'))) as { coordinates: Place[] }[];
const centreOf = ({ coordinates }: { coordinates: Place[] }): Place => {
  const mean = (axis: 0 | 1) => coordinates.reduce((sum, place) => sum + place[axis], 0) / coordinates.length;
  return [mean(0), mean(1)];
};

async function at(page: Page, [row, col]: Place): Promise<[number, number]> {
  const { x, y } = await pointOf(page, EXTENT, row, col);
  const box = (await stage(page).boundingBox())!;
  return [box.x + x, box.y + y];
}

async function drag(page: Page, from: Place, to: Place): Promise<void> {
  await page.mouse.move(...(await at(page, from)));
  await page.mouse.down();
  await page.mouse.move(...(await at(page, to)), { steps: 8 });
  await page.mouse.up();
}

/** Removes all regions with their centre left of a column. */
async function removeLeft(page: Page, col: number): Promise<void> {
  await page.getByRole('button', { name: 'Box selection', exact: true }).click();
  await drag(page, [0, 0], [EXTENT.height - 1, col]);
  await expect(page.getByText(/\d+ regions selected/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect(undo(page)).toHaveAttribute('data-tip', /Remove regions/);
}

test('every found region says why, in words and figures', async ({ page }) => {
  await open(page);
  await detect(page);
  const why = page.getByRole('region', { name: 'Why it was found', exact: true });
  await expect(why).toHaveCount(0);
  await expect.poll(() => found(page).count()).toBeGreaterThan(3);
  for (const i of [0, 2]) {
    await found(page).nth(i).click();
    await expect(why).toContainText(/Found by .*(ring on the mean image|times the noise)/);
    const names = await why.locator('dt').allTextContents();
    expect(names).toEqual(['Gain', 'Odd', 'Even', 'FDR', 'Activity', 'Overlap']);
    const [gain, odd, even, rate, , overlap] = await why.locator('dd').allTextContents();
    for (const one of [gain, odd, even]) expect(one).toMatch(/^\d+\.\d$/);
    await expect(why.getByRole('img')).toHaveCount(4);
    for (const image of ['Mean image', 'Mean of the odd frames', 'Mean of the even frames', 'Correlation image'])
      await expect(why.getByRole('img', { name: `${image} around the region`, exact: true })).toHaveAttribute(
        'data-drawn',
        'yes',
      );
    expect(Number(rate)).toBeGreaterThanOrEqual(0);
    expect(Number(rate)).toBeLessThanOrEqual(1);
    expect(overlap).toMatch(/^\d+ %$/);
  }
  await expectNoFaults(page);
});

test('the switch for the labels says what it means, and decides what is found', async ({ page }) => {
  await open(page);
  const panel = page.getByRole('region', { name: 'Detection', exact: true });
  await expect(panel).toContainText('whether it can be seen or fires');
  await page.getByRole('radio', { name: 'Active cells' }).click();
  await expect(panel).toContainText('Only cells that fire count');
  await detect(page);
  await found(page).first().click();
  await expect(page.getByRole('region', { name: 'Why it was found' })).toContainText('times the noise');
  // Its figures fold, and stay so.
  const figures = page.getByRole('region', { name: 'Why it was found' }).getByText('Gain', { exact: true });
  await expect(figures).toBeVisible();
  await page.getByRole('button', { name: 'Figures of the detection' }).click();
  await expect(figures).toBeHidden();
  await command(page, 'labels visible');
  await expect(panel).toContainText('Every cell that can be seen');
});

test('more like this adds cells that look like the selected one, and Undo takes them back', async ({ page }) => {
  await open(page);
  await detect(page);
  // The left half is taken away, so that there is something left to find.
  await removeLeft(page, EXTENT.width / 2 - 8);
  const few = (await saved(page)).length;
  await quiet(page);
  await found(page).first().click();
  await page.getByRole('button', { name: 'More like this', exact: true }).click();
  await expect(page.getByText(/\d+ more like region \d+/).last()).toBeVisible();
  const more = await saved(page);
  expect(more.length).toBeGreaterThan(few);
  // The added ones have the size of the one that they are like.
  const [like] = more;
  for (const one of more.slice(few)) expect(one.coordinates.length).toBeLessThanOrEqual(like!.coordinates.length * 2);
  await quiet(page);
  await undo(page).click();
  expect(await saved(page)).toHaveLength(few);
  await quiet(page);
  await found(page).first().click();
  await command(page, 'more like this');
  await expect(undo(page)).toHaveAttribute('data-tip', /More like region \d+$/);
});

test('redo in a rectangle changes what lies inside and nothing else', async ({ page }) => {
  await open(page);
  await detect(page);
  const before = await saved(page);
  await quiet(page);
  // All that lies in the left half is taken away, then found again there.
  const middle = EXTENT.width / 2;
  const left = before.filter((region) => centreOf(region)[1] < middle - 10);
  expect(left.length).toBeGreaterThan(3);
  await removeLeft(page, middle - 8);
  const removed = await saved(page);
  await quiet(page);

  await command(page, 'redo in a rectangle');
  await drag(page, [0, 0], [EXTENT.height - 1, middle]);
  await expect(page.getByText(/\d+ regions in the rectangle/).last()).toBeVisible({ timeout: 60_000 });
  await waitForPhase(page, 'ready');
  const after = await saved(page);
  const right = (list: typeof before) =>
    list.filter((region) => centreOf(region)[1] >= middle + 1).map((one) => JSON.stringify(one.coordinates));
  expect(right(after)).toEqual(right(before));
  expect(after.length).toBeGreaterThan(removed.length + left.length / 2);
  await quiet(page);
  await expect(undo(page)).toHaveAttribute('data-tip', /Redo in a rectangle$/);
  await undo(page).click();
  expect((await saved(page)).map(({ coordinates }) => coordinates)).toEqual(removed.map(({ coordinates }) => coordinates));
});

test('moving a parameter shows at once what it would find, and detecting ends the preview', async ({ page }) => {
  await open(page);
  const note = page.getByRole('status', { name: 'Preview', exact: true });
  const rings = page.getByRole('img', { name: /^Preview: \d+ cells?/ });
  const count = async () => Number(/Preview: (\d+)/.exec((await note.textContent()) ?? '')?.[1]);
  await expect(note).toHaveCount(0);
  await page.getByRole('slider', { name: 'Sensitivity', exact: true }).fill('0.1');
  await expect(note).toBeVisible();
  const low = await count();
  await page.getByRole('slider', { name: 'Sensitivity', exact: true }).fill('1');
  await expect.poll(count).toBeGreaterThan(low);
  const high = await count();
  expect(await rings.locator('circle').count()).toBe(high);
  const radius = Number(await rings.locator('circle').first().getAttribute('r'));
  await page.getByRole('slider', { name: 'Soma diameter', exact: true }).fill('14');
  await expect(rings.locator('circle').first()).toHaveAttribute('r', '7');
  expect(radius).not.toBe(7);
  await expectNoFaults(page);
  await command(page, 'hide the preview');
  await expect(note).toHaveCount(0);
  await command(page, 'preview the parameters');
  await expect(note).toBeVisible();
  await detect(page);
  await expect(note).toHaveCount(0);
  await expect(rings).toHaveCount(0);
});

test('a click grows one region there', async ({ page }) => {
  await open(page);
  await command(page, 'grow region');
  const truth = table(page).getByRole('rowheader').filter({ hasText: /^T \d/ });
  await expect(truth.first()).toBeVisible();
  await page.mouse.move(...(await at(page, [60, 72])));
  await page.keyboard.press('Enter');
  await expect(found(page)).toHaveCount(1);
  const [region, ...more] = await saved(page);
  expect(more).toEqual([]);
  expect(Math.hypot(centreOf(region!)[0] - 60, centreOf(region!)[1] - 72)).toBeLessThan(12);
});

test('traces by mask mean or by least squares: overlapping cells differ, the others stay', async ({ page }) => {
  await open(page);
  await detect(page);
  const csv = async () =>
    textOf(await saveItem(page, 'Traces CSV'))
      .trim()
      .split('\n')
      .map((line) => line.split(','));
  const mean = await csv();
  await quiet(page);
  await page.getByRole('tab', { name: 'Traces', exact: true }).click();
  await page.getByLabel('Traces by', { exact: true }).selectOption('Least squares');
  const demixed = await csv();
  expect(demixed.map((line) => line.length)).toEqual(mean.map((line) => line.length));
  expect(demixed).not.toEqual(mean);
  const same = demixed.filter((line, i) => line.join() === mean[i]!.join()).length;
  expect(same).toBeGreaterThan(1);
  await quiet(page);
  await command(page, 'traces by mask mean');
  await expect(page.getByLabel('Traces by', { exact: true })).toHaveValue('mean');
  expect(await csv()).toEqual(mean);
});

/** A textured field that jumps by four rows and two columns in every third stretch of twelve frames. */
const jumping = (row: number, col: number, frame: number) => {
  const away = Math.floor(frame / 12) % 3 === 2;
  const [y, x] = away ? [row - 4, col - 2] : [row, col];
  const grain = (size: number) =>
    (Math.imul(Math.floor(y / size) * 7349 + Math.floor(x / size) * 9151 + 77, 2654435761) >>> 9) % 100;
  const light = (grain(3) + grain(7)) / 100;
  const noise = (Math.imul(row * 73856093 + col * 19349663 + (frame + 1) * 83492791, 2654435761) >>> 8) % 9;
  return Math.round(300 + 60 * light + noise);
};
const JUMPING = makeMovie(96, 96, 120, jumping);

test('residual motion is measured, and corrected where a person asks for it', async ({ page }) => {
  await openMovie(page, [await neurofinderZip('65.00', { movie: JUMPING, info: { 'rate-hz': 4 } })]);
  const note = page.getByRole('note', { name: 'Residual motion', exact: true });
  await expect(note).toContainText(/Residual motion \d+\.\d px/);
  const pixels = async () => Number(/([\d.]+) px/.exec((await note.textContent()) ?? '')?.[1]);
  const before = await pixels();
  expect(before).toBeGreaterThan(3.5);
  expect(before).toBeLessThan(5.5);
  await note.getByRole('button', { name: 'Correct motion', exact: true }).click();
  await expect(note).toContainText('corrected');
  expect(await pixels()).toBeLessThan(1);
  await expectNoFaults(page);
  await command(page, 'motion as recorded');
  await expect.poll(pixels).toBe(before);
});

test('the correction comes back with the data set, and a recipe makes it again', async ({ page }) => {
  const zip = await neurofinderZip('65.00', { movie: JUMPING, info: { 'rate-hz': 4 } });
  await openMovie(page, [zip]);
  const note = page.getByRole('note', { name: 'Residual motion', exact: true });
  const mean = async () => textOf(await saveItem(page, 'Mean image NPY'));
  await expect(note).toContainText('px');
  const recorded = await mean();
  await quiet(page);
  await note.getByRole('button', { name: 'Correct motion', exact: true }).click();
  await expect(note).toContainText('corrected');
  await waitForPhase(page, 'ready');
  const corrected = await mean();
  expect(corrected).not.toBe(recorded);
  await quiet(page);
  const menu = await openExportMenu(page);
  await menu.getByRole('menuitem', { name: 'Recipe JSON', exact: true }).click();
  const recipe = await savedBy(page, () =>
    page
      .getByRole('dialog')
      .getByRole('button', { name: /^Save .*json$/ })
      .click(),
  );
  expect(textOf(recipe)).toMatch(/"do": "motion"/);
  await page.keyboard.press('Escape');
  await expect(page.getByText(/saved/i).first()).toBeVisible();

  await page.reload();
  await openMovie(page, [zip]);
  await expect(note).toContainText('corrected');
  expect(await mean()).toBe(corrected);
  await quiet(page);
  await command(page, 'motion as recorded');
  await expect(note).not.toContainText('corrected');
  await expect(note).toContainText('px');
  expect(await mean()).toBe(recorded);
  await quiet(page);
  await dropFiles(page, [recipe]);
  await expect(note).toContainText('corrected');
  await expect(note).toContainText('px');
  await page.getByRole('dialog', { name: 'Recipe replayed' }).getByRole('button', { name: 'Close', exact: true }).first().click();
  expect(await mean()).toBe(corrected);
  // One that detects and says nothing of motion detects in the movie as it was recorded.
  await quiet(page);
  await dropFiles(page, [jsonFile('plain.recipe.json', { ...JSON.parse(textOf(recipe)), steps: [{ do: 'detect' }] })]);
  await expect(page.getByRole('progressbar', { name: 'Detecting neurons' })).toBeVisible();
  await expect(note).not.toContainText('corrected');
});

/** Values without any texture. */
const BLANK = makeMovie(
  96,
  96,
  60,
  (row, col, frame) => 300 + ((Math.imul(row * 73856093 + col * 19349663 + (frame + 1) * 83492791, 2654435761) >>> 8) % 99),
);

test('where motion cannot be known, it says so', async ({ page }) => {
  await openMovie(page, [await neurofinderZip('65.01', { movie: BLANK, info: { 'rate-hz': 4 } })]);
  const note = page.getByRole('note', { name: 'Residual motion', exact: true });
  await expect(note).toContainText('Residual motion unknown');
  await expect(note.getByRole('button')).toHaveCount(0);
  await expect(note.getByTitle(/no texture, or too much noise/)).toBeVisible();
  await expectNoFaults(page);
  await openMovie(page, [await neurofinderZip('65.02', { movie: makeMovie(96, 96, 6, jumping), info: { 'rate-hz': 4 } })]);
  await expect(note.getByTitle(/at least 8 binned images/)).toBeVisible();
});

test('a movie that holds still is offered no correction', async ({ page }) => {
  await open(page);
  const note = page.getByRole('note', { name: 'Residual motion', exact: true });
  await expect(note).toContainText(/Residual motion 0\.\d px/);
  await expect(note.getByRole('button')).toHaveCount(0);
});
