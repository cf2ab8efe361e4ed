// Measures a recording of 112 GB on the built page: how soon it is seen, and how long a jump to a random place takes, all channels,
// 100 ms, as stored and through the chain. The file is sparse: real samples lie where the page will look. Times in milliseconds.
import type { Browser, Page } from '@playwright/test';
import { makeRng } from '../../src/base/rng.ts';
import { writeSparseRecording } from '../simulate/sparse-recording.ts';
import { longestTask, waitForMark, watchLongTasks, watchMemory } from './browser.ts';
import type { Row } from './report.ts';
import { quantile } from './statistics.ts';

const MINUTE = 60_000;
const RATE = 30_000;
const JUMPS = 16;
/** Frames around a place that the window and the margins of the chain may read. */
const AROUND = 15_000;

export async function measureEphys(browser: Browser, address: string, folder: string): Promise<Row[]> {
  const rng = makeRng(3);
  const places = Array.from({ length: 2 * JUMPS }, () => 100 + rng.below(4_600));
  const stretches = [0, ...places].map((second) => [Math.max(0, second * RATE - AROUND), second * RATE + AROUND] as const);
  const { bin, meta, bytes } = writeSparseRecording(folder, stretches);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  await watchLongTasks(page);
  await page.goto(address);
  const memoryNow = watchMemory(browser, page);
  await page.getByLabel('Open files').first().setInputFiles([bin, meta]);
  const drop = await waitForMark(page, 'drop', MINUTE);
  const first = await waitForMark(page, 'traces-shown', MINUTE);
  await ready(page);
  await page.getByRole('radio', { name: 'Heat map', exact: true }).click();
  await ready(page);
  const chain = await jumps(page, places.slice(0, JUMPS));
  await page.getByRole('radio', { name: 'Raw', exact: true }).click();
  await ready(page);
  const raw = await jumps(page, places.slice(JUMPS));
  const { heap, privatePeak } = await memoryNow();
  const task = await longestTask(page, drop, Number.POSITIVE_INFINITY);
  await page.close();
  const size = `${Math.round(bytes / 1e9)} GB recording`;
  return [
    { what: `${size}: drop to first picture`, unit: 'ms', value: first - drop },
    { what: 'jump, filtered and referenced, median', unit: 'ms', value: quantile(chain, 0.5) },
    { what: 'jump, filtered and referenced, 95 %', unit: 'ms', value: quantile(chain, 0.95) },
    { what: 'jump, as stored, median', unit: 'ms', value: quantile(raw, 0.5) },
    { what: 'jump, as stored, 95 %', unit: 'ms', value: quantile(raw, 0.95) },
    { what: 'recording: longest task', unit: 'ms', value: task },
    { what: 'recording: JavaScript heap, main thread', unit: 'MB', value: heap },
    { what: 'recording: heaps and buffers, peak', unit: 'MB', value: privatePeak },
  ];
}

async function ready(page: Page): Promise<void> {
  await page.locator('main[data-phase="ready"]').waitFor({ timeout: MINUTE });
}

async function jumps(page: Page, seconds: readonly number[]): Promise<number[]> {
  const field = page.getByRole('spinbutton', { name: 'Jump to time', exact: true });
  const times: number[] = [];
  for (const second of seconds) {
    await field.fill(String(second));
    const before = await page.evaluate(() => performance.now());
    await field.press('Enter');
    times.push((await markAfter(page, before)) - before);
    await ready(page);
  }
  return times;
}

async function markAfter(page: Page, before: number): Promise<number> {
  const shown = await page.waitForFunction(
    (before) => performance.getEntriesByName('traces-shown', 'mark').find(({ startTime }) => startTime > before)?.startTime,
    before,
    { timeout: MINUTE, polling: 10 },
  );
  return (await shown.jsonValue()) ?? Number.NaN;
}
