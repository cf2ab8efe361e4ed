// Builds the rivals page into a temporary folder, opens it in the same Chromium and runs the contests on the same zip.
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { build } from 'vite';
import { serve } from '../serve.mjs';
import type { Contest, UsualWayResult } from './rivals/types.ts';

export interface RivalFigures {
  readonly listing: Contest;
  readonly tiff: Contest;
  readonly scoring: number;
  readonly usualWay: UsualWayResult;
}

const TIFF_FRAMES = 24;

export async function measureRivals(browser: Browser, folder: string, zip: string, frames: number): Promise<RivalFigures> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./rivals/', import.meta.url)),
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
  });
  const { server, address } = await serve(folder, 0);
  const page = await browser.newPage();
  try {
    page.setDefaultTimeout(10 * 60_000);
    await page.goto(address);
    await page.getByLabel('Movie zip').setInputFiles(zip);
    const listing = await page.evaluate(() => window.rivals!.listing());
    const tiff = await page.evaluate((frames) => window.rivals!.tiff(frames), TIFF_FRAMES);
    const scoring = await page.evaluate(() => window.rivals!.scoring());
    const usualWay = await page.evaluate((frames) => window.rivals!.usualWay(frames), frames);
    return { listing, tiff, scoring, usualWay };
  } finally {
    await page.close();
    server.close();
  }
}
