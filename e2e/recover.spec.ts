// What goes wrong under the page without anybody's fault: a lost WebGL context, a dead worker; and what a person breaks off.
import type { Locator, Page, Worker } from '@playwright/test';
import { writeTiff } from '../src/test/tiff-writer.ts';
import { writeZip } from '../src/test/zip-writer.ts';
import { saveItem, textOf } from './support/exports.ts';
import { chooseFiles, openMovie, screen, type TestFile, waitForMovie, waitForPhase } from './support/open.ts';
import { deflate, framePath, smallSet } from './support/small-set.ts';
import { drawn, frameSlider, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { closeShown, detectNeurons, expectOnScreen, openAndCloseGood, openCalciumSample } from './support/trouble.ts';

const LONG_FRAMES = 3000;

/** A movie whose pass takes seconds, unless it is shorter: many names for the same few frames. */
async function longMovie(name: string, length = LONG_FRAMES): Promise<TestFile> {
  const frames = [0, 1, 2, 3].map((seed) =>
    writeTiff([Uint16Array.from({ length: 256 * 256 }, (_, i) => 300 + ((i * 7919 + seed * 31) % 257))], 256, 256),
  );
  const packed = frames.map(deflate);
  const items = Array.from({ length }, (_, i) => ({
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

/** How often what goes wrong is provoked. */
const TIMES = 10;

/** Ends a worker from within, which tells the page nothing. */
async function kill(worker: Worker): Promise<void> {
  await worker.evaluate(() => self.close()).catch(() => undefined);
}

async function playing(page: Page): Promise<void> {
  const play = page.getByRole('button', { name: 'Play', exact: true });
  if (await play.isVisible()) await play.click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
}

/** It plays, and frames go by. */
async function expectPlaying(page: Page): Promise<void> {
  const before = await frameSlider(page).inputValue();
  await expect.poll(() => frameSlider(page).inputValue()).not.toBe(before);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
}

/** In the order they were started: the desk, which lists, opens and merges, then those that read frames. */
const workersOf = (page: Page): Worker[] => page.workers();

/** Takes a canvas's context away and gives it back, as a driver that is restarted does. */
async function loseContext(canvas: Locator): Promise<void> {
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
}

test('a lost WebGL context comes back with the same picture, ten times of ten', async ({ page }) => {
  test.setTimeout(180_000);
  await openCalciumSample(page);
  await detectNeurons(page);
  await page.getByRole('table', { name: 'Regions', exact: true }).getByRole('row').nth(1).click();
  await page.getByRole('img', { name: 'Traces', exact: true }).waitFor();
  await page.mouse.move(0, 0);
  // Of the notice that leaves by itself, nothing may lie over the pictures.
  await expect(page.getByText(/neurons found$/)).toHaveCount(0);
  await waitForPhase(page, 'ready');
  for (const canvas of [stage(page), page.getByRole('img', { name: 'Traces', exact: true })]) {
    const before = await drawn(canvas);
    for (let round = 0; round < TIMES; round++) {
      await loseContext(canvas);
      await expect.poll(async () => (await drawn(canvas)).equals(before)).toBe(true);
    }
  }
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a context that is lost while the movie plays does not stop it', async ({ page }) => {
  await openLong(page);
  await playing(page);
  await loseContext(stage(page));
  await expectPlaying(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('workers that are killed while the movie plays are replaced, ten times of ten', async ({ page }) => {
  await openLong(page);
  await waitForMovie(page);
  // The pass gives up a part under which three workers died; here the movie is what goes on.
  await expect(summaryBar(page)).toHaveCount(0, { timeout: 60_000 });
  // So does what is measured beside it.
  await expect(page.getByText(/^Residual motion/)).toBeVisible({ timeout: 60_000 });
  await playing(page);
  for (let round = 0; round < TIMES; round++) {
    // Idle ones end by themselves: there may be none for a moment.
    await expect.poll(() => workersOf(page).length).toBeGreaterThan(0);
    const workers = workersOf(page);
    await kill(workers[round % workers.length]!);
    // Elsewhere, where no frame was read ahead.
    await frameSlider(page).fill(String((round * 997 + 500) % LONG_FRAMES));
    await playing(page);
    await expectPlaying(page);
  }
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('workers that are killed during a detection are replaced, and it ends as it would have, ten times of ten', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openCalciumSample(page);
  await detectNeurons(page);
  const found = textOf(await saveItem(page, 'Regions JSON'));
  const steps = page.getByRole('region', { name: 'History' }).getByRole('listitem').filter({ hasText: 'Find neurons' });
  const bar = page.getByRole('progressbar', { name: 'Detecting neurons' });
  for (let round = 0; round < TIMES / 2; round++) {
    await page.getByRole('button', { name: 'Detect neurons' }).click();
    await expect(bar).toBeVisible();
    // The one that merges, and one that searches.
    await kill(workersOf(page)[0]!);
    await kill(workersOf(page).at(-1)!);
    await expect(bar).toHaveCount(0, { timeout: 60_000 });
    await expect(steps).toHaveCount(round + 2);
    await waitForPhase(page, 'ready');
  }
  expect(textOf(await saveItem(page, 'Regions JSON'))).toBe(found);
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
  await expect(summaryBar(page)).toHaveCount(0, { timeout: 60_000 });
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

/** From now on the page's WebGL contexts are counted. */
async function countContexts(page: Page): Promise<void> {
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
}

async function livingContexts(page: Page): Promise<number> {
  return page.evaluate(() => {
    const scope: object = globalThis;
    const made = 'contexts' in scope && Array.isArray(scope.contexts) ? scope.contexts : [];
    return made.filter((one) => one.deref() && !one.deref().isContextLost()).length;
  });
}

test('opened and closed ten times, data sets leave nothing behind', async ({ page }) => {
  await countContexts(page);
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (/WebGL contexts|CONTEXT_LOST/i.test(message.text())) warnings.push(message.text());
  });
  const alive = () => livingContexts(page);
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

test('three data sets open and close, and workers, contexts and cache are as before', async ({ page }) => {
  await countContexts(page);
  const bytes = () => page.getByText(/^Cache \d+ of \d+ MB$/).textContent();
  await openMovie(page, [await smallSet('first.zip')]);
  const contexts = await livingContexts(page);
  const rest = await bytes();
  const names = ['a', 'b', 'c'];
  const movies = await Promise.all(names.map((name, i) => longMovie(`${name}.zip`, 60 + i)));
  for (let round = 0; round < 2; round++) {
    for (const [i, name] of names.entries()) {
      await chooseFiles(page, [movies[i]!]);
      await expectOnScreen(page, name);
      await waitForMovie(page);
    }
    await expect.poll(bytes).not.toBe(rest);
    for (const name of [...names].reverse()) await closeShown(page, name);
    await expectOnScreen(page, 'first');
    await waitForPhase(page, 'ready');
    await expect.poll(bytes).toBe(rest);
    expect(await livingContexts(page)).toBe(contexts);
  }
  // Only the desk stays when there is nothing to do.
  await expect.poll(() => page.workers().length).toBe(1);
});
