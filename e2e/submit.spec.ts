// The dialog behind Submission JSON: which sets, which server, which spelling, what it says of them, and the bytes that are saved.
import type { Locator, Page } from '@playwright/test';
import { openExportMenu, type Saved, savedBy, textOf } from './support/exports.ts';
import { dropFiles, jsonFile, openMovie, openNames, waitForMovie } from './support/open.ts';
import { makeMovie, neurofinderZip, rectangle, scattered, type TestRegion } from './support/sets.ts';
import { expect, test } from './support/test.ts';

const DOCUMENT_SETS = ['00.00.test', '00.01.test', '01.00.test', '01.01.test', '02.00.test', '02.01.test', '03.00.test'];
const SERVER_SETS = [...DOCUMENT_SETS, '04.00.test', '04.01.test'];
const MOVIE = makeMovie(40, 60, 3, scattered);
const REGIONS = [rectangle(3, 30, 4, 5), rectangle(20, 45, 6, 3)];

async function openSets(page: Page, names: readonly string[]): Promise<void> {
  await openMovie(page, await Promise.all(names.map((name) => neurofinderZip(name, { movie: MOVIE }))));
  await expect.poll(() => openNames(page)).toHaveLength(names.length);
  await waitForMovie(page);
}

const answers = (names: readonly string[], regions: readonly TestRegion[] = REGIONS) =>
  jsonFile(
    'results.json',
    names.map((dataset) => ({ dataset, sources: regions })),
  );

async function openDialog(page: Page): Promise<Locator> {
  const menu = await openExportMenu(page);
  await menu.getByRole('menuitem', { name: 'Submission JSON', exact: true }).click();
  return page.getByRole('dialog', { name: 'Submission JSON' });
}

function save(page: Page, dialog: Locator): Promise<Saved> {
  return savedBy(page, () => dialog.getByRole('button', { name: 'Save submission.json', exact: true }).click());
}

const check = (dialog: Locator, text: string | RegExp) =>
  dialog.getByRole('list', { name: 'Checks' }).getByRole('listitem').filter({ hasText: text });

test('all sets of the source document: names, spellings, replies, stable bytes', async ({ page }) => {
  // Opened and dropped in another order than they are written.
  await openSets(page, DOCUMENT_SETS.toReversed());
  await dropFiles(page, [answers(DOCUMENT_SETS.toReversed())]);
  await expect(page.getByText('2 regions imported').first()).toBeVisible();

  const dialog = await openDialog(page);
  await expect(dialog).toContainText('7 data sets, 14 regions, sorted by name');
  await expect(check(dialog, 'Every name the server knows is present')).toContainText('7 of 7');
  await expect(check(dialog, 'Coordinates are integers inside the image')).toContainText('14');
  await expect(check(dialog, 'A server that follows the document would reply')).toHaveAttribute('data-mark', 'ok');
  await dialog.getByRole('radio', { name: '9 sets, later server', exact: true }).click();
  await expect(check(dialog, 'Names missing: 04.00.test, 04.01.test')).toHaveAttribute('data-mark', 'warning');
  await expect(check(dialog, 'The later server would reply')).toHaveAttribute('data-mark', 'warning');
  await dialog.getByRole('radio', { name: '7 sets, document', exact: true }).click();
  await dialog.getByRole('radio', { name: 'regions', exact: true }).click();
  await expect(check(dialog, 'A server that follows the document would reply')).toHaveAttribute('data-mark', 'warning');
  await dialog.getByRole('radio', { name: 'sources', exact: true }).click();
  const first = await save(page, dialog);
  expect(first.name).toBe('submission.json');
  expect(JSON.parse(textOf(first))).toEqual(DOCUMENT_SETS.map((dataset) => ({ dataset, sources: REGIONS })));
  await expect(dialog).toHaveCount(0);

  for (const [spelling, keys] of [
    ['regions', ['dataset', 'regions']],
    ['both', ['dataset', 'sources', 'regions']],
    ['sources', ['dataset', 'sources']],
  ] as const) {
    const again = await openDialog(page);
    await again.getByRole('radio', { name: spelling, exact: true }).click();
    const saved = await save(page, again);
    const content = JSON.parse(textOf(saved));
    expect(Object.keys(content[0])).toEqual(keys);
    for (const key of keys.slice(1)) expect(content[0][key]).toEqual(REGIONS);
    if (spelling === 'sources') expect(textOf(saved)).toBe(textOf(first));
  }
});

test('the nine sets of the later server pass as regions, not as sources', async ({ page }) => {
  await openSets(page, SERVER_SETS);
  await dropFiles(page, [answers(SERVER_SETS)]);
  await expect(page.getByText('2 regions imported').first()).toBeVisible();
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: '9 sets, later server', exact: true }).click();
  await expect(check(dialog, 'Every name the server knows is present')).toContainText('9 of 9');
  await expect(check(dialog, 'The later server would reply')).toHaveAttribute('data-mark', 'warning');
  for (const spelling of ['regions', 'both']) {
    await dialog.getByRole('radio', { name: spelling, exact: true }).click();
    await expect(check(dialog, 'The later server would reply')).toHaveAttribute('data-mark', 'ok');
  }
  await dialog.getByRole('checkbox', { name: '04.01.test', exact: true }).uncheck();
  await expect(check(dialog, 'Names missing: 04.01.test')).toContainText('8 of 9');
  await expect(dialog).toContainText('8 data sets');
  expect(JSON.parse(textOf(await save(page, dialog))).map(({ dataset }: { dataset: string }) => dataset)).toEqual(
    SERVER_SETS.slice(0, 8),
  );
});

test('empty sets and regions listed twice are told before anything is written', async ({ page }) => {
  const names = ['00.00.test', '00.01.test'];
  await openSets(page, names);
  await dropFiles(page, [answers(['00.00.test'], [...REGIONS, REGIONS[0]!])]);
  await expect(page.getByText('3 regions imported')).toBeVisible();
  const dialog = await openDialog(page);
  await expect(check(dialog, 'listed twice')).toHaveAttribute('data-mark', 'warning');
  await expect(dialog).toContainText('1 data set, 3 regions');
  await dialog.getByRole('checkbox', { name: '00.01.test', exact: true }).check();
  await expect(check(dialog, '00.01.test has no regions')).toHaveAttribute('data-mark', 'warning');
  await dialog.getByRole('checkbox', { name: '00.00.test', exact: true }).uncheck();
  await dialog.getByRole('checkbox', { name: '00.01.test', exact: true }).uncheck();
  await expect(check(dialog, 'No data set is included')).toHaveAttribute('data-mark', 'failure');
  await expect(dialog.getByRole('button', { name: 'Save submission.json', exact: true })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(dialog).toHaveCount(0);
});
