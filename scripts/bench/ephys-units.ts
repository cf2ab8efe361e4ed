// Measures what takes long about recordings and sortings but needs no huge file: ten seconds of all channels at full resolution, a packed
// recording, and a thousand units with ten million spikes. Times in milliseconds unless named otherwise.
import type { Browser, Page } from '@playwright/test';
import { complete } from '../../src/base/steps.ts';
import { autoCorrelogram, type CorrelogramOptions, crossCorrelogram } from '../../src/pipeline/ephys/correlogram/correlogram.ts';
import { groupSpikes, trainOf } from '../../src/pipeline/ephys/spikes/unit-trains.ts';
import { manySpikes, SECONDS, writePacked, writeSorting, writeTenSeconds } from '../simulate/ten-seconds.ts';
import { longestTask, waitForMark, watchLongTasks, watchMemory } from './browser.ts';
import type { Row } from './report.ts';
import { quantile } from './statistics.ts';

const MINUTE = 60_000;
const SPIKES = 10_000_000;
const UNITS = 1000;
/** From 0.1 s by twos to more than ten. */
const ZOOMS = 7;
const SELECTIONS = 12;
/** Units with the lowest numbers fire most. */
const BUSY = 4;

export async function measureWide(browser: Browser, address: string, folder: string): Promise<Row[]> {
  const { files, second } = writeTenSeconds(folder);
  const packed = writePacked(folder, second);
  const page = await open(browser, address, files);
  await page.getByRole('radio', { name: 'Heat map', exact: true }).click();
  await ready(page);
  const filtered = await zoomOut(page);
  await page.close();
  const rawPage = await open(browser, address, files);
  await showRaw(rawPage);
  const raw = await zoomOut(rawPage);
  await rawPage.close();
  const packedPage = await open(browser, address, packed.files);
  await showRaw(packedPage);
  const unpacked = await zoomOut(packedPage);
  await packedPage.close();
  return [
    { what: `${SECONDS} s x 384 at full resolution, filtered and referenced`, unit: 'ms', value: filtered.whole },
    { what: '  of it, the first of them seen', unit: 'ms', value: filtered.first },
    { what: `${SECONDS} s x 384 at full resolution, as stored`, unit: 'ms', value: raw.whole },
    {
      what: '.cbin, unpacked',
      unit: 'MB/s',
      value: packed.bytes / 1e3 / unpacked.whole,
      rival: { name: 'mtscomp, as published', value: 22, better: 'more' },
    },
  ];
}

export async function measureUnits(browser: Browser, address: string, folder: string): Promise<Row[]> {
  const files = writeSorting(folder, SPIKES, UNITS);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  await watchLongTasks(page);
  await page.goto(address);
  const memoryNow = watchMemory(browser, page);
  await page
    .getByLabel('Open files')
    .first()
    .setInputFiles([...files]);
  const drop = await waitForMark(page, 'drop', MINUTE);
  const table = page.getByRole('table', { name: 'Units', exact: true });
  await table
    .getByRole('row')
    .nth(3)
    .waitFor({ timeout: 5 * MINUTE });
  await ready(page);
  const listed = await now(page);
  const selections: number[] = [];
  for (let i = 0; i < SELECTIONS; i++) {
    const row = table.getByRole('row').nth(1 + i);
    const before = await now(page);
    await row.click();
    selections.push((await markAfter(page, 'unit-plots-shown', before)) - before);
    await ready(page);
  }
  const before = await now(page);
  await page.getByRole('button', { name: 'Compute metrics', exact: true }).click();
  await page
    .getByText('Metrics computed')
    .first()
    .waitFor({ timeout: 5 * MINUTE });
  const computed = await now(page);
  const task = await longestTask(page, drop, Number.POSITIVE_INFINITY);
  const { privatePeak } = await memoryNow();
  await page.close();
  return [
    { what: '1,000 units, 10 million spikes: drop to table', unit: 'ms', value: listed - drop },
    { what: '  spike-train metrics of all', unit: 'ms', value: computed - before },
    { what: '  a unit selected to its correlogram and plots, median', unit: 'ms', value: quantile(selections, 0.5) },
    { what: '  any correlogram of them, the slowest', unit: 'ms', value: slowestCorrelogram() },
    { what: '  longest task', unit: 'ms', value: task },
    { what: '  heaps and buffers, peak', unit: 'MB', value: privatePeak },
  ];
}

/** Of the units that fire most, with themselves and with each other; each is counted more than once, the median holds. */
function slowestCorrelogram(): number {
  const { times, clusters } = manySpikes(SPIKES, UNITS);
  const trains = complete(groupSpikes(times, clusters));
  const busy = Array.from({ length: BUSY }, (_, u) => trainOf(trains, u));
  const options: CorrelogramOptions = { convention: 'spikeinterface', windowMs: 100, binMs: 1, rate: 30_000 };
  const time = (count: () => unknown) =>
    quantile(
      Array.from({ length: 5 }, () => {
        const before = performance.now();
        count();
        return performance.now() - before;
      }),
      0.5,
    );
  return Math.max(
    ...busy.flatMap((a) =>
      busy.map((b) => time(() => (a === b ? autoCorrelogram(a, options) : crossCorrelogram(a, b, options)))),
    ),
  );
}

async function open(browser: Browser, address: string, files: readonly string[]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  await page.goto(address);
  await page
    .getByLabel('Open files')
    .first()
    .setInputFiles([...files]);
  await waitForMark(page, 'traces-shown', MINUTE);
  await ready(page);
  return page;
}

async function showRaw(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Heat map', exact: true }).click();
  await page.getByRole('radio', { name: 'Raw', exact: true }).click();
  await ready(page);
}

/** From the last key that widens the window to the first picture of it, and to the whole of it. */
async function zoomOut(page: Page): Promise<{ first: number; whole: number }> {
  await page.getByRole('img', { name: 'Traces', exact: true }).hover();
  for (let i = 1; i < ZOOMS; i++) await page.keyboard.press('-');
  const before = await now(page);
  await page.keyboard.press('-');
  const first = (await markAfter(page, 'traces-shown', before)) - before;
  await ready(page);
  return { first, whole: (await newest(page, 'traces-shown')) - before };
}

async function ready(page: Page): Promise<void> {
  await page.locator('main[data-phase="ready"]').waitFor({ timeout: 5 * MINUTE });
}

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());

const newest = (page: Page, name: string): Promise<number> =>
  page.evaluate((name) => performance.getEntriesByName(name, 'mark').at(-1)?.startTime ?? Number.NaN, name);

async function markAfter(page: Page, name: string, before: number): Promise<number> {
  const shown = await page.waitForFunction(
    ({ name, before }) => performance.getEntriesByName(name, 'mark').find(({ startTime }) => startTime > before)?.startTime,
    { name, before },
    { timeout: 5 * MINUTE, polling: 10 },
  );
  return (await shown.jsonValue()) ?? Number.NaN;
}
