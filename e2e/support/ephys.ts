// What the tests of recordings share: opening the sample, its tables and pictures, and a flat file made here.
import type { Locator, Page } from '@playwright/test';
import { openSample, screen, type TestFile, waitForPhase } from './open.ts';
import { expect } from './test.ts';

export async function openRecording(page: Page): Promise<void> {
  await openSample(page, 'Neuropixels');
  await expect(screen(page)).toHaveAttribute('data-modality', 'ephys');
  await expect(units(page).getByRole('row')).toHaveCount(11);
  await waitForPhase(page, 'ready');
}

export const picture = (page: Page, name: string): Locator => page.getByRole('img', { name, exact: true });
export const units = (page: Page): Locator => page.getByRole('table', { name: 'Units', exact: true });
export const unitRow = (page: Page, id: number): Locator =>
  units(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: String(id), exact: true }) });
/** int16 samples [frame][channel] as a file: noise, the same on neighbouring channels, and a slow wave. */
export function flatFile(name: string, frames: number, channels: number): TestFile {
  let state = 1;
  const data = new Int16Array(frames * channels);
  for (let t = 0; t < frames; t++) {
    const common = 200 * Math.sin(t / 40);
    for (let c = 0; c < channels; c++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      data[t * channels + c] = common + 30 * (c % 5) + (state >>> 27);
    }
  }
  return { name, bytes: new Uint8Array(data.buffer) };
}
