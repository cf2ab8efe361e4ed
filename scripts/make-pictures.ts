// Photographs the built page: docs/pictures/*.png for the README and the sample's poster for the landing page.
// Run "npm run build" before; and once more after it, because the poster is part of the page.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, needChromium } from './find-chromium.mjs';
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
  await page.keyboard.press('Space');
  await page.locator('canvas[aria-label="YZ slice"]').waitFor({ state: 'detached' });
  await savePoster(page, 'XY slice', 'public/samples/volume.png');
  await page.close();
}

async function photographLight(browser: Browser, address: string): Promise<void> {
  const page = await openPage(browser, address, 'light');
  await openAndDetect(page);
  await save(page, 'docs/pictures/calcium-light.png');
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
  await page.getByLabel('Open files').first().setInputFiles(pathOf('public/samples/calcium.zip'));
  await page.waitForFunction(() => performance.getEntriesByName('summary-done').length > 0);
  await ready(page);
  await page.getByRole('button', { name: 'Detect neurons' }).click();
  await page.waitForFunction(() => performance.getEntriesByName('detect-done').length > 0);
  await ready(page);
  await page.getByRole('radio', { name: 'Mean', exact: true }).click();
  await page.getByRole('table', { name: 'Regions', exact: true }).getByRole('row').nth(1).click();
  // The notice of success leaves by itself.
  await page.getByText('neurons found').waitFor({ state: 'detached' });
  await ready(page);
}

async function ready(page: Page): Promise<void> {
  await page.locator('main[data-phase="ready"]').waitFor();
}

async function save(page: Page, path: string): Promise<void> {
  await settle(page);
  await page.screenshot({ path: pathOf(path), animations: 'disabled' });
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

/** Fonts are there, and what was asked of the frame loop is on screen. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let n = 0; n < 3; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
