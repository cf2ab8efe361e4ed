// Several lists of predictions on one data set: named layers and their history, the difference of two, second opinions beside the
// benchmark's score, the story of each match, and the walk from mistake to mistake.
import type { Locator, Page } from '@playwright/test';
import { saveItem, textOf } from './support/exports.ts';
import { dropFiles, jsonFile, openMovie, openSample, waitForMovie } from './support/open.ts';
import { colourAt, decodePng, hasHue, type Rgb } from './support/pixels.ts';
import { expectFull, scoreRow, showScores } from './support/scores.ts';
import { makeMovie, neurofinderZip, rectangle, scattered } from './support/sets.ts';
import { cursorSays, frameSlider, pointOf, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { detectNeurons } from './support/trouble.ts';

const ROWS = 128;
const COLS = 256;
const FRAMES = 8;
const cell = (row: number, col: number) => rectangle(row, col, 7, 7);

/** Found by both, found by A, found by B, found by nobody. */
const TRUTH = [cell(4, 8), cell(4, 44), cell(4, 84), cell(80, 140)];
const A = [cell(4, 8), cell(4, 46), cell(40, 16)];
const B = [cell(4, 8), cell(4, 84), cell(40, 60)];
/** The cell that nobody finds lights up in this frame. */
const LIT = 6;
const MOVIE = makeMovie(ROWS, COLS, FRAMES, (row, col, frame) => {
  const lit = frame === LIT && row >= 80 && row < 87 && col >= 140 && col < 147;
  return scattered(row, col, 0) + (lit ? 3000 : 0);
});
const openSet = () => neurofinderZip('63.00', { movie: MOVIE, truth: TRUTH, info: { 'pixels-per-micron': 1, 'rate-hz': 2 } });

const panel = (page: Page) => page.getByRole('region', { name: 'Layers', exact: true });
const layerNames = (page: Page) => panel(page).locator('button.layer-name > :first-child').allTextContents();
const layer = (page: Page, name: string) =>
  panel(page)
    .locator('li')
    .filter({ has: page.getByText(name, { exact: true }) });
const choose = (page: Page, name: string) => layer(page, name).locator('.layer-name').click();
const current = (page: Page) => panel(page).locator('li[aria-current="true"] .layer-name > :first-child');
const historyRow = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name: 'History', exact: true }).getByRole('button', { name });
const undoButton = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true });
const openTab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

async function act(page: Page, name: string, item: string): Promise<void> {
  await panel(page)
    .getByRole('button', { name: `Actions on ${name}`, exact: true })
    .click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function openTwoLayers(page: Page): Promise<void> {
  await openMovie(page, [await openSet()]);
  await dropFiles(page, [jsonFile('first.json', A)]);
  await expect(current(page)).toHaveText('first.json');
  await dropFiles(page, [jsonFile('second.json', B)]);
  await expect(current(page)).toHaveText('second.json');
}

const BLUE: Rgb = [86, 180, 233];
const ORANGE: Rgb = [213, 94, 0];
const YELLOW: Rgb = [240, 228, 66];
const VIOLET: Rgb = [183, 156, 242];

/** Which of the colours are drawn along the edges of a cell. */
async function coloursAt(page: Page, row: number, col: number): Promise<string[]> {
  const first = await pointOf(page, { height: ROWS, width: COLS }, row, col);
  const box = (await stage(page).boundingBox())!;
  const size = 7 * first.zoom + 6;
  const x = box.x + first.x - first.zoom / 2 - 3;
  const y = box.y + first.y - first.zoom / 2 - 3;
  const picture = await decodePng(page, await page.screenshot({ clip: { x, y, width: size, height: size } }));
  const names = { blue: BLUE, orange: ORANGE, yellow: YELLOW, violet: VIOLET };
  const found = new Set<string>();
  for (let dy = 0; dy < picture.height; dy++) {
    for (let dx = 0; dx < picture.width; dx++) {
      const colour = colourAt(picture, dx, dy);
      for (const [name, hue] of Object.entries(names)) if (hasHue(colour, hue)) found.add(name);
    }
  }
  return [...found].sort();
}

test('dropped files lie beside each other, and what is done to them can be undone, step by step and from the list', async ({
  page,
}) => {
  await openTwoLayers(page);
  await showScores(page);
  expect(await layerNames(page)).toEqual(['first.json', 'second.json']);
  await expectFull(page, '63.00', { recall: 0.5, precision: 2 / 3 });
  for (const name of ['first.json', 'second.json']) await expect(layer(page, name)).toContainText('0.571');

  await choose(page, 'first.json');
  await expect(current(page)).toHaveText('first.json');
  await act(page, 'first.json', 'Rename');
  const dialog = page.getByRole('dialog', { name: 'Rename first.json' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('second.json');
  await page.keyboard.press('Enter');
  // A name that is taken gets a number.
  await expect(current(page)).toHaveText('second.json 2');
  await act(page, 'second.json 2', 'Green, dotted');
  await act(page, 'second.json 2', 'Keep a copy');
  await expect.poll(() => layerNames(page)).toEqual(['second.json 2', 'Copy of second.json 2', 'second.json']);
  await act(page, 'second.json', 'Delete second.json');
  await act(page, 'second.json 2', 'Delete second.json 2');
  await expect.poll(() => layerNames(page)).toEqual(['Copy of second.json 2']);
  await expect(current(page)).toHaveText('Copy of second.json 2');
  await expectFull(page, '63.00', { recall: 0.5 });

  const steps = [
    'Delete second.json 2',
    'Delete second.json',
    'Keep a copy of second.json 2',
    'Colour second.json 2',
    'Rename first.json to second.json 2',
    'Make first.json current',
    'Import second.json',
    'Import first.json',
  ];
  const list = page.getByRole('region', { name: 'History', exact: true }).getByRole('button');
  await expect(list).toHaveCount(steps.length + 1);
  for (const [i, step] of steps.entries()) await expect(list.nth(i)).toContainText(step);

  await undoButton(page).click();
  await undoButton(page).click();
  await expect.poll(() => layerNames(page)).toEqual(['second.json 2', 'Copy of second.json 2', 'second.json']);
  await historyRow(page, /^Import first\.json/).click();
  await expect.poll(() => layerNames(page)).toEqual(['first.json']);
  await historyRow(page, 'Opened').click();
  await expect(panel(page).locator('.layer-name')).toHaveText(['Truth4 regions']);
  await expect.poll(async () => (await scoreRow(page, '63.00')).full.recall).toBe('');
  await expect(undoButton(page)).toBeDisabled();
  await historyRow(page, /^Delete second\.json 2/).click();
  await expect.poll(() => layerNames(page)).toEqual(['Copy of second.json 2']);
  await expect(page.getByRole('button', { name: 'Redo', exact: true })).toBeDisabled();
});

test('the current layer is what is scored and exported; others are drawn in their own colour when shown', async ({ page }) => {
  await openTwoLayers(page);
  await expect.poll(() => coloursAt(page, 4, 46)).toEqual(['yellow']);
  await layer(page, 'first.json').getByRole('button', { name: 'Show first.json' }).click();
  await expect.poll(() => coloursAt(page, 40, 16)).toEqual(['violet']);
  await expect.poll(() => coloursAt(page, 40, 60)).toEqual(['orange']);
  await layer(page, 'first.json').getByRole('button', { name: 'Hide first.json' }).click();
  await expect.poll(() => coloursAt(page, 40, 16)).toEqual([]);
  await choose(page, 'first.json');
  await expect.poll(() => coloursAt(page, 40, 16)).toEqual(['orange']);
  await expect.poll(() => coloursAt(page, 40, 60)).toEqual([]);
  const saved: unknown = JSON.parse(new TextDecoder().decode((await saveItem(page, 'Regions JSON')).bytes));
  expect(saved).toHaveLength(A.length);
  expect(JSON.stringify(saved)).toContain('[4,46]');
});

test('detection makes the layer Detected and replaces it; a copy that was kept stays', async ({ page }) => {
  test.slow();
  await openSample(page, 'Calcium imaging');
  await waitForMovie(page);
  await detectNeurons(page);
  await expect(current(page)).toHaveText('Detected');
  await act(page, 'Detected', 'Keep a copy');
  await expect(layer(page, 'Copy of Detected').locator('.num')).toHaveText(/^0\.\d{3}$/);
  const before = await layer(page, 'Copy of Detected').textContent();
  await page.getByRole('slider', { name: 'Soma diameter', exact: true }).fill('8');
  await page.getByRole('button', { name: 'Detect neurons', exact: true }).click();
  await expect(historyRow(page, /^Find neurons/)).toHaveCount(2, { timeout: 60_000 });
  expect(await layerNames(page)).toEqual(['Detected', 'Copy of Detected']);
  expect(await layer(page, 'Copy of Detected').textContent()).toBe(before);
  await undoButton(page).click();
  expect(await layerNames(page)).toEqual(['Detected', 'Copy of Detected']);
});

const differenceChip = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Difference classes' }).getByRole('button', { name });

test('the difference of two layers: counts, colours, and a legend that filters', async ({ page }) => {
  await openTwoLayers(page);
  await panel(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('combobox', { name: 'Layer A' }).selectOption({ label: 'first.json' });
  await page.getByRole('combobox', { name: 'Layer B' }).selectOption({ label: 'second.json' });
  await expect(differenceChip(page, 'A only 2')).toBeVisible();
  await expect(differenceChip(page, 'Both 1')).toBeVisible();
  await expect(differenceChip(page, 'B only 2')).toBeVisible();
  await expect.poll(() => coloursAt(page, 4, 8)).toEqual(['blue']);
  await expect.poll(() => coloursAt(page, 40, 16)).toEqual(['orange']);
  await expect.poll(() => coloursAt(page, 40, 60)).toEqual(['yellow']);
  // The truth takes no part in it.
  await expect.poll(() => coloursAt(page, 80, 140)).toEqual([]);
  await differenceChip(page, 'A only 2').click();
  await expect.poll(() => coloursAt(page, 40, 16)).toEqual([]);
  await expect.poll(() => coloursAt(page, 40, 60)).toEqual(['yellow']);
  await page.getByRole('combobox', { name: 'Layer B' }).selectOption({ label: 'Truth' });
  await expect(differenceChip(page, 'Both 2')).toBeVisible();
  await expect(differenceChip(page, 'A only 1')).toBeVisible();
  // The 2 px between A's cell and the truth's are too many for a tighter threshold.
  const field = page.getByRole('spinbutton', { name: 'Match threshold', exact: true });
  await field.fill('1.5');
  await field.press('Enter');
  await expect(differenceChip(page, 'Both 1')).toBeVisible();
  // The tools above the picture say that it is on, whatever the tab, and switch it off.
  await openTab(page, 'Scores');
  await page.getByRole('checkbox', { name: 'Difference', exact: true }).click();
  await expect.poll(() => coloursAt(page, 80, 140)).toEqual(['yellow']);
});

/** The first truth takes the estimate that the second needs: the optimal match finds two pairs, the greedy one finds one. */
const GREEDY_TRUTH = [rectangle(10, 20, 5, 5), rectangle(10, 24, 5, 5)];
const GREEDY_ESTIMATE = [rectangle(10, 22, 5, 5), rectangle(10, 17, 5, 5)];
const openGreedy = () =>
  neurofinderZip('64.00', {
    movie: makeMovie(40, 60, 4, scattered),
    truth: GREEDY_TRUTH,
    info: { 'pixels-per-micron': 0.8 },
  });

async function layerFigures(page: Page, name: string): Promise<string[]> {
  const table = page.getByRole('table', { name: 'Layer scores' });
  return table.getByRole('row').filter({ hasText: name }).getByRole('cell').allTextContents();
}

test('second opinions stand beside the benchmark’s score, which stays the headline', async ({ page }) => {
  await openMovie(page, [await openGreedy()]);
  await dropFiles(page, [jsonFile('greedy.json', GREEDY_ESTIMATE)]);
  await openTab(page, 'Compare');
  const table = page.getByRole('table', { name: 'Layer scores' });
  for (const head of ['Benchmark', 'Second opinion: optimal', 'Second opinion: IoU ≥ 0.5']) {
    await expect(table.getByRole('columnheader', { name: head, exact: true })).toBeVisible();
  }
  const half = '0.5000';
  const whole = '1.0000';
  const none = '0.0000';
  await expect
    .poll(() => layerFigures(page, 'greedy.json'))
    .toEqual([half, half, half, '0.6000', '0.6000', whole, whole, whole, none, none, none]);
  const saved = await saveItem(page, 'Layer scores CSV');
  expect(saved.name).toBe('64.00.layers.csv');
  expect(textOf(saved).split('\n')[1]).toBe('greedy.json,predictions,2,4,0.5,0.5,0.5,0.6,0.6,1,1,1,0,0,0');
  await showScores(page);
  await expectFull(page, '64.00', { combined: 0.5 });
});

test('a second grader’s labels are the ceiling', async ({ page }) => {
  await openTwoLayers(page);
  await act(page, 'first.json', 'Second grader');
  await expect(page.getByText('Ceiling 0.571: what the second grader reaches (first.json)')).toBeVisible();
  await openTab(page, 'Compare');
  await expect(
    page.getByRole('table', { name: 'Layer scores' }).getByRole('rowheader', { name: /first\.json.*ceiling/ }),
  ).toBeVisible();
  await undoButton(page).click();
  await expect(page.getByText(/^Ceiling/)).toHaveCount(0);
});

const match = (page: Page): Locator => page.getByRole('region', { name: 'Match', exact: true });
const mistakeRows = (page: Page) => page.getByRole('table', { name: 'Mistakes' }).getByRole('rowheader');

test('every match tells its story: too far, taken by an earlier truth, or matched with its figures', async ({ page }) => {
  await openMovie(page, [await openGreedy()]);
  await dropFiles(page, [jsonFile('greedy.json', GREEDY_ESTIMATE)]);
  await openTab(page, 'Mistakes');
  await expect(mistakeRows(page)).toHaveText(['2', 'T 1']);
  const saved = await saveItem(page, 'Mistakes CSV');
  expect(saved.name).toBe('64.00.mistakes.csv');
  const [head, extra, missed] = textOf(saved).split('\n');
  expect(head).toBe('region,layer,result,row,col,nearest,distance_px,why');
  expect(extra).toMatch(/^2,predictions,extra,[\d.]+,[\d.]+,T 0,3,"Extra: the nearest truth, truth 0, is 3\.0 px away/);
  expect(missed).toMatch(/^T 1,truth,missed,[\d.]+,[\d.]+,1,2,"Missed: the nearest prediction, region 1, is 2\.0 px away/);
  await page.getByRole('table', { name: 'Mistakes' }).getByText('T 1').click();
  await expect(match(page)).toContainText(
    'Missed: the nearest prediction, region 1, is 2.0 px away, but was taken by truth 0, which comes earlier in the file ' +
      '(2.0 px). The nearest that was left, region 2, is 7.0 px away; a match is nearer than 4 px.',
  );
  await page.getByRole('table', { name: 'Mistakes' }).getByRole('rowheader', { name: '2', exact: true }).click();
  await expect(match(page)).toContainText(
    'Extra: the nearest truth, truth 0, is 3.0 px away, but took region 1, which is nearer (2.0 px).',
  );
  await match(page).getByRole('button', { name: 'Go to the nearest' }).click();
  await expect(match(page)).toContainText('Found: region 1, 2.0 px away.');
  for (const [name, value] of [
    ['Distance', '2.00 px'],
    ['Inclusion', '0.600'],
    ['Exclusion', '0.600'],
  ]) {
    await expect(match(page).locator('dl > div').filter({ hasText: name! })).toContainText(value!);
  }
  const field = page.getByRole('spinbutton', { name: 'Match threshold', exact: true });
  await field.fill('2');
  await field.press('Enter');
  await expect(match(page)).toContainText(
    'Missed: the nearest prediction, region 1, is 2.0 px away; a match is nearer than 2 px.',
  );
});

test('the walk from mistake to mistake selects, brings into the middle, and jumps to the strongest transient', async ({
  page,
}) => {
  await openTwoLayers(page);
  const regions = page.getByRole('table', { name: 'Regions', exact: true });
  const selected = regions.locator('tr[aria-selected="true"]').getByRole('rowheader');
  await openTab(page, 'Mistakes');
  // In bands from the top.
  await expect(mistakeRows(page)).toHaveText(['T 1', '3', 'T 3']);
  for (const name of [/T 1/, /^3/, /T 3/]) {
    await page.keyboard.press('e');
    await expect(selected).toHaveText(name);
  }
  await expect(frameSlider(page)).toHaveValue(String(LIT));
  const box = (await stage(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  expect(await cursorSays(page)).toMatchObject({ row: 83, col: 143, frame: LIT });
  await page.getByRole('button', { name: 'Previous error' }).click();
  await expect(selected).toHaveText(/^3/);
  await page.getByRole('button', { name: 'Next error' }).click();
  await page.keyboard.press('e');
  await expect(selected).toHaveText(/T 1/);
  await page.keyboard.press('Shift+E');
  await expect(selected).toHaveText(/T 3/);
  // A class that the legend hides is not visited.
  await page.getByRole('group', { name: 'Result classes' }).getByRole('button', { name: 'Extra 1' }).click();
  await expect(mistakeRows(page)).toHaveText(['T 1', 'T 3']);
});

test('dragging the threshold over 500 × 500 regions with three layers scores without an error', async ({ page }) => {
  const grid = (shift: number) =>
    Array.from({ length: 500 }, (_, i) => rectangle(8 + 16 * Math.floor(i / 25) + (i % shift), 4 + 12 * (i % 25), 7, 7));
  const zip = await neurofinderZip('65.00', { movie: makeMovie(340, 310, 2, scattered), truth: grid(1), info: {} });
  await openMovie(page, [zip]);
  await showScores(page);
  for (const shift of [2, 4, 7]) await dropFiles(page, [jsonFile(`shift ${shift}.json`, grid(shift))]);
  await expect(current(page)).toHaveText('shift 7.json');
  await expectFull(page, '65.00', { recall: 0.716 });
  const times: number[] = [];
  const slider = page.getByRole('slider', { name: 'Threshold', exact: true });
  for (const threshold of ['1.5', '2.5', '3.5', '4.5', '5.5', '6.5']) {
    await slider.fill(threshold);
    await expect.poll(async () => (await scoreRow(page, '65.00')).threshold).toBe(threshold);
    await page.waitForTimeout(300);
    times.push(
      await page.evaluate(() => {
        const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
        return at('score-done') - at('score-start');
      }),
    );
  }
  console.log(`500 × 500 regions, threshold to score: ${times.map((time) => time.toFixed(1)).join(', ')} ms`);
  const undone = await undoButton(page).evaluate((button) => {
    const start = performance.now();
    if (button instanceof HTMLButtonElement) button.click();
    return performance.now() - start;
  });
  await expect(current(page)).toHaveText('shift 4.json');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(current(page)).toHaveText('shift 7.json');
  console.log(`500 regions, undo of an import: ${undone.toFixed(1)} ms until it is on the page`);
  await expectFull(page, '65.00', { recall: 1, precision: 1, combined: 1 });
  await expect(panel(page).locator('li .num')).toHaveText(['1.000', '1.000', '1.000']);
});
