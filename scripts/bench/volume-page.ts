// Measures volumes in the built page: how soon a slice and the scores are seen, what a long label file takes of memory, and what a step
// along all three axes costs the main thread. Times in milliseconds.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { firstLoad } from '../check-dist.mjs';
import { longestTask, waitForMark, watchLongTasks, watchMemory } from './browser.ts';
import type { Row } from './report.ts';
import { quantile } from './statistics.ts';
import { writeVolumeFiles } from './volume-files.ts';

const MINUTE = 60_000;
const ROUNDS = 5;
const STEPS = 40;
/** The 3-D picture is fine by then. */
const SETTLE_MS = 4000;
/** Stands in the view's chunk and its styles only. */
const VIEW_CLASS = 'volume-grid';

interface Opened {
  readonly page: Page;
  /** When the files were dropped. */
  readonly drop: number;
  /** From the drop to a slice of the image on screen. */
  readonly slice: number;
}

export async function measureVolumePage(browser: Browser, address: string, dist: string, folder: string): Promise<Row[]> {
  const files = writeVolumeFiles(folder);
  const mini = await repeated(async () => {
    const { page, slice } = await open(browser, address, [files.mini]);
    await page.close();
    return slice;
  });
  const tests: { slice: number; scored: number; task: number; steps: StepFigures }[] = [];
  for (let round = 0; round < ROUNDS; round++) tests.push(await measureTestSet(browser, address, files.test));
  const last = tests.at(-1)!;
  const middle = (pick: (one: (typeof tests)[number]) => number) => quantile(tests.map(pick), 0.5);
  return [
    { what: 'small benchmark zip: drop to slice', unit: 'ms', value: mini },
    { what: 'test set in a zip: drop to slice', unit: 'ms', value: middle(({ slice }) => slice) },
    { what: 'test set in a zip: drop to scores', unit: 'ms', value: middle(({ scored }) => scored) },
    { what: 'test set: longest task', unit: 'ms', value: middle(({ task }) => task) },
    { what: 'step along three axes, main thread, median', unit: 'ms', value: quantile(last.steps.cpu, 0.5) },
    { what: 'step along three axes, main thread, 95 %', unit: 'ms', value: quantile(last.steps.cpu, 0.95) },
    { what: 'step along three axes, key to picture, 95 %', unit: 'ms', value: quantile(last.steps.wall, 0.95) },
    ...(await measureTrainingSet(browser, address, files.train)),
    { what: 'volume view, gzip', unit: 'kB', value: viewSize(dist) },
  ];
}

async function repeated(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await measure());
  return quantile(times, 0.5);
}

async function freshPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  await watchLongTasks(page);
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  return page;
}

async function open(browser: Browser, address: string, files: readonly string[]): Promise<Opened> {
  return openOn(await freshPage(browser, address), files);
}

async function openOn(page: Page, files: readonly string[]): Promise<Opened> {
  await page
    .getByLabel('Open files')
    .first()
    .setInputFiles([...files]);
  const drop = await waitForMark(page, 'drop', MINUTE);
  const slice = await waitForMark(page, 'first-slice', MINUTE);
  return { page, drop, slice: slice - drop };
}

async function ready(page: Page): Promise<void> {
  await page.locator('main[data-phase="ready"]').waitFor({ timeout: 2 * MINUTE });
}

async function measureTestSet(browser: Browser, address: string, zip: string) {
  const { page, drop, slice } = await open(browser, address, [zip]);
  const scored = await waitForMark(page, 'volume-scored', MINUTE);
  await ready(page);
  const task = await longestTask(page, drop, Number.POSITIVE_INFINITY);
  const steps = await stepAbout(page);
  await page.close();
  return { slice, scored: scored - drop, task, steps };
}

interface StepFigures {
  /** Processor time of the main thread, all of it: keys, views, slices, drawing, and asking for it. */
  readonly cpu: number[];
  /** From the keys to the frame after the new slices. */
  readonly wall: number[];
}

/** Steps along x, y and z at once, so that all three planes and both overlays are cut and drawn anew. */
async function stepAbout(page: Page): Promise<StepFigures> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const step = (keys: readonly string[]) =>
    page.evaluate(async (keys) => {
      const start = performance.now();
      for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true, cancelable: true }));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return performance.now() - start;
    }, keys);
  const cost = async (keys: readonly string[]) => {
    const before = await busy();
    const wall = await step(keys);
    return { cpu: (await busy()) - before, wall };
  };
  await page.waitForTimeout(SETTLE_MS);
  const figures = [];
  for (let n = 0; n < STEPS; n++)
    figures.push(await cost(n % 20 < 10 ? ['ArrowRight', 'ArrowDown', '.'] : ['ArrowLeft', 'ArrowUp', ',']));
  await session.detach();
  return { cpu: figures.map(({ cpu }) => cpu), wall: figures.map(({ wall }) => wall) };
}

async function measureTrainingSet(browser: Browser, address: string, files: readonly string[]): Promise<Row[]> {
  const page = await freshPage(browser, address);
  const before = await watchMemory(browser, page)();
  const memoryNow = watchMemory(browser, page);
  const { drop, slice } = await openOn(page, files);
  await ready(page);
  await page.getByRole('table', { name: 'Classes', exact: true }).getByText('cell').first().waitFor({ timeout: MINUTE });
  const done = await page.evaluate(() => performance.now());
  const { privatePeak } = await memoryNow();
  const task = await longestTask(page, drop, Number.POSITIVE_INFINITY);
  await page.close();
  return [
    { what: 'training set, 564 MB of labels: drop to slice', unit: 'ms', value: slice },
    { what: 'training set: drop to all labels', unit: 'ms', value: done - drop },
    { what: 'training set: longest task', unit: 'ms', value: task },
    { what: 'training set: heaps and buffers, peak', unit: 'MB', value: privatePeak },
    { what: '  of it, the empty page', unit: 'MB', value: before.privatePeak },
  ];
}

/** The chunk of the view with all that it imports and its styles, beyond the first load. */
function viewSize(dist: string): number {
  const assets = readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`);
  const own = assets.filter((path) => /\.(js|css)$/.test(path) && readFileSync(join(dist, path), 'utf8').includes(VIEW_CLASS));
  const sizes = new Map(own.flatMap((path) => [...firstLoad(dist, path)]));
  for (const path of firstLoad(dist).keys()) sizes.delete(path);
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
}
