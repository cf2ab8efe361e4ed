// Photographs the built page: docs/pictures/*.png for the README and docs/detector.md, and the sample's poster for the landing page.
// Run "npm run build" before; and once more after it, because the poster is part of the page.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, needChromium } from './find-chromium.mjs';
import { writeMethodPictures } from './pictures/method.ts';
import { serve } from './serve.mjs';

const pathOf = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const POSTER = { width: 448, height: 272 };
const LONG = 3 * 60_000;

async function main(): Promise<void> {
  mkdirSync(pathOf('docs/pictures'), { recursive: true });
  const { server, address } = await serve(pathOf('dist'), 0);
  const browser = await chromium.launch({ executablePath: needChromium(), args: CHROMIUM_FLAGS });
  try {
    await photographDark(browser, address);
    await photographLight(browser, address);
    await photographDetector(browser, address);
    writeMethodPictures(pathOf);
  } finally {
    await browser.close();
    server.close();
  }
}

async function photographDark(browser: Browser, address: string): Promise<void> {
  const page = await openPage(browser, address, 'dark');
  await save(page, 'docs/pictures/landing-dark.png');
  await openAndDetect(page);
  await savePoster(page, 'Movie', 'public/samples/calcium.png');
  await save(page, 'docs/pictures/calcium-dark.png');
  await page.setViewportSize(NARROW);
  await save(page, 'docs/pictures/calcium-dark-390.png');
  await page.setViewportSize(WIDE);
  await page.getByLabel('Open files').first().setInputFiles(pathOf('public/samples/example.npy'));
  await page.locator('main[data-modality="example"][data-phase="ready"]').waitFor();
  await savePoster(page, 'Image', 'public/samples/example.png');
  await page.getByLabel('Open files').first().setInputFiles(pathOf('public/samples/volume.zip'));
  await page.locator('main[data-modality="volume"][data-phase="ready"]').waitFor();
  await save(page, 'docs/pictures/volume-dark.png');
  await page.keyboard.press('Space');
  await page.locator('canvas[aria-label="YZ slice"]').waitFor({ state: 'detached' });
  await savePoster(page, 'XY slice', 'public/samples/volume.png');
  await openRecording(page);
  await save(page, 'docs/pictures/ephys-dark.png');
  await savePoster(page, 'Traces', 'public/samples/ephys.png');
  await page.close();
}

async function photographLight(browser: Browser, address: string): Promise<void> {
  const page = await openPage(browser, address, 'light');
  await openAndDetect(page);
  await save(page, 'docs/pictures/calcium-light.png');
  await page.close();
}

/** What docs/detector.md shows: the preview of parameters, and why a region was found. */
async function photographDetector(browser: Browser, address: string): Promise<void> {
  const page = await openPage(browser, address, 'dark');
  await openSample(page);
  await page.getByRole('radio', { name: 'Mean', exact: true }).click();
  await page.getByRole('slider', { name: 'Sensitivity', exact: true }).fill('0.6');
  await page.getByRole('status', { name: 'Preview', exact: true }).waitFor();
  await save(page, 'docs/pictures/detector-preview.png');
  await detectAndSelect(page);
  await page.getByRole('region', { name: 'Why it was found', exact: true }).waitFor();
  const list = await page.getByRole('region', { name: 'Regions', exact: true }).boundingBox();
  if (!list) throw new Error('the list of regions is not on screen');
  await save(page, 'docs/pictures/detector-why.png', list);
  await page.close();
}

async function openPage(browser: Browser, address: string, theme: 'dark' | 'light'): Promise<Page> {
  const page = await browser.newPage({ viewport: WIDE });
  page.setDefaultTimeout(LONG);
  page.on('pageerror', (error) => console.error(`${theme}: ${error.message}`));
  // As if the person had chosen it on an earlier visit.
  await page.addInitScript((theme) => localStorage.setItem('somascope.preferences', JSON.stringify({ theme })), theme);
  await page.goto(address);
  await page.locator('main[data-phase="empty"]').waitFor();
  return page;
}

/** Opens the sample, detects, shows the mean image and the traces of one matched region. */
async function openAndDetect(page: Page): Promise<void> {
  await openSample(page);
  await detectAndSelect(page);
}

async function openSample(page: Page): Promise<void> {
  await page.getByLabel('Open files').first().setInputFiles(pathOf('public/samples/calcium.zip'));
  await page.waitForFunction(() => performance.getEntriesByName('summary-done').length > 0);
  await ready(page);
}

async function detectAndSelect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Detect neurons' }).click();
  await page.waitForFunction(() => performance.getEntriesByName('detect-done').length > 0);
  await ready(page);
  await page.getByRole('radio', { name: 'Mean', exact: true }).click();
  await page.getByRole('table', { name: 'Regions', exact: true }).getByRole('row').nth(1).click();
  // The notice of success leaves by itself.
  await page.getByText('neurons found').waitFor({ state: 'detached' });
  await ready(page);
}

/** Opens the sample recording, judges its units, finds its drift and selects three units, so that their spikes are coloured. */
async function openRecording(page: Page): Promise<void> {
  await page.getByLabel('Open files').first().setInputFiles(pathOf('public/samples/ephys.zip'));
  await page.locator('main[data-modality="ephys"][data-phase="ready"]').waitFor();
  for (const name of ['Compute metrics', 'Estimate drift']) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.locator('main[data-phase="working"]').waitFor();
    await ready(page);
  }
  const rows = page.getByRole('table', { name: 'Units', exact: true }).getByRole('row');
  await rows.nth(1).click();
  for (const row of [2, 3]) await rows.nth(row).click({ modifiers: ['Control'] });
  const jump = page.getByLabel('Jump to time', { exact: true });
  await jump.fill('1.2');
  await jump.press('Enter');
  await page.mouse.move(0, 0);
  // The notices of success leave by themselves.
  for (const notice of ['Metrics computed', 'Drift estimated']) await page.getByText(notice).waitFor({ state: 'detached' });
  // The spikes of the units come after the phase that reads them has begun.
  await page.getByText(/^\d+ spikes$/).waitFor();
  await page.waitForTimeout(3000);
  await ready(page);
}

async function ready(page: Page): Promise<void> {
  await page.locator('main[data-phase="ready"]').waitFor();
}

async function save(page: Page, path: string, clip?: { x: number; y: number; width: number; height: number }): Promise<void> {
  await settle(page);
  await page.screenshot({ path: pathOf(path), animations: 'disabled', ...(clip && { clip }) });
  console.log(path);
}

/** The middle of a picture, in the shape of a tile on the landing page. */
async function savePoster(page: Page, name: string, path: string): Promise<void> {
  const box = await page.getByRole('img', { name, exact: true }).first().boundingBox();
  if (!box) throw new Error(`${name} is not on screen`);
  await settle(page);
  const clip = { ...POSTER, x: box.x + (box.width - POSTER.width) / 2, y: box.y + (box.height - POSTER.height) / 2 };
  await page.screenshot({ path: pathOf(path), clip, animations: 'disabled' });
  console.log(path);
}

/** Fonts are there, and what was asked of the frame loop is on screen, outlines too, which are painted in slices between frames. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let n = 0; n < 3; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  await page.waitForTimeout(500);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
