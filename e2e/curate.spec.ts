// Curating: judging regions one after another, every tool on the picture, thresholds, the montage, the probe. All on a small set
// whose cells are known to the pixel, by mouse and by keyboard; what comes of it is read from the files that are saved.
import type { Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { saveItem, textOf } from './support/exports.ts';
import { dropFiles, jsonFile, openMovie } from './support/open.ts';
import { colourAt, distance, type Rgb, seen } from './support/pixels.ts';
import { scoreRow, showScores } from './support/scores.ts';
import { makeMovie, neurofinderZip, type TestRegion } from './support/sets.ts';
import { frameSlider, pointOf, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';

type Place = readonly [row: number, col: number];

const EXTENT = { height: 60, width: 80 };
const RADIUS = 5;
/** Centres of the cells, and the frame in which each flashes. */
const CELLS: readonly Place[] = [
  [12, 14],
  [12, 40],
  [14, 66],
  [44, 20],
  [44, 58],
];
const FLASH = [10, 22, 34, 46, 58];

const isInside = ([r, c]: Place, row: number, col: number, radius = RADIUS) => Math.hypot(row - r, col - c) <= radius;

const MOVIE = makeMovie(EXTENT.height, EXTENT.width, 72, (row, col, frame) => {
  const noise = (Math.imul(row * 73856093 + col * 19349663 + (frame + 1) * 83492791, 2654435761) >>> 8) % 12;
  const light = CELLS.map((cell, i) => {
    const since = frame - FLASH[i]!;
    return isInside(cell, row, col) ? 30 + (since >= 0 && since < 8 ? 400 * 0.7 ** since : 0) : 0;
  });
  return 200 + noise + light.reduce((sum, value) => sum + value, 0);
});

function discOf(cell: Place, radius = RADIUS): TestRegion {
  const pixels = Array.from({ length: EXTENT.height * EXTENT.width }, (_, i): Place => [Math.floor(i / 80), i % 80]);
  return { coordinates: pixels.filter(([row, col]) => isInside(cell, row, col, radius)) };
}

const TRUTH = CELLS.map((cell, id) => ({ id, ...discOf(cell) }));
/** The first three cells, smaller each, and one where nothing is. */
const PREDICTIONS = [discOf(CELLS[0]!, 5), discOf(CELLS[1]!, 4), discOf(CELLS[2]!, 3), discOf([30, 40], 2)];

async function openSet(page: Page, predictions: readonly TestRegion[] = PREDICTIONS): Promise<void> {
  await openMovie(page, [
    await neurofinderZip('64.00', { movie: MOVIE, truth: TRUTH, info: { 'rate-hz': 4, 'pixels-per-micron': 1 } }),
  ]);
  await expect(bar(page)).toBeVisible();
  if (predictions.length === 0) return;
  await dropFiles(page, [jsonFile('regions.json', predictions)]);
  await expect(rows(page)).not.toHaveCount(0);
  await scored(page);
  await quiet(page);
}

const bar = (page: Page) => page.getByRole('toolbar', { name: 'Edit regions', exact: true });
const tool = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true });
const table = (page: Page) => page.getByRole('table', { name: 'Regions', exact: true });
const rows = (page: Page) => table(page).getByRole('rowheader');
/** Without the missed ones of the truth. */
const predictions = (page: Page) => rows(page).filter({ hasNotText: /^T \d/ });
const row = (page: Page, label: string) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${label}\\b`) }) });
const selectedRows = (page: Page) => table(page).locator('tr[aria-selected="true"]');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const scored = (page: Page) => expect(page.getByRole('group', { name: 'Result classes', exact: true })).toBeVisible();
const chips = (page: Page) =>
  page.getByRole('group', { name: 'Result classes', exact: true }).getByRole('button').allTextContents();
const counts = async (page: Page) => (await chips(page)).map((text) => Number(/\d+/.exec(text)?.[0]));

/** What would be undone, as the button says. */
const undoes = (page: Page, name: string) =>
  expect(button(page, 'Undo')).toHaveAttribute('data-tip', new RegExp(`${name}$`, 'i'));

async function at(page: Page, [r, c]: Place): Promise<[number, number]> {
  const { x, y } = await pointOf(page, EXTENT, r, c);
  const box = (await stage(page).boundingBox())!;
  return [box.x + x, box.y + y];
}

async function click(page: Page, place: Place): Promise<void> {
  await page.mouse.click(...(await at(page, place)));
}

async function drag(page: Page, places: readonly Place[]): Promise<void> {
  const [first, ...rest] = places;
  await page.mouse.move(...(await at(page, first!)));
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...(await at(page, place)), { steps: 12 });
  await page.mouse.up();
}

/** Pixels of each exported region, as "row,col", in order. */
async function saved(page: Page): Promise<string[][]> {
  const list = JSON.parse(textOf(await saveItem(page, 'Regions JSON'))) as { coordinates: Place[] }[];
  await quiet(page);
  return list.map(({ coordinates }) => coordinates.map(String).sort());
}

/** Notices lie over the foot of the list until they go. */
async function quiet(page: Page): Promise<void> {
  const notices = page.getByRole('region', { name: 'Notices' });
  for (let left = await notices.getByRole('button', { name: 'Dismiss' }).count(); left > 0; left--)
    await notices.getByRole('button', { name: 'Dismiss' }).first().click();
}

const pixelsOf = ({ coordinates }: TestRegion) => coordinates.map(String).sort();

test('regions are judged by one key and the list goes on; the score follows; rejected ones can be restored', async ({ page }) => {
  await openSet(page);
  await showScores(page);
  await expect.poll(() => counts(page)).toEqual([3, 1, 2]);
  await row(page, '1').click();
  await page.keyboard.press('a');
  await expect(row(page, '1').getByRole('rowheader')).toContainText('accepted');
  await expect(row(page, '2')).toHaveAttribute('aria-selected', 'true');
  await undoes(page, 'Accept region 1');
  await page.keyboard.press('r');
  await expect(row(page, '3')).toHaveAttribute('aria-selected', 'true');
  await expect(row(page, '2')).toHaveCount(0);
  await expect.poll(() => counts(page)).toEqual([2, 1, 3]);
  await button(page, 'Reject').click();
  await expect(row(page, '4')).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => counts(page)).toEqual([1, 1, 4]);
  await showScores(page);
  await expect.poll(async () => Number((await scoreRow(page, '64.00')).full.recall)).toBeCloseTo(1 / 5, 9);
  expect(await saved(page)).toEqual([PREDICTIONS[0]!, PREDICTIONS[3]!].map(pixelsOf));

  // Listed greyed where they are asked for, and restored from there.
  await page.getByRole('combobox', { name: 'Listed regions', exact: true }).selectOption('rejected');
  await expect(rows(page)).toHaveText([/2.*rejected/, /3.*rejected/]);
  await row(page, '2').click();
  await page.keyboard.press('u');
  await expect(rows(page)).toHaveText([/3.*rejected/]);
  await expect.poll(() => counts(page)).toEqual([2, 1, 3]);
  await page.getByRole('combobox', { name: 'Listed regions', exact: true }).selectOption('all');
  await expect(rows(page)).toHaveCount(4 + 3);

  // Every step has its name and can be taken back.
  await undoes(page, 'Unsort region 2');
  for (const name of ['Unsort region 2', 'Reject region 3', 'Reject region 2', 'Accept region 1']) {
    await undoes(page, name);
    await page.keyboard.press('Control+z');
    // Whose judgement it was is what is selected then.
    await expect(row(page, name.at(-1)!)).toHaveAttribute('aria-selected', 'true');
  }
  await expect.poll(() => counts(page)).toEqual([3, 1, 2]);
  await page.keyboard.press('Control+y');
  await expect(row(page, '1').getByRole('rowheader')).toContainText('accepted');
});

test('arrow keys and letters walk through the list in its order; uncertain ones come by N', async ({ page }) => {
  await openSet(page);
  await table(page).getByRole('button', { name: 'Area px' }).click();
  await expect(rows(page)).toHaveText([/^1/, /T 3/, /T 4/, /^2/, /^3/, /^4/]);
  await page.getByRole('heading', { name: 'Regions' }).click();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, '1')).toHaveAttribute('aria-selected', 'true');
  for (const key of ['j', 'j', 'ArrowDown']) await page.keyboard.press(key);
  await expect(row(page, '2')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('k');
  await expect(row(page, 'T 4')).toHaveAttribute('aria-selected', 'true');
  // All are as uncertain as each other: N takes them in order, and leaves out what is judged.
  await page.keyboard.press('n');
  await expect(row(page, '1')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('n');
  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await expect(row(page, '3')).toHaveAttribute('aria-selected', 'true');
});

test('draws by corners, by hand and as a disc; the hint says how and Esc leaves', async ({ page }) => {
  await openSet(page, []);
  await page.keyboard.press('d');
  await expect(tool(page, 'Draw region')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(/Drag an outline.*Esc leaves/)).toBeVisible();
  // Corners at the centres of pixels: those on the upper and left edges belong to the region.
  for (const corner of [
    [20, 30],
    [20, 36],
    [25, 36],
    [25, 30],
  ] as const)
    await click(page, corner);
  await page.keyboard.press('Enter');
  await expect(predictions(page)).toHaveCount(1);
  await undoes(page, 'Draw region 1');
  const box: Place[] = Array.from({ length: 30 }, (_, i) => [20 + Math.floor(i / 6), 30 + (i % 6)]);
  const [drawn] = await saved(page);
  const missing = box.filter((pixel) => !drawn!.includes(String(pixel)));
  // The mouse stands on whole screen px, so an edge through centres may fall either way.
  expect(drawn!.length - 30).toBeLessThanOrEqual(13);
  expect(missing.length).toBeLessThanOrEqual(10);
  for (let r = 21; r <= 24; r++) for (let c = 31; c <= 35; c++) expect(drawn).toContain(`${r},${c}`);

  // Dropped by Esc before it is closed; the tool stays, the next Esc puts it away.
  await click(page, [40, 40]);
  await click(page, [40, 50]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(predictions(page)).toHaveCount(1);
  await drag(page, [
    [38, 10],
    [38, 30],
    [52, 30],
    [52, 10],
    [39, 10],
  ]);
  await expect(predictions(page)).toHaveCount(2);
  const hand = (await saved(page))[1]!;
  expect(hand).toContain('45,20');
  expect(Math.abs(hand.length - 14 * 20)).toBeLessThan(40);
  await page.keyboard.press('Escape');
  await expect(tool(page, 'Draw region')).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByText(/Esc leaves/)).toHaveCount(0);

  // A disc of the soma diameter, at the pointer by a click or by Enter.
  const diameter = page.getByRole('spinbutton', { name: 'Soma diameter value', exact: true });
  await diameter.fill('8');
  await diameter.press('Enter');
  await tool(page, 'Disc').click();
  await click(page, CELLS[4]!);
  await expect(predictions(page)).toHaveCount(3);
  expect((await saved(page))[2]).toEqual(pixelsOf(discOf(CELLS[4]!, 4)));
  await page.mouse.move(...(await at(page, CELLS[0]!)));
  await page.keyboard.press('Enter');
  await expect(predictions(page)).toHaveCount(4);
  expect((await saved(page))[3]).toEqual(pixelsOf(discOf(CELLS[0]!, 4)));
  await expect.poll(() => counts(page)).toEqual([3, 1, 2]);
});

test('a region grows from a click on a cell, and says so where nothing stands out', async ({ page }) => {
  await openSet(page, []);
  await page.keyboard.press('w');
  await click(page, [45, 21]);
  await expect(predictions(page)).toHaveCount(1);
  await undoes(page, 'Grow region 1');
  const [grown] = await saved(page);
  const cell = pixelsOf(discOf(CELLS[3]!));
  const both = grown!.filter((pixel) => cell.includes(pixel)).length;
  expect(both / (grown!.length + cell.length - both)).toBeGreaterThan(0.7);
  await expect(page.getByText(/grown from a click, on the/)).toBeVisible();
  await expect.poll(() => counts(page)).toEqual([1, 0, 4]);
});

test('erases, paints, cuts, splits, merges and removes; every edit is undone by its name', async ({ page }) => {
  const whole = { coordinates: [...discOf(CELLS[0]!).coordinates, ...discOf([12, 26]).coordinates] };
  await openSet(page, [whole, discOf(CELLS[1]!)]);
  const before = await saved(page);
  const sizes = async () => (await saved(page)).map((one) => one.length);

  // Split in two by itself: the parts are the two discs.
  await row(page, '1').click();
  await button(page, 'Split').click();
  await expect(row(page, '3')).toBeVisible();
  const parts = await saved(page);
  expect([parts[0], parts[2]].map((one) => one!.length).sort()).toEqual([81, 81]);
  expect([...parts[0]!, ...parts[2]!].sort()).toEqual(before[0]);
  await undoes(page, 'Split region 1');

  // Both marked and merged again.
  await row(page, '1').click();
  await row(page, '3').click({ modifiers: ['Shift'] });
  await expect(page.getByText('2 regions selected')).toBeVisible();
  await page.keyboard.press('m');
  await undoes(page, 'Merge regions 1 and 3');
  expect(await saved(page)).toEqual(before);

  // By a line between the two.
  await page.keyboard.press('s');
  await drag(page, [
    [4, 20],
    [22, 20],
  ]);
  await undoes(page, 'Cut region 1');
  expect((await sizes()).sort()).toEqual([81, 81, 81]);

  // The brush takes away what it passes over, and adds.
  await page.keyboard.press('q');
  // Where it meets no pixel of the selected region there is no step.
  await click(page, [50, 70]);
  await page.keyboard.press('Escape');
  await row(page, '2').click();
  await undoes(page, 'Cut region 1');
  await page.keyboard.press('q');
  await drag(page, [
    [12, 32],
    [12, 48],
  ]);
  await expect(button(page, 'Undo')).toHaveAttribute('data-tip', /Erase from region 2$/i);
  const erased = (await saved(page))[1]!;
  expect(erased.length).toBeLessThan(60);
  expect(erased).not.toContain('12,40');
  expect(erased).toContain('8,40');
  await page.keyboard.press('Shift+q');
  await drag(page, [
    [12, 32],
    [12, 48],
  ]);
  await undoes(page, 'Paint region 2');
  expect((await saved(page))[1]).toContain('12,40');
  await page.keyboard.press('Escape');

  await row(page, '2').click();
  await page.keyboard.press('Delete');
  await undoes(page, 'Remove region 2');
  expect(await sizes()).toEqual([81, 81]);
  // Back to the beginning.
  for (let i = 0; i < 12 && !(await button(page, 'Undo').getAttribute('data-tip'))?.match(/Import/); i++) {
    await button(page, 'Undo').click();
  }
  expect(await saved(page)).toEqual(before);
});

test('lasso, box and Shift with the mouse select many; one key judges them all', async ({ page }) => {
  await openSet(page);
  await page.keyboard.press('l');
  await drag(page, [
    [4, 4],
    [4, 50],
    [22, 50],
    [22, 4],
    [6, 4],
  ]);
  await expect(page.getByText('2 regions selected')).toBeVisible();
  await expect(selectedRows(page)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await undoes(page, 'Reject regions 1 and 2');
  await expect.poll(() => counts(page)).toEqual([1, 1, 4]);
  await page.keyboard.press('Control+z');

  await tool(page, 'Box selection').click();
  await drag(page, [
    [2, 30],
    [34, 76],
  ]);
  await expect(page.getByText('3 regions selected')).toBeVisible();
  await page.keyboard.press('Escape');
  // Without a tool: Shift and a click joins one, Shift and a drag takes a box.
  await page.keyboard.down('Shift');
  await click(page, CELLS[0]!);
  await expect(page.getByText('4 regions selected')).toBeVisible();
  await click(page, CELLS[1]!);
  await expect(page.getByText('3 regions selected')).toBeVisible();
  await drag(page, [
    [4, 4],
    [22, 50],
  ]);
  await expect(page.getByText('2 regions selected')).toBeVisible();
  await page.keyboard.up('Shift');
  await page.keyboard.press('Escape');
  await expect(selectedRows(page)).toHaveCount(0);
});

test('the list is sorted, filtered and coloured by a measure; what is outside can be rejected', async ({ page }) => {
  await openSet(page);
  await button(page, 'Thresholds').click();
  await page.getByRole('combobox', { name: 'Measure', exact: true }).selectOption('area');
  const from = page.getByRole('slider', { name: 'Area, px from', exact: true });
  await expect(from).toHaveAttribute('min', '13');
  await expect(from).toHaveAttribute('max', '81');
  await from.fill('40');
  await expect(rows(page)).toHaveText([/^1/, /^2/, /T 3/, /T 4/]);
  await expect(page.getByText('Area, px 40 to 81')).toBeVisible();
  await expect.poll(() => counts(page)).toEqual([3, 1, 2]);
  await button(page, 'Reject 2 outside').click();
  await undoes(page, 'Reject regions 3 and 4');
  await expect.poll(() => counts(page)).toEqual([2, 0, 3]);
  await button(page, 'Clear Area, px').click();
  await page.keyboard.press('Control+z');
  await expect(rows(page)).toHaveCount(6);

  // Measures that come from the movie: the empty place has no signal.
  await page.getByRole('combobox', { name: 'Measure', exact: true }).selectOption('snr');
  const column = table(page).getByRole('button', { name: 'Signal to noise' });
  await column.click();
  await column.click();
  await expect(rows(page).first()).toHaveText(/^4/);

  // Colours: the least signal is drawn at the low end of the map, not as a result.
  await page.getByRole('checkbox', { name: 'Colour outlines by it' }).check();
  await expect(row(page, '4').locator('.sw')).toHaveCount(1);
  await page.getByRole('checkbox', { name: 'Truth' }).uncheck();
  await page.keyboard.press('Escape');
  // The tip of the smallest disc is rounded: its outline crosses the column within the outermost pixel.
  const nearest = async (wanted: Rgb) => {
    const { x, y, zoom } = await pointOf(page, EXTENT, 30, 40);
    const picture = await seen(stage(page));
    return Math.min(...[1.9, 2.1, 2.3, 2.5].map((away) => distance(colourAt(picture, x, y - away * zoom), wanted)));
  };
  await expect.poll(() => nearest([61, 77, 138])).toBeLessThan(40);
});

test('the montage shows the movie around the strongest transients and jumps there', async ({ page }) => {
  await openSet(page);
  await row(page, '2').click();
  await page.keyboard.press('t');
  await expect(page.getByRole('tab', { name: 'Transients' })).toHaveAttribute('aria-selected', 'true');
  const montage = page.getByRole('region', { name: 'Transients of Region 2', exact: true });
  const first = montage.getByRole('figure').first();
  await expect(first).toContainText('peak at 5.5 s');
  const frames = first.getByRole('button');
  await expect(frames).toHaveCount(5);
  // Brighter at the peak than before it, because all share one contrast.
  const light = async (i: number) => colourAt(await seen(frames.nth(i).locator('canvas')), 32, 32)[0];
  expect(await light(1)).toBeGreaterThan((await light(0)) + 100);
  await first.getByRole('button', { name: 'Frame 22, 5.5 s', exact: true }).click();
  await expect(frameSlider(page)).toHaveValue('22');
  // The next region in the list keeps the montage on screen.
  await row(page, '3').click();
  await expect(
    page.getByRole('region', { name: 'Transients of Region 3', exact: true }).getByRole('figure').first(),
  ).toContainText('peak at 8.5 s');
  await page.keyboard.press('t');
  await expect(page.getByRole('img', { name: 'Traces', exact: true })).toBeVisible();
});

test('a trace under the pointer for any pixel, and a probe that is dragged with a live trace', async ({ page }) => {
  await openSet(page);
  const pixel = page.getByRole('img', { name: 'Trace under the pointer', exact: true });
  await page.mouse.move(...(await at(page, CELLS[3]!)));
  await expect(pixel).toBeVisible();
  const onCell = await pixel.screenshot();
  await page.mouse.move(...(await at(page, [30, 60])));
  await expect.poll(async () => (await pixel.screenshot()).equals(onCell)).toBe(false);
  await page.mouse.move(5, 5);
  await expect(pixel).toBeHidden();
  await page.keyboard.press('h');
  await page.mouse.move(...(await at(page, CELLS[3]!)));
  await expect(pixel).toHaveCount(0);

  const traces = page.getByRole('img', { name: 'Traces', exact: true });
  await page.keyboard.press('i');
  await click(page, CELLS[3]!);
  await expect(traces).toHaveAttribute('aria-description', /Probe, row 44, col 20.*at 11\.\d s/);
  await page.keyboard.press('Escape');
  await drag(page, [CELLS[3]!, CELLS[4]!]);
  await expect(traces).toHaveAttribute('aria-description', /Probe, row 44, col 58.*at 14\.\d s/);
  await page.keyboard.press('i');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowLeft');
  await expect(traces).toHaveAttribute('aria-description', /Probe, row 43, col 57/);
  await tool(page, 'Remove probe').click();
  await expect(traces).not.toHaveAttribute('aria-description', /Probe/);
});

test('axe finds nothing while curating, dark and light', async ({ page }) => {
  test.slow();
  await openSet(page);
  await button(page, 'Thresholds').click();
  await page.getByRole('combobox', { name: 'Measure', exact: true }).selectOption('area');
  await page.getByRole('slider', { name: 'Area, px from', exact: true }).fill('20');
  await page.getByRole('checkbox', { name: 'Colour outlines by it' }).check();
  await page.getByRole('combobox', { name: 'Listed regions', exact: true }).selectOption('all');
  await row(page, '3').click();
  await page.keyboard.press('r');
  await row(page, '1').click();
  await row(page, '2').click({ modifiers: ['Shift'] });
  await page.keyboard.press('t');
  await expect(page.getByRole('figure').first()).toBeVisible();
  await page.keyboard.press('q');
  await expectNoFaults(page);
  await button(page, 'Light theme').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.mouse.move(0, 0);
  await expectNoFaults(page);
});
