// Batch: a zip of zips opens as sets; all run one after another, one that fails says why, one can be cancelled, and one submission
// holds the rest.
import { deflateRawSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { savedBy, textOf } from './support/exports.ts';
import { chooseFiles, openMovie, openNames, waitForMovie } from './support/open.ts';
import { sampleSet } from './support/sample-set.ts';
import { makeMovie, neurofinderZip, olderItems, scattered, zipOf } from './support/sets.ts';
import { expect, test } from './support/test.ts';

// Several detections one after another.
test.setTimeout(240_000);

const deflate = (bytes: Uint8Array) => deflateRawSync(bytes);
/** A set whose frames all fail their checksum: it opens, because its size is declared, and cannot be read. */
async function unreadable(name: string) {
  const items = olderItems(name, { movie: makeMovie(20, 20, 3, scattered) });
  return zipOf(
    `${name}.zip`,
    items.map((item) => (String(item.name).endsWith('.bin') ? { ...item, lie: { crc: 1 } } : item)),
  );
}

async function zipOfZips(name: string, sets: readonly (readonly [short: string, method: number])[]) {
  const inner = sets.map(async ([short, method]) => {
    const { bytes } = await sampleSet(short, { truth: !short.endsWith('.test') });
    return { name: `sets/neurofinder.${short}.zip`, data: bytes, method };
  });
  const bad = await unreadable('neurofinder.00.05');
  const items = [...(await Promise.all(inner)), { name: 'sets/neurofinder.00.05.zip', data: bad.bytes, method: 0 }];
  return zipOf(name, items, { deflate });
}

async function openBatch(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Batch', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Batch' });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** What the page keeps decoded, by its status bar. */
async function cacheMegabytes(page: Page): Promise<number> {
  const text =
    (await page
      .locator('.status')
      .getByText(/^Cache/)
      .textContent()) ?? '';
  return Number(/^Cache (\d+) of/.exec(text)?.[1]);
}

const line = (dialog: Locator, name: string) =>
  dialog.getByRole('row').filter({ has: dialog.page().getByRole('rowheader', { name, exact: true }) });

async function cell(dialog: Locator, name: string, column: string): Promise<string> {
  const heads = await dialog.getByRole('columnheader').allTextContents();
  return (
    (await line(dialog, name)
      .getByRole('cell')
      .nth(heads.indexOf(column) - 1)
      .textContent()) ?? ''
  );
}

test('a zip of zips runs set by set, survives a failure and ends in one submission', async ({ page }) => {
  const sets = [
    ['00.00', 0],
    ['00.00.test', 8],
    ['01.00.test', 0],
  ] as const;
  await openMovie(page, [await zipOfZips('all.zip', sets)]);
  await expect
    .poll(() => openNames(page))
    .toEqual(['neurofinder.00.00', 'neurofinder.00.00.test', 'neurofinder.00.05', 'neurofinder.01.00.test']);
  await expect(page.getByRole('alert')).toHaveCount(0);

  // One set read takes some 5 MB of arrays.
  const kept = await cacheMegabytes(page);
  expect(kept).toBeGreaterThan(2);
  await page.getByRole('radio', { name: 'All visible cells', exact: true }).click();
  const dialog = await openBatch(page);
  await expect(dialog).toContainText('Labels are all visible cells');
  for (const name of ['00.01.test', '01.01.test', '02.00.test', '02.01.test', '03.00.test'])
    expect(await cell(dialog, name, 'Status'), name).toBe('not open');
  expect(await cell(dialog, '00.00', 'Status')).toBe('not run');
  expect(await cell(dialog, '00.00', 'Frames')).toBe('200');
  await dialog.getByRole('button', { name: 'Run all', exact: true }).click();

  for (const name of ['00.00', '00.00.test', '01.00.test'])
    await expect.poll(() => cell(dialog, name, 'Status'), { timeout: 150_000 }).toBe('done');
  expect(await cell(dialog, '00.05', 'Status')).toMatch(/^failed: No frame can be read\./);
  await expect(page.getByText('Batch: 1 data set of 4 failed')).toBeVisible();
  await expectNoFaults(page);
  // Of the others, which are not on screen, only the regions are kept.
  await expect.poll(() => cacheMegabytes(page)).toBeLessThanOrEqual(kept + 3);

  // The same movie gives the same regions, with truth or without; only the truth gives scores.
  const regions = await cell(dialog, '00.00', 'Regions');
  expect(Number(regions)).toBeGreaterThan(0);
  expect(await cell(dialog, '01.00.test', 'Regions')).toBe(regions);
  await expect.poll(() => cell(dialog, '00.00', 'Recall')).toMatch(/^[01]\.\d{4}$/);
  expect(await cell(dialog, '00.00.test', 'Recall')).toBe('–');
  expect(await cell(dialog, '00.00', 'Seconds')).toMatch(/^\d+\.\d$/);
  expect(await cell(dialog, '00.05', 'Seconds')).toBe('–');

  const table = textOf(await savedBy(page, () => dialog.getByRole('button', { name: 'Batch CSV', exact: true }).click()));
  expect(table).toMatch(new RegExp(`^00\\.00,done,,200,${regions},[01]\\.\\d+,`, 'm'));
  expect(table).toMatch(/^00\.01\.test,not open,,,/m);
  expect(table).toMatch(/^00\.05,failed,"?No frame can be read\./m);

  await dialog.getByRole('button', { name: 'Submission JSON', exact: true }).click();
  const submission = page.getByRole('dialog', { name: 'Submission JSON' });
  await submission.getByRole('checkbox', { name: '00.00', exact: true }).uncheck();
  const saved = await savedBy(page, () => submission.getByRole('button', { name: 'Save submission.json' }).click());
  const content = JSON.parse(textOf(saved)) as { dataset: string; sources: unknown[] }[];
  expect(content.map(({ dataset, sources }) => [dataset, String(sources.length)])).toEqual([
    ['00.00.test', regions],
    ['01.00.test', regions],
  ]);

  const list = page.getByRole('complementary', { name: 'Data sets and layers' }).getByRole('listitem');
  await expect(list.filter({ hasText: '00.05' })).toContainText('failed');
  // What was given back is read again when it is looked at, with its regions.
  await page.keyboard.press('Escape');
  await page.locator('button.pick').filter({ hasText: '01.00.test' }).click();
  await waitForMovie(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('neurofinder.01.00.test');
  await expect(page.getByRole('complementary', { name: 'Data sets and layers' })).toContainText(`Detected${regions}`);
});

test('one set of a batch is cancelled and the others go on, with the parameters of a chosen set', async ({ page }) => {
  const names = ['00.00', '00.01', '00.02'];
  await openMovie(page, await Promise.all(names.map((name) => sampleSet(name, { truth: true }))));
  await page.getByRole('spinbutton', { name: 'Soma diameter' }).fill('11');
  await page.keyboard.press('Enter');
  const dialog = await openBatch(page);
  await expect(dialog).toContainText('diameter 11.0 px');
  const parameters = dialog.getByLabel('Parameters', { exact: true });
  await parameters.selectOption({ label: 'Defaults' });
  await expect(dialog).toContainText('diameter found from each movie');
  await parameters.selectOption({ label: 'As in neurofinder.00.00' });
  await dialog.getByRole('button', { name: 'Run all', exact: true }).click();
  await dialog.getByRole('button', { name: 'Cancel 00.01', exact: true }).click();
  await expect.poll(() => cell(dialog, '00.01', 'Status')).toBe('cancelled');
  for (const name of ['00.00', '00.02']) await expect.poll(() => cell(dialog, name, 'Status'), { timeout: 150_000 }).toBe('done');
  expect(await cell(dialog, '00.01', 'Regions')).toBe('–');
  await dialog.getByRole('button', { name: 'Run the rest', exact: true }).click();
  await expect.poll(() => cell(dialog, '00.01', 'Status'), { timeout: 150_000 }).toBe('done');
  expect(await cell(dialog, '00.01', 'Regions')).toBe(await cell(dialog, '00.02', 'Regions'));
});

test('a zip inside a zip that cannot be read is named, and the others open', async ({ page }) => {
  const good = await neurofinderZip('00.00', { movie: makeMovie(20, 24, 3, scattered) });
  const items = [
    { name: 'neurofinder.00.00.zip', data: good.bytes, method: 0 },
    { name: 'neurofinder.00.01.zip', data: good.bytes.slice(0, 300), method: 0 },
  ];
  await page.goto('/');
  await chooseFiles(page, [await zipOf('two.zip', items)]);
  await waitForMovie(page);
  const alert = page.getByRole('alert');
  await expect(alert).toHaveCount(1);
  await expect(alert).toContainText('neurofinder.00.01.zip is left out');
  await expect(alert).toContainText('two.zip, neurofinder.00.01.zip');
  expect(await openNames(page)).toEqual(['neurofinder.00.00']);
});
