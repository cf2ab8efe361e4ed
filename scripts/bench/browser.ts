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
  /** Resident size of the page's process with its workers, at its peak and now, MB; only where /proc tells. */
  readonly peak: number | undefined;
  readonly resident: number | undefined;
  /** The most that was private to the process (heaps and buffers, without the browser's own code), from ten samples a second, MB. */
  readonly privatePeak: number | undefined;
}

const SAMPLE_MS = 100;

/** Samples the memory of the page's process until it is asked for. Of several renderers, the one that grew most is the page's own. */
export function watchMemory(browser: Browser, page: Page): () => Promise<PageMemory> {
  const peaks = new Map<number, number>();
  const sample = (pid: number) => peaks.set(pid, Math.max(peaks.get(pid) ?? 0, sizesOf(pid)?.own ?? 0));
  const ids = renderersOf(browser);
  const timer = setInterval(() => void ids.then((found) => found.forEach(sample)), SAMPLE_MS);
  return async () => {
    clearInterval(timer);
    for (const pid of await ids) sample(pid);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    const heap = (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6;
    await session.detach();
    const largest = (await ids).sort((a, b) => (peaks.get(b) ?? 0) - (peaks.get(a) ?? 0))[0]!;
    const sizes = sizesOf(largest);
    return { heap, peak: sizes?.peak, resident: sizes?.resident, privatePeak: sizes && peaks.get(largest) };
  };
}

async function renderersOf(browser: Browser): Promise<number[]> {
  const root = await browser.newBrowserCDPSession();
  const { processInfo } = await root.send('SystemInfo.getProcessInfo');
  await root.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

function sizesOf(pid: number): { peak: number; resident: number; own: number } | undefined {
  if (process.platform !== 'linux') return undefined;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) => (Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6;
  return { peak: megabytes('VmHWM'), resident: megabytes('VmRSS'), own: megabytes('RssAnon') + megabytes('RssShmem') };
}
