// A headless Chromium for measuring, and what can be asked of it from outside: memory, marks, long tasks.
import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, needChromium } from '../find-chromium.mjs';

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: needChromium(), args: [...CHROMIUM_FLAGS, '--enable-precise-memory-info'] });
}

declare global {
  interface Window {
    /** Durations of main-thread tasks above 50 ms, milliseconds, with their start. */
    benchLongTasks?: { start: number; ms: number }[];
  }
}

/** To be called before the page is opened. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: { start: number; ms: number }[] = [];
    window.benchLongTasks = tasks;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, ms: duration });
    }).observe({ type: 'longtask', buffered: true });
  });
}

/** Longest main-thread task that began between two marks, milliseconds; 0 when none took more than 50. */
export function longestTask(page: Page, from: number, to: number): Promise<number> {
  return page.evaluate(
    ({ from, to }) =>
      Math.max(0, ...(window.benchLongTasks ?? []).filter(({ start }) => start >= from && start <= to).map(({ ms }) => ms)),
    { from, to },
  );
}

/** Milliseconds since the page's start of the newest mark of that name; waits for it. */
export async function waitForMark(page: Page, name: string, timeout: number): Promise<number> {
  const missing = `The page did not set the mark "${name}" within ${timeout / 1000} s`;
  const handle = await page
    .waitForFunction((name) => performance.getEntriesByName(name, 'mark').at(-1)?.startTime, name, { timeout, polling: 100 })
    .catch(async (cause: Error) => {
      const alerts = await page.getByRole('alert').allInnerTexts();
      throw new Error(
        `${missing}${alerts.length > 0 ? `; it says: ${alerts.join(' / ')}` : `: ${cause.message.split('\n')[0]}`}`,
      );
    });
  return (await handle.jsonValue()) ?? Number.NaN;
}

export interface PageMemory {
  /** JavaScript heap of the main thread, MB. */
  readonly heap: number;
  /** Largest and present resident size of the page's process with its workers, MB; only where /proc tells. */
  readonly peak: number | undefined;
  readonly resident: number | undefined;
}

export async function pageMemory(browser: Browser, page: Page): Promise<PageMemory> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6;
  await session.detach();
  const root = await browser.newBrowserCDPSession();
  const { processInfo } = await root.send('SystemInfo.getProcessInfo');
  await root.detach();
  // One page is open, so that the largest renderer is its own.
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentSizes(id));
  const largest = renderers.sort((a, b) => (b?.resident ?? 0) - (a?.resident ?? 0))[0];
  return { heap, peak: largest?.peak, resident: largest?.resident };
}

function residentSizes(pid: number): { peak: number; resident: number } | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) => (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { peak: megabytes('VmHWM'), resident: megabytes('VmRSS') };
}
