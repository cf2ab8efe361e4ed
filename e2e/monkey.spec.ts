// Random use, the same every time: keys, clicks, drags, sliders and drops in any order. Nothing is thrown that nobody catches (the
// fixture `watch` fails the test), and what is closed leaves no memory behind.
// SOMASCOPE_MONKEY sets the number of actions: 2,000 for the whole measure.
import type { CDPSession, Page } from '@playwright/test';
import { makeRng, type Rng } from '../src/base/rng.ts';
import { chooseFiles, dropFiles, jsonFile, screen, type TestFile } from './support/open.ts';
import { smallSet, zipFile } from './support/small-set.ts';
import { expect, test } from './support/test.ts';

const ACTIONS = Number(process.env['SOMASCOPE_MONKEY'] ?? 240);
const SEED = 20260721;
/** What other parts of the program may grow by while they warm up: compiled code, texts of the log. */
const GROWTH = 1.5;
const SLACK_BYTES = 10e6;

const KEYS = [
  ...['Space', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Escape', 'Enter', 'Tab', 'Delete', 'F2'],
  ...'12345bpgzxf+-cnarumsdlthjk,.[]?0',
  ...['Shift+ArrowRight', 'Shift+ArrowLeft', 'Shift+C', 'Shift+Tab'],
  ...['Control+z', 'Control+y', 'Control+Shift+z', 'Control+a', 'Control+Enter', 'Control+k', 'Control+e'],
];

/** Things that can be pressed and do not leave the page: no file choosers, no saved files, nothing that would forget the seed's work. */
const PRESSABLE = [
  'button:not([disabled])',
  '[role="tab"]',
  '[role="row"]',
  '[role="option"]',
  '[role="menuitem"]',
  '[role="radio"]',
  '[role="switch"]',
  'input[type="checkbox"]',
  'input[type="number"]',
  'summary',
].join(',');
const LEFT_ALONE =
  /open (files|folder)|resume|json|csv|npy|png|svg|tiff|zip|html|webm|script|save|copy|report|print|clip|remind|install|update|reload/i;

interface Spot {
  readonly x: number;
  readonly y: number;
}

const files: TestFile[] = [];
test.beforeAll(async () => {
  const square = (row: number, col: number) => [0, 1, 2, 3].map((i) => [row + (i >> 1), col + (i % 2)]);
  files.push(
    await smallSet('one.zip', 20),
    await smallSet('two.zip', 12),
    jsonFile('few.json', [{ coordinates: square(8, 6) }, { coordinates: square(2, 2) }]),
    jsonFile(
      'many.json',
      Array.from({ length: 40 }, (_, i) => ({ coordinates: square((i * 5) % 22, (i * 3) % 18) })),
    ),
    jsonFile('wrong.json', { a: 1 }),
    await zipFile('empty.zip', []),
  );
});

/** The middle of one of the things that can be pressed now. */
async function spotOf(page: Page, share: number, selector: string): Promise<Spot | null> {
  return page.evaluate(
    ([chosen, pattern, at]) => {
      const not = new RegExp(pattern, 'i');
      const top = [...document.querySelectorAll('dialog[open], [popover]')]
        .filter((one) => one.matches(':modal, :popover-open'))
        .at(-1);
      const seen = [...(top ?? document).querySelectorAll(chosen)].filter((one) => {
        const { width, height, x, y } = one.getBoundingClientRect();
        const name = `${one.getAttribute('aria-label') ?? ''} ${one.textContent}`;
        return width > 0 && height > 0 && x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && !not.test(name);
      });
      const box = seen[Math.floor(at * seen.length)]?.getBoundingClientRect();
      return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
    },
    [selector, LEFT_ALONE.source, share] as const,
  );
}

type Action = (page: Page, rng: Rng) => Promise<void>;
const one = <T>(rng: Rng, list: readonly T[]): T => list[rng.below(list.length)]!;

const pressKey: Action = (page, rng) => page.keyboard.press(one(rng, KEYS));

const click: Action = async (page, rng) => {
  const spot = await spotOf(page, rng.uniform(), PRESSABLE);
  if (spot) await page.mouse.click(spot.x, spot.y, { clickCount: rng.below(8) === 0 ? 2 : 1 });
};

/** On the canvases: point, wheel, drag. */
const draw: Action = async (page, rng) => {
  const spot = await spotOf(page, rng.uniform(), 'canvas[role="img"]');
  if (!spot) return;
  const near = () => [spot.x + 300 * (rng.uniform() - 0.5), spot.y + 200 * (rng.uniform() - 0.5)] as const;
  await page.mouse.move(...near());
  const what = rng.below(4);
  if (what === 0) await page.mouse.wheel(0, 800 * (rng.uniform() - 0.5));
  else if (what === 1) await page.mouse.dblclick(...near());
  else {
    await page.mouse.down();
    if (what === 2) await page.mouse.move(...near(), { steps: 3 });
    await page.mouse.up();
  }
};

const slide: Action = async (page, rng) => {
  const spot = await spotOf(page, rng.uniform(), 'input[type="range"], [role="slider"], [role="separator"]');
  if (!spot) return;
  await page.mouse.move(spot.x, spot.y);
  await page.mouse.down();
  await page.mouse.move(spot.x + 120 * (rng.uniform() - 0.5), spot.y, { steps: 2 });
  await page.mouse.up();
};

const drop: Action = async (page, rng) => dropFiles(page, [one(rng, files)]);

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 390, height: 844 },
];
const resize: Action = (page, rng) => page.setViewportSize(one(rng, SIZES));

const WEIGHTS: readonly (readonly [Action, number])[] = [
  [pressKey, 40],
  [click, 30],
  [draw, 14],
  [slide, 10],
  [drop, 4],
  [resize, 2],
];

function choose(rng: Rng): Action {
  let left = rng.below(WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [action, weight] of WEIGHTS) {
    left -= weight;
    if (left < 0) return action;
  }
  return pressKey;
}

const isOpen = (page: Page) => page.locator('main[data-modality]').count();

/** Closes all that is open, so that two moments can be compared. */
async function closeAll(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]!);
  await page.mouse.up();
  while ((await isOpen(page)) > 0) {
    // Dialogs and menus lie above; each Esc closes one.
    for (let i = 0; i < 4; i++) await page.keyboard.press('Escape');
    await page.locator('.opened button').first().click();
    await page
      .getByRole('menuitem', { name: /^Close / })
      .first()
      .click();
  }
  await expect(screen(page)).not.toHaveAttribute('data-phase', 'opening');
}

async function heapBytes(cdp: CDPSession): Promise<number> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize;
}

test(`${ACTIONS} random actions: nothing is thrown, and memory does not grow`, async ({ page, context }) => {
  test.setTimeout(60_000 + ACTIONS * 400);
  const rng = makeRng(SEED);
  const cdp = await context.newCDPSession(page);
  await page.goto('/');
  const heap: number[] = [];
  const stops = [Math.floor(ACTIONS / 4), ACTIONS];
  for (let done = 0; done < ACTIONS; done++) {
    if ((await isOpen(page)) === 0) {
      await chooseFiles(page, [files[0]!]);
      await expect(page.locator('main[data-modality]')).toHaveCount(1);
    }
    await choose(rng)(page, rng);
    if (stops.includes(done + 1)) {
      await closeAll(page);
      heap.push(await heapBytes(cdp));
    }
  }
  const [early, late] = heap;
  console.log(
    `JS heap after ${stops[0]} actions ${Math.round(early! / 1e5) / 10} MB, after ${ACTIONS} ${Math.round(late! / 1e5) / 10} MB`,
  );
  expect(late).toBeLessThan(early! * GROWTH + SLACK_BYTES);
});
