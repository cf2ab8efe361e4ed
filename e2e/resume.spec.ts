// Going on where one left: edits and view after a reload or a crash, cards on the first screen, session files, links; and storage that
// the browser refuses.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { faults } from './support/axe.ts';
import { savedBy, saveItem, textOf } from './support/exports.ts';
import {
  chooseFiles,
  dropFiles,
  jsonFile,
  openMovie,
  screen,
  type TestFile,
  waitForMovie,
  waitForPhase,
} from './support/open.ts';
import { COLUMNS, ROWS, smallSet } from './support/small-set.ts';
import { chooseView, drawn, frameSlider, stage, viewChoice } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { closeShown, detectNeurons, dismissAlert, expectOnScreen, openCalciumSample, theAlert } from './support/trouble.ts';

const FACTS = `4 frames of ${ROWS} × ${COLUMNS}`;
const regionTable = (page: Page) => page.getByRole('table', { name: 'Regions', exact: true });
const cards = (page: Page) => page.getByRole('region', { name: 'Resume', exact: true }).getByRole('listitem');
const lastSaved = (page: Page) => page.getByText(/^Last saved \d\d:\d\d:\d\d$/);
const undoSteps = (page: Page) =>
  page.getByRole('region', { name: 'History' }).getByRole('listitem').filter({ hasText: 'Import' });

/** Regions as a file: `count` squares of four pixels. */
function someRegions(name: string, count: number): TestFile {
  const square = (at: number) => [0, 1, 2, 3].map((i) => [2 + 3 * at + (i >> 1), 3 + (i % 2)]);
  return jsonFile(
    name,
    Array.from({ length: count }, (_, at) => ({ coordinates: square(at) })),
  );
}

async function openSmall(page: Page, name = 'small.zip'): Promise<void> {
  await openMovie(page, [await smallSet(name)]);
}

async function importRegions(page: Page, name: string, count: number): Promise<void> {
  await chooseFiles(page, [someRegions(name, count)]);
  await expect(page.getByText(count === 1 ? '1 region imported' : `${count} regions imported`).first()).toBeVisible();
}

const layers = (page: Page) => page.getByRole('region', { name: 'Layers', exact: true });

/** The layer that is edited holds so many regions. */
const expectPredictions = (page: Page, count: number) =>
  expect(layers(page).locator('li[aria-current="true"]')).toContainText(new RegExp(`json\\s*${count}`));

/** What the address says, once it says it. */
const inAddress = (page: Page, text: string) => expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toContain(text);

test('after a reload the same file brings back edits, parameters and view', async ({ page }) => {
  await openSmall(page);
  await importRegions(page, 'mine.json', 2);
  await importRegions(page, 'more.json', 3);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expectPredictions(page, 2);
  await chooseView(page, 'Max');
  await page.getByRole('checkbox', { name: 'Fill' }).check();
  await frameSlider(page).fill('2');
  await page
    .getByRole('spinbutton', { name: /Match within|threshold/i })
    .first()
    .fill('7');
  await page.keyboard.press('Enter');
  await stage(page).hover({ position: { x: 200, y: 150 } });
  await page.mouse.wheel(0, -500);
  await page.mouse.move(0, 0);
  await expect(lastSaved(page)).toBeVisible();
  await inAddress(page, 'at=');
  const before = await drawn(stage(page));

  await page.reload();
  await expect(cards(page)).toHaveCount(1);
  await expect(cards(page)).toContainText(/^small · 2 regions, edited \d\d:\d\d · drop the file again to go on/);
  await dropFiles(page, [await smallSet('renamed.zip')]);
  await waitForMovie(page);
  await expectPredictions(page, 2);
  await expect(viewChoice(page, 'Max')).toHaveAttribute('aria-checked', 'true');
  await expect(page.getByRole('checkbox', { name: 'Fill' })).toBeChecked();
  await expect(frameSlider(page)).toHaveValue('2');
  await expect(page.getByRole('spinbutton', { name: /Match within|threshold/i }).first()).toHaveValue('7');
  // The read-out keeps what was pointed at last.
  await stage(page).hover({ position: { x: 200, y: 150 } });
  await page.mouse.move(0, 0);
  await expect.poll(async () => (await drawn(stage(page))).equals(before)).toBe(true);
  // What was restored is a step that can be undone.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(regionTable(page).getByRole('row', { name: /imported/ })).toHaveCount(0);
});

test('all layers come back, with their names and colours', async ({ page }) => {
  await openSmall(page);
  await importRegions(page, 'mine.json', 2);
  await importRegions(page, 'more.json', 3);
  const before = await layers(page).getByRole('listitem').allInnerTexts();
  expect(before.join(' ')).toMatch(/mine\.json[\s\S]*more\.json/);
  await expect(lastSaved(page)).toBeVisible();
  await page.reload();
  await chooseFiles(page, [await smallSet()]);
  await waitForMovie(page);
  await expectPredictions(page, 3);
  // A file that was read cannot be read again: its handle was the visit's.
  const same = before.filter((text) => !text.includes('counted from one'));
  await expect.poll(() => layers(page).getByRole('listitem').allInnerTexts()).toEqual(same);
  await importRegions(page, 'third.json', 1);
  await expectPredictions(page, 1);
  await expect(layers(page)).toContainText('more.json');
});

test('a crash right after an edit does not lose it', async ({ page, context }) => {
  await openSmall(page);
  await importRegions(page, 'mine.json', 2);
  // Killed, not closed: no event tells the page.
  const session = await context.newCDPSession(page);
  const gone = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await gone;
  const next = await context.newPage();
  await openSmall(next);
  await expectPredictions(next, 2);
  await next.close();
});

test('the same data set in two tabs: both are told, once', async ({ page, context }) => {
  await openSmall(page);
  const told = (one: Page) => one.getByText('small is open in another tab, too');
  await expect(told(page)).toHaveCount(0);
  const other = await context.newPage();
  await openMovie(other, [await smallSet('else.zip', 5)]);
  await expect(told(page)).toHaveCount(0);
  await openSmall(other);
  for (const one of [page, other]) await expect(told(one)).toHaveCount(1);
  await other.close();
});

test('detection and curated confidence come back as they were', async ({ page }) => {
  await openCalciumSample(page);
  await detectNeurons(page);
  const slider = page.getByRole('slider', { name: /confidence/i }).first();
  await slider.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  const cut = await slider.inputValue();
  const saved = textOf(await saveItem(page, 'Regions JSON'));
  await page.reload();
  // The sample lies beside the page, so a click is enough.
  await cards(page).getByRole('button', { name: 'Resume' }).click();
  await waitForMovie(page);
  await expect(page.getByText(/as you left it/)).toBeVisible();
  await expect(slider).toHaveValue(cut);
  expect(textOf(await saveItem(page, 'Regions JSON'))).toBe(saved);
  await expect(page.getByRole('region', { name: 'Score' })).toContainText(/0\.\d{3}/);
});

test('a reload in the moment after a change loses nothing, though the address does not say it yet', async ({ page }) => {
  await openSmall(page);
  await importRegions(page, 'mine.json', 2);
  const field = page.getByRole('spinbutton', { name: 'Match threshold', exact: true });
  await expect.poll(() => new URL(page.url()).hash).not.toBe('');
  await field.fill('9');
  await field.press('Enter');
  await page.reload();
  await chooseFiles(page, [await smallSet()]);
  await waitForMovie(page);
  await expect(field).toHaveValue('9');
});

test('cards are forgotten one by one and all at once', async ({ page }) => {
  await openSmall(page, 'small.zip');
  await importRegions(page, 'mine.json', 1);
  await chooseFiles(page, [await smallSet('longer.zip', 6)]);
  await expectOnScreen(page, 'longer');
  await importRegions(page, 'two.json', 2);
  await chooseFiles(page, [await smallSet('longest.zip', 8)]);
  await expectOnScreen(page, 'longest');
  await importRegions(page, 'three.json', 3);
  for (const name of ['longest', 'longer', 'small']) await closeShown(page, name);
  await expect(cards(page)).toHaveText([/^longest · 3 regions/, /^longer · 2 regions/, /^small · 1 region,/]);
  await cards(page).filter({ hasText: 'longer' }).getByRole('button', { name: 'Forget' }).click();
  await expect(cards(page)).toHaveText([/^longest/, /^small/]);
  await page.getByRole('button', { name: 'Forget all' }).click();
  await expect(cards(page)).toHaveCount(0);
  await page.reload();
  await expect(cards(page)).toHaveCount(0);
  await openSmall(page);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('a card opens the file by its handle where the browser keeps one', async ({ page }) => {
  // The file system of the page stands for the disk: its handles are of the same kind.
  await page.addInitScript(() => {
    Object.defineProperty(DataTransferItem.prototype, 'getAsFileSystemHandle', {
      value: async function (this: DataTransferItem) {
        const file = this.getAsFile()!;
        const root = await navigator.storage.getDirectory();
        const handle = await root.getFileHandle(file.name, { create: true });
        const writable = await handle.createWritable();
        await writable.write(file);
        await writable.close();
        return handle;
      },
    });
  });
  await page.goto('/');
  await dropFiles(page, [await smallSet('kept.zip')]);
  await waitForMovie(page);
  await importRegions(page, 'mine.json', 2);
  await page.reload();
  await expect(cards(page)).toHaveText(/^kept · 2 regions, edited \d\d:\d\d/);
  await expect(cards(page)).not.toContainText('drop the file');
  await cards(page).getByRole('button', { name: 'Resume' }).click();
  await waitForMovie(page);
  await expectPredictions(page, 2);
  // A file that is gone is told, and the card stays.
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('kept.zip'));
  await page.reload();
  await cards(page).getByRole('button', { name: 'Resume' }).click();
  await expect(await theAlert(page)).toContainText(/moved or removed/);
  await expect(cards(page)).toHaveCount(1);
});

test('a session goes to another browser as a file', async ({ page, browser, baseURL }) => {
  await openSmall(page);
  await importRegions(page, 'mine.json', 2);
  await chooseView(page, 'Mean');
  const saved = await saveItem(page, 'Session JSON');
  expect(saved.name).toBe('somascope.session.json');
  const file = { name: saved.name, bytes: saved.bytes };

  const other = await browser.newContext(baseURL ? { baseURL } : {});
  const away = await other.newPage();
  await away.goto('/');
  await chooseFiles(away, [file]);
  await expect(away.getByText(`This session needs small (${FACTS}): drop it here`)).toBeVisible();
  await expect(away.getByRole('alert')).toHaveCount(0);
  await chooseFiles(away, [await smallSet()]);
  await waitForMovie(away);
  await expectPredictions(away, 2);
  await expect(viewChoice(away, 'Mean')).toHaveAttribute('aria-checked', 'true');
  // On data that is open it is one step, which can be undone.
  await importRegions(away, 'more.json', 3);
  await chooseView(away, 'Movie');
  const histogram = away.getByRole('img', { name: 'Contrast histogram' });
  await expect(histogram).toBeVisible();
  await chooseFiles(away, [file]);
  await expectPredictions(away, 2);
  // The contrast that was measured before is still there.
  await expect(viewChoice(away, 'Mean')).toHaveAttribute('aria-checked', 'true');
  await chooseView(away, 'Movie');
  await expect(histogram).toBeVisible();
  await away.getByRole('button', { name: 'Undo' }).click();
  await expectPredictions(away, 3);
  await other.close();
});

test('Ctrl+S saves the session', async ({ page }) => {
  await openSmall(page);
  const saved = await savedBy(page, () => page.keyboard.press('Control+s'));
  expect(JSON.parse(textOf(saved))).toMatchObject({ 'somascope-session': 1, datasets: [{ name: 'small', facts: FACTS }] });
});

test('sessions that cannot be read are told, each by one alert', async ({ page }) => {
  await openSmall(page);
  await importRegions(page, 'mine.json', 2);
  const good = textOf(await saveItem(page, 'Session JSON'));
  const texts: [string, string, RegExp][] = [
    ['later.json', good.replace('"somascope-session":1', '"somascope-session":7'), /version 7.*version 1/],
    ['cut.json', good.slice(0, -40), /cut\.json.*cannot be read/],
    ['outside.json', good.replace('"values":[2,3', '"values":[2000,3'), /\[2000, 3\] lies outside the movie of 24 × 20/],
  ];
  for (const [name, text, says] of texts) {
    expect(text).not.toBe(good);
    await chooseFiles(page, [{ name, bytes: new TextEncoder().encode(text) }]);
    await expect(await theAlert(page)).toContainText(says);
    await dismissAlert(page);
    await expectPredictions(page, 2);
  }
});

test('a link asks for its data and shows the view once it is there', async ({ page, context }) => {
  await openSmall(page);
  await chooseView(page, 'Standard deviation');
  await frameSlider(page).fill('3');
  await page.getByRole('checkbox', { name: 'Truth' }).uncheck();
  await inAddress(page, 'frame=3');
  await inAddress(page, 'show=predictions');
  const link = page.url();
  expect(new URL(link).hash.length).toBeLessThan(2000);

  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByText(`This link needs small (${FACTS}): drop it here`)).toBeVisible();
  await expect(other.getByRole('alert')).toHaveCount(0);
  await chooseFiles(other, [await smallSet('another-name.zip')]);
  await waitForMovie(other);
  await expect(viewChoice(other, 'Standard deviation')).toHaveAttribute('aria-checked', 'true');
  await expect(frameSlider(other)).toHaveValue('3');
  await expect(other.getByRole('checkbox', { name: 'Truth' })).not.toBeChecked();
  await other.close();
});

test('a link for data that is not open is told once, and waits for it', async ({ page }) => {
  await openSmall(page);
  await chooseView(page, 'Mean');
  await inAddress(page, 'view=mean');
  const link = page.url();
  await page.goto('/');
  await page.goto(link);
  await chooseFiles(page, [await smallSet('longer.zip', 6)]);
  await expectOnScreen(page, 'longer');
  await expect(await theAlert(page)).toContainText(`This link needs small (${FACTS})`);
  await dismissAlert(page);
  await chooseFiles(page, [await smallSet()]);
  await waitForMovie(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a link that is typed while data is open goes to it', async ({ page }) => {
  await openSmall(page);
  await chooseView(page, 'Mean');
  await inAddress(page, 'view=mean');
  const hash = new URL(page.url()).hash;
  await chooseFiles(page, [await smallSet('longer.zip', 6)]);
  await expectOnScreen(page, 'longer');
  await inAddress(page, 'longer');
  await page.evaluate(
    (to) => {
      location.hash = to;
    },
    hash.replace('view=mean', 'view=max'),
  );
  await expectOnScreen(page, 'small');
  await expect(viewChoice(page, 'Max')).toHaveAttribute('aria-checked', 'true');
  await page.evaluate(
    (to) => {
      location.hash = to;
    },
    hash.replace(/id=[0-9a-f]+/, 'id=0000000000000000').replace('set=small', 'set=elsewhere'),
  );
  await expect(await theAlert(page)).toContainText('This link needs elsewhere');
  await expectOnScreen(page, 'small');
});

test('playing does not write into the address', async ({ page }) => {
  await openMovie(page, [await smallSet('long.zip', 60)]);
  await page.evaluate(() => {
    const scope: { written: number } = Object.assign(globalThis, { written: 0 });
    const original = history.replaceState.bind(history);
    history.replaceState = (...given) => {
      scope.written++;
      original(...given);
    };
  });
  const written = () => page.evaluate(() => Number(Reflect.get(globalThis, 'written')));
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => frameSlider(page).inputValue()).not.toBe('0');
  const first = await frameSlider(page).inputValue();
  await expect.poll(() => frameSlider(page).inputValue()).not.toBe(first);
  expect(await written()).toBe(0);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await inAddress(page, 'frame=');
  expect(await written()).toBe(1);
});

for (const [why, refuse] of [
  [
    'denied',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('storage is switched off', 'SecurityError');
      };
    },
  ],
  [
    'full',
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('no room left', 'QuotaExceededError');
      };
    },
  ],
] as const) {
  test(`storage that is ${why} is told once, and the work goes on`, async ({ page }) => {
    await page.addInitScript(refuse);
    await openSmall(page);
    await importRegions(page, 'mine.json', 2);
    await importRegions(page, 'more.json', 3);
    await chooseView(page, 'Mean');
    await expect(page.getByText('Your work is not remembered between visits')).toHaveCount(1);
    await expect(page.getByText('Not saved', { exact: true })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expectPredictions(page, 3);
    await expect(undoSteps(page)).toHaveCount(2);
    const saved = JSON.parse(textOf(await saveItem(page, 'Session JSON')));
    expect(saved.datasets[0].summary).toBe('3 regions');
    await waitForPhase(page, 'ready');
    await closeShown(page, 'small');
    await expect(screen(page)).toHaveAttribute('data-phase', 'empty');
  });
}

test('a file that was removed while it was open is opened again, and nothing is lost', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'somascope-'));
  const path = join(folder, 'moving.zip');
  const { bytes } = await smallSet('moving.zip', 60);
  await writeFile(path, bytes);
  await openMovie(page, path);
  await importRegions(page, 'mine.json', 2);
  await rm(path);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(await theAlert(page)).toContainText(/moving\.zip.*changed, moved or removed/);
  await dismissAlert(page);
  await writeFile(path, bytes);
  await chooseFiles(page, path);
  await expect(page.getByText('moving was open already')).toBeVisible();
  await expectPredictions(page, 2);
  await expect(undoSteps(page)).toHaveCount(1);
  await expect(page.getByRole('complementary', { name: 'Data sets and layers' }).locator('button.pick')).toHaveCount(1);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => frameSlider(page).inputValue()).not.toBe('0');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await rm(folder, { recursive: true });
});

test('axe finds nothing on the first screen with cards and a link', async ({ page }) => {
  for (const frames of [4, 6]) {
    await openMovie(page, [await smallSet(`with-${frames}.zip`, frames)]);
    await importRegions(page, 'mine.json', 1);
  }
  await inAddress(page, 'with-6');
  await page.reload();
  await expect(cards(page)).toHaveCount(2);
  for (const theme of ['dark', 'light'] as const) {
    if (theme === 'light') await page.getByRole('button', { name: 'Light theme' }).click();
    await page.mouse.move(0, 0);
    expect(await faults(page)).toEqual([]);
  }
});
