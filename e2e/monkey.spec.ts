// Random use, the same every time: keys, clicks, drags, sliders and drops in any order. Nothing is thrown that nobody catches (the
// fixture `watch` fails the test), and what is closed leaves no memory behind.
// SOMASCOPE_MONKEY sets the number of actions: 2,000 for the whole measure.
import type { CDPSession, Page } from '@playwright/test';
import { makeRng, type Rng } from '../src/base/rng.ts';
import { chooseFiles, dropFiles, jsonFile, screen, type TestFile } from './support/open.ts';
import { smallSet, zipFile } from './support/small-set.ts';
import { expect, test } from './support/test.ts';

const ACTIONS = Number(process.env['SOMASCOPE_MONKEY'] ?? 400);
const SEED = 20260721;
/** Actions that are done in one go in the page; between two of them something is dropped, or the window gets another size. */
const BATCH = 20;
/** What the page may grow by while it warms up: compiled code, texts of the log. */
const GROWTH = 1.5;
const SLACK_BYTES = 10e6;

const KEYS = [
  ...[' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Escape', 'Enter', 'Delete', 'F2'],
  ...'12345bpgzxf+-cnarumsdlthjk,.[]?0',
  ...['Shift+ArrowRight', 'Shift+ArrowLeft', 'Shift+C'],
  ...['Ctrl+z', 'Ctrl+y', 'Ctrl+Shift+z', 'Ctrl+a', 'Ctrl+Enter', 'Ctrl+k', 'Ctrl+e'],
];

const PRESSABLE = [
  ...['button', '[role="tab"]', '[role="row"]', '[role="option"]', '[role="menuitem"]', '[role="radio"]', 'summary'],
  ...['input[type="checkbox"]', 'input[type="number"]'],
].join(',');
/** What opens a window of the browser or saves a file. */
const LEFT_ALONE =
  'open (files|folder)|resume|json|csv|npy|png|svg|tiff|zip|html|webm|script|save|copy|report|print|clip|install|update|reload';

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

interface Plan {
  readonly keys: readonly string[];
  readonly pressable: string;
  readonly leftAlone: string;
  /** Per action eight numbers in 0…1. */
  readonly chances: readonly (readonly number[])[];
}

/** Runs in the page. Events are made by script, because the browser's own take a frame each. */
async function act({ keys, pressable, leftAlone, chances }: Plan): Promise<void> {
  const pattern = new RegExp(leftAlone, 'i');
  const pick = <T>(list: readonly T[], chance: number): T | undefined => list[Math.floor(chance * list.length)];
  /** What can be seen now; while a dialog or menu is open, inside it. */
  const find = (selector: string): HTMLElement[] => {
    const above = [...document.querySelectorAll('dialog, [popover]')]
      .filter((one) => one.matches(':modal, :popover-open'))
      .at(-1);
    return [...(above ?? document).querySelectorAll<HTMLElement>(selector)].filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return width > 0 && height > 0 && !pattern.test(`${one.getAttribute('aria-label') ?? ''} ${one.textContent}`);
    });
  };
  const at = (element: Element, x: number, y: number) => {
    const box = element.getBoundingClientRect();
    return { clientX: box.x + x * box.width, clientY: box.y + y * box.height, bubbles: true, cancelable: true };
  };
  const point = (element: Element, type: string, x: number, y: number) =>
    element.dispatchEvent(new PointerEvent(type, { ...at(element, x, y), pointerId: 1, isPrimary: true, buttons: 1 }));

  const actions: Record<string, (c: readonly number[]) => void> = {
    key: ([a]) => {
      const words = pick(keys, a!)!.split('+').filter(Boolean);
      const key = words.at(-1) ?? '+';
      const target = document.activeElement ?? document.body;
      const held = { ctrlKey: words.includes('Ctrl'), shiftKey: words.includes('Shift') };
      for (const type of ['keydown', 'keyup'])
        target.dispatchEvent(new KeyboardEvent(type, { key, ...held, bubbles: true, cancelable: true }));
    },
    click: ([a]) => {
      const chosen = pick(find(pressable), a!);
      chosen?.focus();
      chosen?.click();
    },
    wheel: ([a, b, c, d]) => {
      const canvas = pick(find('canvas[role="img"]'), a!);
      canvas?.dispatchEvent(new WheelEvent('wheel', { ...at(canvas, b!, c!), deltaY: 900 * (d! - 0.5) }));
    },
    drag: ([a, b, c, d, e, f]) => {
      const element = pick(find('canvas[role="img"], [role="separator"], [role="slider"]'), a!);
      if (!element) return;
      point(element, 'pointerdown', b!, c!);
      if (f! > 0.3) point(element, 'pointermove', d!, e!);
      point(element, 'pointerup', f! > 0.3 ? d! : b!, f! > 0.3 ? e! : c!);
      if (f! < 0.1) element.dispatchEvent(new MouseEvent('dblclick', at(element, b!, c!)));
    },
    slide: ([a, b]) => {
      const range = pick(find('input[type="range"]'), a!) as HTMLInputElement | undefined;
      if (!range) return;
      const [low, high] = [Number(range.min || 0), Number(range.max || 100)];
      // Past React's own setter, which would take it for no change.
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
      set.call(range, String(low + b! * (high - low)));
      for (const type of ['input', 'change']) range.dispatchEvent(new Event(type, { bubbles: true }));
    },
  };
  const kinds = ['key', 'key', 'key', 'key', 'click', 'click', 'click', 'wheel', 'drag', 'slide'];
  for (const [chance, ...rest] of chances) {
    actions[pick(kinds, chance!)!]!(rest);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 390, height: 844 },
];

const isOpen = async (page: Page) => (await page.locator('main[data-modality]').count()) > 0;

async function actBatch(page: Page, rng: Rng, length: number): Promise<void> {
  if (!(await isOpen(page))) {
    await chooseFiles(page, [files[0]!]);
    await expect(page.locator('main[data-modality]')).toHaveCount(1);
  }
  const between = rng.below(8);
  if (between < 3) await dropFiles(page, [files[rng.below(files.length)]!]);
  if (between === 3) await page.setViewportSize(SIZES[rng.below(SIZES.length)]!);
  const chances = Array.from({ length }, () => Array.from({ length: 8 }, () => rng.uniform()));
  await page.evaluate(act, { keys: KEYS, pressable: PRESSABLE, leftAlone: LEFT_ALONE, chances });
}

/** Closes all that is open, so that two moments can be compared. */
async function closeAll(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[0]!);
  while (await isOpen(page)) {
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

/** Objects and the arrays behind them, after a collection. */
async function heapBytes(cdp: CDPSession): Promise<number> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize + backingStorageSize;
}

test(`${ACTIONS} random actions: nothing is thrown, and memory does not grow`, async ({ page, context }) => {
  test.setTimeout(120_000 + ACTIONS * 400);
  // Events that a script makes belong to no pointer that could be captured.
  await page.addInitScript(() => {
    Element.prototype.setPointerCapture = () => {};
  });
  const rng = makeRng(SEED);
  const cdp = await context.newCDPSession(page);
  await page.goto('/');
  const heap: number[] = [];
  const stops = [ACTIONS / 4, ACTIONS];
  for (let done = 0; done < ACTIONS; ) {
    const length = Math.min(BATCH, stops.find((stop) => stop > done)! - done);
    await actBatch(page, rng, length);
    done += length;
    if (!stops.includes(done)) continue;
    await closeAll(page);
    heap.push(await heapBytes(cdp));
  }
  const [early, late] = heap;
  const megabytes = heap.map((bytes) => (bytes / 1e6).toFixed(1));
  console.log(`JS heap after ${stops[0]} actions ${megabytes[0]} MB, after ${ACTIONS} ${megabytes[1]} MB`);
  expect(late).toBeLessThan(early! * GROWTH + SLACK_BYTES);
});
