// Measures what people do who curate: the score after a move of the threshold, undo, a long list, a second layer on a set of 500; and how
// soon the page is back after a lost WebGL context or a killed worker. Times in milliseconds, each from the press to what is seen of it.
import type { Browser, Page } from '@playwright/test';
import { grouped } from '../../src/base/number-format.ts';
import { makeRng } from '../../src/base/rng.ts';
import { longestTask, waitForMark, watchLongTasks } from './browser.ts';
import { quantile } from './statistics.ts';

export interface WorkbenchFigures {
  /** Threshold moved by a step until its scores are there: median and 95 %. */
  readonly thresholdMedian: number;
  readonly threshold95: number;
  readonly undoMedian: number;
  /** Longest main-thread task while 5,000 rows are scrolled, milliseconds; 0 when none took more than 50. */
  readonly scrollTask: number;
  /** Lost context until the same picture is seen, with the time that taking the picture needs. */
  readonly contextBack: number;
  readonly pictureTaken: number;
  /** Killed worker until a frame that was not read ahead is seen; the longest of the rounds. */
  readonly workerBack: number;
}

const MINUTE = 60_000;
const ROUNDS = 20;
const KILLS = 10;
const SIDE = 512;

export async function measureWorkbench(
  browser: Browser,
  address: string,
  zip: string,
  frames: number,
): Promise<WorkbenchFigures> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  await watchLongTasks(page);
  await page.goto(address);
  await page.getByLabel('Open files').first().setInputFiles(zip);
  await waitForMark(page, 'summary-done', 5 * MINUTE);
  await addRegions(page, 'five-hundred.json', 500);
  const thresholds = await dragThreshold(page);
  const undos = await undoAndRedo(page);
  const context = await loseContext(page);
  const workerBack = await killWorkers(page, frames);
  await addRegions(page, 'five-thousand.json', 5000);
  const scrollTask = await scrollList(page);
  await page.close();
  return {
    thresholdMedian: quantile(thresholds, 0.5),
    threshold95: quantile(thresholds, 0.95),
    undoMedian: quantile(undos, 0.5),
    scrollTask,
    ...context,
    workerBack,
  };
}

/** Drops squares of 8 × 8 px at seeded places. */
async function addRegions(page: Page, name: string, count: number): Promise<void> {
  const rng = makeRng(count);
  const square = () => {
    const [row, col] = [rng.below(SIDE - 8), rng.below(SIDE - 8)];
    return { coordinates: Array.from({ length: 64 }, (_, i) => [row + (i >> 3), col + (i & 7)]) };
  };
  const buffer = Buffer.from(JSON.stringify(Array.from({ length: count }, square)));
  await page.getByLabel('Open files').first().setInputFiles({ name, mimeType: 'application/json', buffer });
  await page
    .getByText(`${grouped(count)} regions imported`)
    .first()
    .waitFor({ timeout: MINUTE });
  await page.locator('main[data-phase="ready"]').waitFor({ timeout: MINUTE });
}

const now = (page: Page) => page.evaluate(() => performance.now());

async function dragThreshold(page: Page): Promise<number[]> {
  const slider = page.getByRole('slider', { name: 'Threshold', exact: true });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await slider.focus();
    const before = await now(page);
    await slider.press(round % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    const done = await page.waitForFunction(
      (before) => performance.getEntriesByName('score-done', 'mark').find(({ startTime }) => startTime >= before)?.startTime,
      before,
      { timeout: MINUTE, polling: 5 },
    );
    const started = await page.evaluate(() => performance.getEntriesByName('score-start', 'mark').at(-1)?.startTime);
    times.push(((await done.jsonValue()) ?? Number.NaN) - (started ?? Number.NaN));
  }
  return times;
}

async function undoAndRedo(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const button = page.getByRole('button', { name: round % 2 === 0 ? 'Undo' : 'Redo', exact: true });
    times.push(
      await button.evaluate(async (element) => {
        const start = performance.now();
        (element as HTMLButtonElement).click();
        // A message from within a frame is the first thing after that frame was painted.
        const { port1, port2 } = new MessageChannel();
        const painted = new Promise((resolve) => {
          port1.onmessage = resolve;
        });
        requestAnimationFrame(() => port2.postMessage(null));
        await painted;
        return performance.now() - start;
      }),
    );
  }
  return times;
}

async function loseContext(page: Page): Promise<{ contextBack: number; pictureTaken: number }> {
  const canvas = page.getByRole('img', { name: 'Movie', exact: true });
  await page.mouse.move(0, 0);
  const picture = () => canvas.screenshot({ mask: [canvas.locator('xpath=following-sibling::*')] });
  await picture();
  const begun = performance.now();
  const before = await picture();
  const pictureTaken = performance.now() - begun;
  const lost = performance.now();
  await canvas.evaluate(async (element) => {
    const extension = (element as HTMLCanvasElement).getContext('webgl')!.getExtension('WEBGL_lose_context')!;
    const gone = new Promise((resolve) => element.addEventListener('webglcontextlost', resolve, { once: true }));
    extension.loseContext();
    await gone;
    setTimeout(() => extension.restoreContext(), 0);
  });
  while (!(await picture()).equals(before)) {
    if (performance.now() - lost > MINUTE) throw new Error('The picture did not come back');
  }
  return { contextBack: performance.now() - lost, pictureTaken };
}

async function killWorkers(page: Page, frames: number): Promise<number> {
  const slider = page.getByRole('slider', { name: 'Frame', exact: true });
  const least = Number((await slider.getAttribute('min')) ?? 0);
  let longest = 0;
  for (let round = 0; round < KILLS; round++) {
    const workers = page.workers();
    const target = (round * 97 + 41) % frames;
    const before = await now(page);
    await workers[round % workers.length]!.evaluate(() => self.close()).catch(() => undefined);
    await slider.fill(String(least + target));
    const shown = await page.waitForFunction(
      ({ name, before }) => performance.getEntriesByName(name, 'mark').find(({ startTime }) => startTime >= before)?.startTime,
      { name: `frame-shown:${target}`, before },
      { timeout: MINUTE, polling: 20 },
    );
    longest = Math.max(longest, ((await shown.jsonValue()) ?? Number.NaN) - before);
  }
  return longest;
}

async function scrollList(page: Page): Promise<number> {
  const table = page.getByRole('table', { name: 'Regions', exact: true });
  const box = (await table.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 60);
  const from = await now(page);
  for (let round = 0; round < 3 * ROUNDS; round++) {
    await page.mouse.wheel(0, round % 4 === 3 ? -700 : 1500);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  return longestTask(page, from, await now(page));
}
