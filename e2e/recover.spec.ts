// What goes wrong under the page without anybody's fault: a lost WebGL context, a dead worker; and what a person breaks off.
import type { Page, Worker } from '@playwright/test';
import { writeTiff } from '../src/test/tiff-writer.ts';
import { writeZip } from '../src/test/zip-writer.ts';
import { chooseFiles, openMovie, screen, type TestFile, waitForMovie, waitForPhase } from './support/open.ts';
import { deflate, framePath, smallSet } from './support/small-set.ts';
import { stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { closeShown, detectNeurons, expectOnScreen, openAndCloseGood, openCalciumSample } from './support/trouble.ts';

const LONG_FRAMES = 3000;

/** A movie whose pass takes seconds: many names for the same few frames. */
async function longMovie(name: string): Promise<TestFile> {
  const frames = [0, 1, 2, 3].map((seed) =>
    writeTiff([Uint16Array.from({ length: 256 * 256 }, (_, i) => 300 + ((i * 7919 + seed * 31) % 257))], 256, 256),
  );
  const packed = frames.map(deflate);
  const items = Array.from({ length: LONG_FRAMES }, (_, i) => ({
    name: framePath(i),
    data: frames[i % 4]!,
    packed: packed[i % 4]!,
  }));
  return { name, bytes: await writeZip(items) };
}

let long: TestFile;
test.beforeAll(async () => {
  long = await longMovie('long.zip');
});

const summaryBar = (page: Page) => page.getByRole('progressbar', { name: 'Summary images' });

async function openLong(page: Page): Promise<void> {
  await page.goto('/');
  await chooseFiles(page, [long]);
  await expect(summaryBar(page)).toBeVisible();
  await expect.poll(async () => Number(await summaryBar(page).getAttribute('aria-valuenow'))).toBeGreaterThan(0);
}

/** In the order they were started: the desk, which lists, opens and merges, then those that read frames. */
const workersOf = (page: Page): Worker[] => page.workers();

test('a lost WebGL context comes back with the same picture', async ({ page }) => {
  await openCalciumSample(page);
  await detectNeurons(page);
  await page.mouse.move(0, 0);
  const canvas = stage(page);
  const before = await canvas.screenshot();
  const events = await canvas.evaluate(async (element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
    const extension = element.getContext('webgl')?.getExtension('WEBGL_lose_context');
    if (!extension) throw new Error('the context cannot be lost on purpose');
    const seen: string[] = [];
    const heard = (type: string) =>
      new Promise<void>((resolve) => {
        element.addEventListener(
          type,
          () => {
            seen.push(type);
            resolve();
          },
          { once: true },
        );
      });
    const lost = heard('webglcontextlost');
    extension.loseContext();
    await lost;
    await new Promise((resolve) => setTimeout(resolve, 0));
    const restored = heard('webglcontextrestored');
    extension.restoreContext();
    await restored;
    return seen;
  });
  expect(events).toEqual(['webglcontextlost', 'webglcontextrestored']);
  await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(true);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('Cancel stops the pass over the movie; the page goes on, and detection reads the movie again', async ({ page }) => {
  await openLong(page);
  await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
  await expect(summaryBar(page)).toHaveCount(0);
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await openAndCloseGood(page);
  await expectOnScreen(page, 'long');
  await page.getByRole('button', { name: 'Detect neurons' }).click();
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
  await waitForPhase(page, 'ready');
});

test('Cancel stops a detection; nothing was changed, and it can be started again', async ({ page }) => {
  await openCalciumSample(page);
  await page.getByRole('button', { name: 'Detect neurons' }).click();
  await expect(page.getByRole('progressbar', { name: 'Detecting neurons' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await detectNeurons(page);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled();
});

test('a worker that breaks during the pass is replaced, and the pass finishes', async ({ page }) => {
  await openLong(page);
  await workersOf(page)
    .at(-1)!
    .evaluate(() => {
      setTimeout(() => {
        throw new Error('broken on purpose');
      });
    });
  await expect(summaryBar(page)).toHaveCount(0, { timeout: 60_000 });
  await waitForMovie(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await openAndCloseGood(page);
});

test('a worker that vanishes without a word does not freeze the page', async ({ page }) => {
  await openLong(page);
  await workersOf(page)
    .at(-1)!
    .evaluate(() => self.close());
  await chooseFiles(page, [await smallSet('good.zip')]);
  await expectOnScreen(page, 'good');
  // It is missed when it does not answer to pings for a while; then its part is done by another.
  await expect(summaryBar(page)).toHaveCount(0, { timeout: 80_000 });
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('when the worker that merges breaks, the pass starts again and finishes', async ({ page }) => {
  await openLong(page);
  await workersOf(page)[0]!.evaluate(() => {
    setTimeout(() => {
      throw new Error('broken on purpose');
    });
  });
  await openAndCloseGood(page);
  await expectOnScreen(page, 'long');
  await expect(summaryBar(page)).toHaveCount(0, { timeout: 60_000 });
  await waitForMovie(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('opened and closed ten times, data sets leave nothing behind', async ({ page }) => {
  await page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    const made: WeakRef<WebGLRenderingContext>[] = [];
    Object.defineProperty(globalThis, 'contexts', { value: made });
    function counted(this: HTMLCanvasElement, kind: string, options?: unknown) {
      const context = Reflect.apply(original, this, [kind, options]);
      if (context instanceof WebGLRenderingContext && !made.some((one) => one.deref() === context))
        made.push(new WeakRef(context));
      return context;
    }
    Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', { value: counted });
  });
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (/WebGL contexts|CONTEXT_LOST/i.test(message.text())) warnings.push(message.text());
  });
  const alive = () =>
    page.evaluate(() => {
      const scope: object = globalThis;
      const made = 'contexts' in scope && Array.isArray(scope.contexts) ? scope.contexts : [];
      return made.filter((one) => one.deref() && !one.deref().isContextLost()).length;
    });
  await openMovie(page, [await smallSet('first.zip')]);
  const contexts = await alive();
  expect(contexts).toBeGreaterThan(0);
  const other = await smallSet('other.zip');
  let workers = 0;
  for (let round = 0; round < 10; round++) {
    await chooseFiles(page, [other]);
    await expectOnScreen(page, 'other');
    await waitForMovie(page);
    await closeShown(page, 'other');
    await expectOnScreen(page, 'first');
    await waitForPhase(page, 'ready');
    if (round === 0) workers = page.workers().length;
  }
  expect(await alive()).toBe(contexts);
  // Workers that have nothing to do are ended after a while, so there may be fewer.
  await expect.poll(() => page.workers().length).toBeLessThanOrEqual(workers);
  expect(warnings).toEqual([]);
  await closeShown(page, 'first');
  await expect(screen(page)).toHaveAttribute('data-phase', 'empty');
  expect(await alive()).toBe(0);
});
