// Clips: a WebM that other programs play, a zip of PNGs to the pixel, both with what was drawn over them; cancel, and a browser
// without a video encoder.
import type { Page } from '@playwright/test';
import { unzip } from 'unzipit';
import { ebmlAt, ebmlNumber, ebmlText, readEbml } from '../src/test/ebml-reader.ts';
import { expectNoFaults } from './support/axe.ts';
import { openExportMenu, type Saved, savedBy } from './support/exports.ts';
import { openMovie, type TestFile, waitForPhase } from './support/open.ts';
import { colourAt, decodePng, type Picture } from './support/pixels.ts';
import { makeMovie, neurofinderZip, rectangle, setItems, zipOf } from './support/sets.ts';
import { expect, test } from './support/test.ts';

const ROWS = 49;
const COLUMNS = 64;
const FRAMES = 24;
/** Left half bright on even frames, right half on odd ones. */
const isBright = (col: number, frame: number) => col < COLUMNS / 2 === (frame % 2 === 0);
const MOVIE = makeMovie(ROWS, COLUMNS, FRAMES, (_row, col, frame) => (isBright(col, frame) ? 1000 : 0));
const TRUTH = [rectangle(20, 20, 9, 9)];

const dataset = (): Promise<TestFile> =>
  neurofinderZip('77.00', { movie: MOVIE, truth: TRUTH, info: { 'rate-hz': 5, 'pixels-per-micron': 1 } });

/** The browser would ask for a place in a window of its own, which no test reaches: without it, it downloads. */
async function openSet(page: Page, before: () => void = () => undefined): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  await page.addInitScript(before);
  await openMovie(page, [await dataset()]);
}

async function openDialog(page: Page) {
  const menu = await openExportMenu(page);
  await menu.getByRole('menuitem', { name: 'Clip…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Clip', exact: true });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function setField(page: Page, name: string, value: number): Promise<void> {
  const field = page.getByRole('dialog').getByRole('spinbutton', { name, exact: true });
  await field.fill(String(value));
  await field.press('Enter');
}

/** Frames 2 to 9, at 10 a second, twice as large. */
async function setRange(page: Page): Promise<void> {
  await setField(page, 'First frame', 2);
  await setField(page, 'Last frame', 9);
}

/** What a video element makes of the file: size, duration, and grey values of two points at some times (s). */
function played(page: Page, { bytes }: Saved, times: readonly number[]) {
  return page.evaluate(
    async ({ base64, at }) => {
      const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const video = document.createElement('video');
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([data], { type: 'video/webm' }));
      const told = (name: string) =>
        new Promise<void>((done, failed) => {
          video.addEventListener(name, () => done(), { once: true });
          video.addEventListener('error', () => failed(new Error(video.error?.message)), { once: true });
        });
      await told('loadeddata');
      const { videoWidth: width, videoHeight: height, duration } = video;
      const context = new OffscreenCanvas(width, height).getContext('2d')!;
      const greys: number[][] = [];
      for (const time of at) {
        // "seeked" may come before the picture does.
        const shown = new Promise((done) => video.requestVideoFrameCallback(done));
        video.currentTime = time;
        await told('seeked');
        await shown;
        context.drawImage(video, 0, 0);
        const grey = (x: number, y: number) => context.getImageData(x, y, 1, 1).data[1]!;
        // Away from legend, outline and scale bar.
        greys.push([grey(16, 62), grey(112, 62)]);
      }
      URL.revokeObjectURL(video.src);
      return { width, height, duration, greys };
    },
    { base64: Buffer.from(bytes).toString('base64'), at: times },
  );
}

test('a WebM of a range: parsed, played, the right frame at the right time, with its recipe inside', async ({ page }) => {
  await openSet(page);
  const dialog = await openDialog(page);
  await setRange(page);
  await dialog.getByLabel('Speed').selectOption('2');
  await dialog.getByRole('checkbox', { name: 'Time stamp' }).click();
  await expect(dialog).toContainText('8 pictures, 128 × 98 px, 10 a second, 0.8 s');
  await expectNoFaults(page);
  const saved = await savedBy(page, () => dialog.getByRole('button', { name: 'Save 77.00.clip.webm' }).click());
  expect(saved.name).toBe('77.00.clip.webm');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('Saved 77.00.clip.webm')).toBeVisible();

  const segment = 0x18538067;
  const file = readEbml(saved.bytes);
  const blocks = ebmlAt(file, segment, 0x1f43b675, 0xa3);
  expect(blocks).toHaveLength(8);
  const duration = ebmlAt(file, segment, 0x1549a966, 0x4489)[0]!.body;
  expect(new DataView(duration.slice().buffer).getFloat64(0)).toBe(800);
  expect(ebmlNumber(ebmlAt(file, segment, 0x1654ae6b, 0xae, 0x23e383)[0]!)).toBe(100_000_000);
  const tag = [segment, 0x1254c367, 0x7373, 0x67c8] as const;
  expect(ebmlText(ebmlAt(file, ...tag, 0x45a3)[0]!)).toBe('SOMASCOPE_RECIPE');
  expect(JSON.parse(ebmlText(ebmlAt(file, ...tag, 0x4487)[0]!))).toMatchObject({
    format: 'somascope-recipe',
    steps: [
      { do: 'open', dataset: '77.00', frames: FRAMES, height: ROWS, width: COLUMNS },
      { do: 'parameters' },
      { do: 'threshold' },
    ],
  });

  const seen = await played(page, saved, [0.05, 0.15, 0.65, 0.75]);
  expect([seen.width, seen.height]).toEqual([128, 98]);
  expect(seen.duration).toBeCloseTo(0.8, 2);
  // Pictures 0, 1, 6 and 7 are the frames 2, 3, 8 and 9.
  for (const [i, frame] of [2, 3, 8, 9].entries()) {
    const [left, right] = seen.greys[i]!;
    expect(left! > 200, `frame ${frame}: left ${left}`).toBe(isBright(0, frame));
    expect(right! > 200, `frame ${frame}: right ${right}`).toBe(isBright(COLUMNS - 1, frame));
    expect(Math.min(left!, right!)).toBeLessThan(60);
  }
});

async function pictures(page: Page, { bytes }: Saved): Promise<Map<string, Picture>> {
  const { entries } = await unzip(bytes.slice().buffer);
  const found = new Map<string, Picture>();
  for (const [name, entry] of Object.entries(entries)) {
    if (name.endsWith('.png')) found.set(name, await decodePng(page, new Uint8Array(await entry.arrayBuffer())));
  }
  return found;
}

test('a PNG sequence: every n-th frame to the pixel, times and recipe beside it', async ({ page }) => {
  await openSet(page);
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: 'PNG sequence' }).click();
  await setRange(page);
  await setField(page, 'Every n-th frame', 3);
  for (const name of ['Overlays', 'Scale bar', 'Time stamp']) await dialog.getByRole('checkbox', { name }).click();
  const bare = await savedBy(page, () => dialog.getByRole('button', { name: 'Save 77.00.clip.zip' }).click());
  const { entries } = await unzip(bare.bytes.slice().buffer);
  expect(Object.keys(entries)).toEqual([...[2, 5, 8].map((frame) => `77.00.0000${frame}.png`), 'times.csv', 'recipe.json']);
  expect(await entries['times.csv']!.text()).toBe(
    'file,frame,seconds\n77.00.00002.png,2,0.4000\n77.00.00005.png,5,1.0000\n77.00.00008.png,8,1.6000\n',
  );
  const plain = await pictures(page, bare);
  for (const frame of [2, 5, 8]) {
    const picture = plain.get(`77.00.0000${frame}.png`)!;
    expect([picture.width, picture.height]).toEqual([2 * COLUMNS, 2 * ROWS]);
    const wrong: number[] = [];
    for (let y = 0; y < picture.height; y++) {
      for (let x = 0; x < picture.width; x++) {
        const grey = isBright(Math.floor(x / 2), frame) ? 255 : 0;
        if (colourAt(picture, x, y).some((value) => value !== grey)) wrong.push(y * picture.width + x);
      }
    }
    expect(wrong, `frame ${frame}`).toEqual([]);
  }

  await openDialog(page);
  await dialog.getByRole('radio', { name: 'PNG sequence' }).click();
  await setField(page, 'Last frame', 0);
  const drawn = await pictures(
    page,
    await savedBy(page, () => dialog.getByRole('button', { name: 'Save 77.00.clip.zip' }).click()),
  );
  expect([...drawn.keys()]).toEqual(['77.00.00000.png']);
  const picture = drawn.get('77.00.00000.png')!;
  const differs = (x: number, y: number) =>
    colourAt(picture, x, y).some((value) => value !== (isBright(Math.floor(x / 2), 0) ? 255 : 0));
  const anyIn = (x0: number, y0: number, x1: number, y1: number) => {
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) if (differs(x, y)) return true;
    return false;
  };
  expect(anyIn(38, 40, 44, 58), 'the outline of the truth').toBe(true);
  expect(anyIn(46, 46, 52, 52), 'inside of the outline').toBe(false);
  expect(anyIn(90, 80, 128, 98), 'the scale bar').toBe(true);
  expect(anyIn(0, 84, 40, 98), 'the time stamp').toBe(true);
});

test('a damaged frame is hatched, never made up', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'));
  const items = setItems('neurofinder.77.01', { movie: MOVIE });
  const damaged = items.map((item, i) => (i === 3 ? { ...item, lie: { crc: 1 } } : item));
  await openMovie(page, [await zipOf('neurofinder.77.01.zip', damaged)]);
  const dialog = await openDialog(page);
  await dialog.getByRole('radio', { name: 'PNG sequence' }).click();
  await setField(page, 'First frame', 3);
  await setField(page, 'Last frame', 3);
  for (const name of ['Overlays', 'Scale bar', 'Time stamp']) await dialog.getByRole('checkbox', { name }).click();
  const saved = await savedBy(page, () => dialog.getByRole('button', { name: 'Save 77.01.clip.zip' }).click());
  const picture = (await pictures(page, saved)).get('77.01.00003.png')!;
  const greys = new Map<number, number>();
  for (let at = 0; at < picture.data.length; at += 4) greys.set(picture.data[at]!, (greys.get(picture.data[at]!) ?? 0) + 1);
  // Stripes of two dark greys, each on a good third of the picture.
  const share = (grey: number) => (greys.get(grey) ?? 0) / (picture.width * picture.height);
  expect(share(10)).toBeGreaterThan(0.3);
  expect(share(28)).toBeGreaterThan(0.3);
  expect(Math.max(...greys.keys())).toBeLessThanOrEqual(28);
});

test('streams to the file that the person picked, and leaves none when it is cancelled', async ({ page }) => {
  await page.addInitScript(() => {
    const scope = globalThis as unknown as Record<string, unknown>;
    scope['showSaveFilePicker'] = async ({ suggestedName }: { suggestedName: string }) => {
      const folder = await navigator.storage.getDirectory();
      scope['picked'] = suggestedName;
      return folder.getFileHandle(suggestedName, { create: true });
    };
  });
  await openMovie(page, [await dataset()]);
  const size = () =>
    page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle((globalThis as unknown as Record<string, string>)['picked']!);
      return (await handle.getFile()).size;
    });
  const dialog = await openDialog(page);
  // Slow enough to be cancelled: frames wait until the test lets them go.
  await page.evaluate(() => {
    const scope = globalThis as unknown as Record<string, unknown>;
    const toBlob = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = function (...given) {
      setTimeout(() => toBlob.apply(this, given), scope['isFree'] ? 0 : 300);
    };
  });
  await dialog.getByRole('radio', { name: 'PNG sequence' }).click();
  await dialog.getByRole('button', { name: 'Save 77.00.clip.zip' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Clip' })).toBeVisible();
  await expect(dialog).toContainText(/frames\/s, \d+ s left/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('progressbar')).toHaveCount(0);
  // So does Esc, which then closes nothing.
  await dialog.getByRole('button', { name: 'Save 77.00.clip.zip' }).click();
  await expect(dialog.getByRole('progressbar', { name: 'Clip' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('progressbar')).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: 'Save 77.00.clip.zip' })).toBeVisible();
  await waitForPhase(page, 'ready');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await size()).toBe(0);

  await page.evaluate(() => {
    (globalThis as unknown as Record<string, unknown>)['isFree'] = true;
  });
  await dialog.getByRole('button', { name: 'Save 77.00.clip.zip' }).click();
  await expect(page.getByText('Saved 77.00.clip.zip')).toBeVisible();
  expect(await size()).toBeGreaterThan(1000);
});

test('without a video encoder it says so, and the sequence remains', async ({ page }) => {
  await openSet(page, () => Reflect.deleteProperty(globalThis, 'VideoEncoder'));
  const dialog = await openDialog(page);
  await expect(dialog.getByRole('note')).toContainText('This browser has no video encoder');
  await expect(dialog.getByRole('button', { name: 'Save 77.00.clip.webm' })).toBeDisabled();
  await dialog.getByRole('radio', { name: 'PNG sequence' }).click();
  await expect(dialog.getByRole('button', { name: 'Save 77.00.clip.zip' })).toBeEnabled();
});

test('the range follows what the traces show', async ({ page }) => {
  await openSet(page);
  await page.getByRole('button', { name: 'Show less time' }).click();
  const dialog = await openDialog(page);
  const field = (name: string) => dialog.getByRole('spinbutton', { name, exact: true });
  const shown = [await field('First frame').inputValue(), await field('Last frame').inputValue()].map(Number);
  expect(shown[1]! - shown[0]!).toBeLessThan(FRAMES - 1);
  await dialog.getByRole('button', { name: 'All', exact: true }).click();
  await expect(field('First frame')).toHaveValue('0');
  await expect(field('Last frame')).toHaveValue(String(FRAMES - 1));
  await dialog.getByRole('button', { name: 'What the traces show' }).click();
  await expect(field('First frame')).toHaveValue(String(shown[0]));
  await expect(field('Last frame')).toHaveValue(String(shown[1]));
});
