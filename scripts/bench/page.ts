// Measures the built page as a person uses it: opens the movie, lets the summary run, jumps about, detects. Only ordinary names on
// the screen and the page's own performance marks are used. Times in milliseconds unless named otherwise.
import type { Browser, Page } from '@playwright/test';
import { makeRng } from '../../src/base/rng.ts';
import { longestTask, waitForMark, watchLongTasks, watchMemory } from './browser.ts';
import { quantile } from './statistics.ts';

export interface PageFigures {
  readonly listing: number;
  readonly firstFrame: number;
  readonly firstSummary: number;
  readonly passFramesPerSecond: number;
  readonly randomFrameMedian: number;
  readonly randomFrame95: number;
  readonly detectionSeconds: number;
  readonly scoring: number | undefined;
  readonly longestTaskOpening: number;
  readonly longestTaskJumping: number;
  readonly longestTaskDetecting: number;
  readonly heapMB: number;
  readonly processMB: number | undefined;
  readonly processPeakMB: number | undefined;
  readonly privatePeakMB: number | undefined;
}

const MINUTE = 60_000;
/** Nobody drops a file sooner than this after the page has come; meanwhile it reads ahead what a drop will need. */
const SETTLED_MS = 2000;
const JUMPS = 40;

export async function measurePage(browser: Browser, address: string, zip: string, frames: number): Promise<PageFigures> {
  // At a first visit the page would also store itself for use without network.
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  await watchLongTasks(page);
  await page.goto(address);
  const memoryNow = watchMemory(browser, page);
  await page.waitForTimeout(SETTLED_MS);
  await page.getByLabel('Open files').first().setInputFiles(zip);
  const drop = await waitForMark(page, 'drop', MINUTE);
  const listed = await waitForMark(page, 'listed', MINUTE);
  const firstFrame = await waitForMark(page, 'first-frame', MINUTE);
  const firstSummary = await waitForMark(page, 'summary-first', 2 * MINUTE);
  const summaryDone = await waitForMark(page, 'summary-done', 20 * MINUTE);
  const jumps = await jumpAbout(page, frames);
  const jumped = await now(page);
  await page.getByRole('button', { name: 'Detect neurons' }).click();
  const detectStart = await waitForMark(page, 'detect-start', MINUTE);
  const detectDone = await waitForMark(page, 'detect-done', 20 * MINUTE);
  await page.locator('main[data-phase="ready"]').waitFor({ timeout: 5 * MINUTE });
  const scoring = await newestSpan(page, 'score-start', 'score-done');
  const memory = await memoryNow();
  const figures = {
    listing: listed - drop,
    firstFrame: firstFrame - drop,
    firstSummary: firstSummary - drop,
    passFramesPerSecond: frames / ((summaryDone - listed) / 1000),
    randomFrameMedian: quantile(jumps, 0.5),
    randomFrame95: quantile(jumps, 0.95),
    detectionSeconds: (detectDone - detectStart) / 1000,
    scoring,
    longestTaskOpening: await longestTask(page, drop, summaryDone),
    longestTaskJumping: await longestTask(page, summaryDone, jumped),
    longestTaskDetecting: await longestTask(page, jumped, Number.POSITIVE_INFINITY),
    heapMB: memory.heap,
    processMB: memory.resident,
    processPeakMB: memory.peak,
    privatePeakMB: memory.privatePeak,
  };
  await page.close();
  return figures;
}

function now(page: Page): Promise<number> {
  return page.evaluate(() => performance.now());
}

/** Moves the slider to seeded random frames; from the request to the exact frame on screen, each. */
async function jumpAbout(page: Page, frames: number): Promise<number[]> {
  const rng = makeRng(1);
  const slider = page.getByRole('slider', { name: 'Frame', exact: true });
  const least = Number((await slider.getAttribute('min')) ?? 0);
  const times: number[] = [];
  let previous = -1;
  for (let n = 0; n < JUMPS; n++) {
    let target = rng.below(frames);
    if (target === previous) target = (target + 1) % frames;
    previous = target;
    const before = await now(page);
    await slider.fill(String(least + target));
    times.push(await shownAfter(page, target, before));
  }
  return times;
}

// Functions that run in the page hold no named functions: tsx would wrap those in a helper that the page does not have.

async function shownAfter(page: Page, frame: number, before: number): Promise<number> {
  const handle = await page.waitForFunction(
    ({ names, before }) => {
      const [requested, shown] = names.map((name) =>
        performance.getEntriesByName(name, 'mark').find(({ startTime }) => startTime >= before),
      );
      return requested && shown ? { ms: shown.startTime - requested.startTime } : undefined;
    },
    { names: [`frame-requested:${frame}`, `frame-shown:${frame}`], before },
    { timeout: MINUTE, polling: 20 },
  );
  return (await handle.jsonValue())?.ms ?? Number.NaN;
}

/** Between the newest marks of a pair; undefined where the page did not set them. */
async function newestSpan(page: Page, start: string, end: string): Promise<number | undefined> {
  const [from, to] = await page.evaluate(
    (names) => names.map((name) => performance.getEntriesByName(name, 'mark').at(-1)?.startTime),
    [start, end],
  );
  return from === undefined || to === undefined || to < from ? undefined : to - from;
}
