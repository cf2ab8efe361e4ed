// A second person labels blind: nothing of others is left on the page; then how far people agree, and their consensus.
import type { Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { openExportMenu, savedBy, saveItem, textOf } from './support/exports.ts';
import { dropFiles, jsonFile, openMovie, waitForPhase } from './support/open.ts';
import { hasHue, seen } from './support/pixels.ts';
import { makeMovie, neurofinderZip, rectangle, scattered, type TestRegion } from './support/sets.ts';
import { pointOf, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { dismissAlert, theAlert } from './support/trouble.ts';

const MOVIE = makeMovie(48, 60, 12, scattered);
const A = rectangle(4, 4, 8, 8);
const B = rectangle(20, 30, 8, 8);
const C = rectangle(34, 10, 8, 8);
/** One column further right than A: 56 of 72 pixels in common. */
const A_MOVED = rectangle(4, 5, 8, 8);

async function openSet(page: Page): Promise<void> {
  await openMovie(page, [await neurofinderZip('77.00', { movie: MOVIE, truth: [A, B], info: { 'rate-hz': 5 } })]);
}

const regionsFile = (name: string, regions: readonly TestRegion[]) => jsonFile(name, regions);

async function dropRegions(page: Page, name: string, regions: readonly TestRegion[]): Promise<void> {
  await dropFiles(page, [regionsFile(name, regions)]);
  await expect(page.getByRole('button', { name: `Actions on ${name}` })).toBeVisible();
  await waitForPhase(page, 'ready');
}

async function labelBlind(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Label blind…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Label blind' });
  await dialog.getByRole('combobox', { name: 'Your name' }).fill(name);
  await expectNoFaults(page);
  await page.keyboard.press('Enter');
  await expect(banner(page)).toContainText(`${name} labels blind.`);
}

const banner = (page: Page) => page.getByRole('region', { name: 'Blind labelling' });
/** A picture of the whole stage is taken and counted each time. */
const SLOW = { timeout: 60_000 };
const HUES = [
  [86, 180, 233],
  [213, 94, 0],
  [240, 228, 66],
] as const;

/** Pixels on stage with a colour of the overlay, and white ones that only outlines are. */
async function overlayPixels(page: Page): Promise<number> {
  const { data } = await seen(stage(page));
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const colour = [data[at]!, data[at + 1]!, data[at + 2]!] as const;
    if (HUES.some((hue) => hasHue(colour, hue))) count++;
  }
  return count;
}

test('blind: no truth, no prediction, no score on picture, lists, tabs, traces, menus; leaving and undo bring all back', async ({
  page,
}) => {
  test.slow();
  await openSet(page);
  await dropRegions(page, 'mine.json', [A_MOVED, C]);
  const main = page.getByRole('main');
  await expect(page.getByRole('group', { name: 'Result classes' })).toBeVisible();
  expect(await overlayPixels(page)).toBeGreaterThan(100);
  await expect(main).toContainText('Truth');

  // What a detection would find lies on the picture while its parameters move.
  const preview = page.getByRole('img', { name: /^Preview: / });
  await page.getByRole('slider', { name: 'Sensitivity', exact: true }).fill('0.7');
  await expect(preview).toBeVisible();

  await labelBlind(page, 'Anna');
  await expect(preview).toHaveCount(0);
  await expect.poll(() => overlayPixels(page), SLOW).toBe(0);
  await expect(page.getByRole('button', { name: /(Show|Hide) Truth|Actions on mine/ })).toHaveCount(0);
  await expect(page.getByRole('table', { name: 'Regions' })).toHaveCount(0);
  for (const gone of ['Result classes']) await expect(page.getByRole('group', { name: gone })).toHaveCount(0);
  await expect(page.getByText(/Combined|Recall|Precision/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Detect neurons/ })).toHaveCount(0);
  await expect(page.getByRole('tab', { name: /Scores|Compare|Mistakes/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Batch', exact: true })).toHaveCount(0);
  await page.getByRole('tab', { name: 'About' }).click();
  await expect(page.getByRole('region', { name: 'About this data set' })).not.toContainText('2 regions');
  await expectNoFaults(page);
  // A click where a region of the truth lies selects nothing.
  await page.getByRole('tab', { name: 'Traces' }).click();
  await stage(page).click({ position: { x: 200, y: 90 } });
  await expect(page.getByRole('list').filter({ hasText: 'Region 1' })).toHaveCount(0);
  const menu = await openExportMenu(page);
  for (const item of ['Submission JSON', 'Scores CSV', 'Regions JSON', 'Traces CSV']) {
    await expect(menu.getByRole('menuitem', { name: item, exact: true })).toHaveAttribute('aria-disabled', 'true');
  }
  await page.keyboard.press('Escape');

  // Nothing gets in: neither a detection by key nor a file.
  await page.keyboard.press('Control+Enter');
  await expect(await theAlert(page)).toContainText('Anna labels neurofinder.77.00 blind');
  await dismissAlert(page);
  await dropFiles(page, [regionsFile('more.json', [C])]);
  await expect(await theAlert(page)).toContainText('Press Leave first');
  await dismissAlert(page);

  // Undo goes out of the door as well, redo in again.
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Actions on mine.json' })).toBeVisible();
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(banner(page)).toBeVisible();
  await expect.poll(() => overlayPixels(page), SLOW).toBe(0);
  await banner(page).getByRole('button', { name: 'Leave' }).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Result classes' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Actions on Anna' })).toBeVisible();
  await expect.poll(() => overlayPixels(page), SLOW).toBeGreaterThan(100);
  expect(JSON.parse(textOf(await saveItem(page, 'Regions JSON')))).toHaveLength(2);
});

test('two people label blind, each for themselves, and are compared', async ({ page }) => {
  test.slow();
  await openSet(page);
  const place = async (row: number, col: number) => {
    const { x, y } = await pointOf(page, MOVIE, row, col);
    const box = (await stage(page).boundingBox())!;
    await page.mouse.click(box.x + x, box.y + y);
  };
  const disc = page.getByRole('toolbar', { name: 'Edit regions' }).getByRole('button', { name: 'Disc' });
  const leave = async () => {
    await banner(page).getByRole('button', { name: 'Leave' }).click();
    await expect(banner(page)).toHaveCount(0);
  };
  await labelBlind(page, 'Anna');
  await disc.click();
  await place(10, 20);
  await expect(banner(page)).toContainText('1 region drawn');
  await place(30, 40);
  await expect(banner(page)).toContainText('2 regions drawn');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(banner(page)).toContainText('1 region drawn');
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await leave();
  await labelBlind(page, 'Ben');
  await expect(banner(page)).toContainText('0 regions drawn');
  await expect(page.getByRole('button', { name: 'Actions on Anna' })).toHaveCount(0);
  await place(10, 20);
  await expect(banner(page)).toContainText('1 region drawn');
  await leave();
  // Who comes back goes on.
  await labelBlind(page, 'Anna');
  await expect(banner(page)).toContainText('2 regions drawn');
  await leave();
  const dialog = await openAgreement(page);
  const row = dialog.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Anna and Ben', exact: true }) });
  // One cell in common, the same pixels: F1 = 2 · 1 / 3.
  await expect(row.getByRole('cell').nth(0)).toHaveText('0.667');
  await expect(row.getByRole('cell').nth(1)).toHaveText('0.667');
  await expect(row.getByRole('cell').nth(3)).toHaveText('1; 1');
  await expect(row.getByRole('cell').nth(4)).toHaveText('2; 1');
});

async function openAgreement(page: Page) {
  await page.getByRole('button', { name: 'Agreement…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Agreement' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('agreement of truth and two people, counted by hand; their consensus as a layer', async ({ page }) => {
  await openSet(page);
  await dropRegions(page, 'anna.json', [A_MOVED, C]);
  await dropRegions(page, 'ben.json', [A, C]);
  const dialog = await openAgreement(page);
  const cells = (pair: string) =>
    dialog
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: pair, exact: true }) })
      .getByRole('cell');
  // Truth A, B against A', C: one of two by centres and by overlap (56 of 72). Pixels: 128 and 128, 56 in both, of 2,880.
  const kappa = (both: number, first: number, second: number, all: number) => {
    const expected = (first * second + (all - first) * (all - second)) / all ** 2;
    return ((both + all - first - second + both) / all - expected) / (1 - expected);
  };
  await expect(cells('Truth and anna.json')).toHaveText(['0.500', '0.500', kappa(56, 128, 128, 2880).toFixed(3), '1; 1', '2; 2']);
  await expect(cells('anna.json and ben.json')).toHaveText([
    '1.000',
    '1.000',
    kappa(120, 128, 128, 2880).toFixed(3),
    '2; 2',
    '2; 2',
  ]);
  const table = await savedBy(page, () => dialog.getByRole('button', { name: 'Agreement CSV' }).click());
  expect(table.name).toBe('77.00.agreement.csv');
  const lines = textOf(table).trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^Truth,anna\.json,2,2,\d+,0\.5,1,0\.5,1,0\.\d+$/);
  expect(lines[3]).toMatch(/^anna\.json,ben\.json,2,2,\d+,1,2,1,2,0\.\d+$/);
  await expect(dialog).toContainText('up to 41 % more');
  await expect(dialog).toContainText('STNeuroNet');
  await expectNoFaults(page);

  await dialog.getByRole('checkbox', { name: /^Truth/ }).click();
  await dialog.getByLabel('Consensus rule').selectOption({ label: 'both have' });
  await dialog.getByRole('button', { name: 'Make a layer' }).click();
  await expect(page.getByRole('button', { name: 'Actions on Consensus, all of 2' })).toBeVisible();
  const both = JSON.parse(textOf(await saveItem(page, 'Regions JSON')));
  expect(both.map(({ coordinates }: TestRegion) => coordinates.length)).toEqual([56, 64]);
  expect(both[0].coordinates).toEqual(rectangle(4, 5, 8, 7).coordinates);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Actions on Consensus, all of 2' })).toHaveCount(0);

  await openAgreement(page);
  await dialog.getByLabel('Consensus rule').selectOption({ label: 'anybody has (union)' });
  await dialog.getByRole('button', { name: 'Make a layer' }).click();
  await expect(page.getByRole('button', { name: 'Actions on Consensus, any of 3' })).toBeVisible();
  const any = JSON.parse(textOf(await saveItem(page, 'Regions JSON')));
  expect(any.map(({ coordinates }: TestRegion) => coordinates.length).sort()).toEqual([64, 64, 72]);
});
