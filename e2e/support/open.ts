// Gives files to the page as a person does: by the labelled inputs, or dropped anywhere on the window.
import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

export interface TestFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Files made in the test, or the path of one on disk. */
export type Given = readonly TestFile[] | string;

export type Phase = 'empty' | 'opening' | 'ready' | 'working' | 'error';

export function jsonFile(name: string, value: unknown): TestFile {
  return { name, bytes: new TextEncoder().encode(JSON.stringify(value)) };
}

export async function chooseFiles(page: Page, files: Given): Promise<void> {
  const given =
    typeof files === 'string'
      ? files
      : files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }));
  await page.getByLabel('Open files', { exact: true }).setInputFiles(given);
}

/** Chooses a folder of this machine by Open folder, which only the first screen has. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  await page.getByLabel('Open folder', { exact: true }).setInputFiles(folder);
}

/** Drops files on the window: dragenter, dragover and drop with a DataTransfer that holds them. */
export async function dropFiles(page: Page, files: readonly TestFile[]): Promise<void> {
  const plain = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  const transfer = await page.evaluateHandle((list) => {
    const made = new DataTransfer();
    for (const { name, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      made.items.add(new File([bytes], name));
    }
    return made;
  }, plain);
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: transfer });
  await transfer.dispose();
}

export function screen(page: Page): Locator {
  return page.locator('main[data-phase]');
}

export async function waitForPhase(page: Page, phase: Phase): Promise<void> {
  await expect(screen(page)).toHaveAttribute('data-phase', phase);
}

/** A calcium data set is on screen and its movie was read to the end. */
export async function waitForMovie(page: Page): Promise<void> {
  await expect(screen(page)).toHaveAttribute('data-modality', 'calcium');
  // The share of the frames that was read, as the slider draws it.
  const slider = page.getByRole('slider', { name: 'Frame', exact: true }).locator('..');
  await expect.poll(() => slider.evaluate((element) => element.style.getPropertyValue('--held'))).toBe('1');
  await waitForPhase(page, 'ready');
}

export async function openMovie(page: Page, files: Given): Promise<void> {
  await page.goto('/');
  await chooseFiles(page, files);
  await waitForMovie(page);
}

export async function openSample(page: Page, title: string): Promise<void> {
  await page.goto('/');
  await page.locator('button.tile').filter({ hasText: title }).first().click();
}

/** Data sets by name, as the left panel lists them. */
export async function openNames(page: Page): Promise<string[]> {
  const panel = page.getByRole('complementary', { name: 'Data sets and layers' });
  return panel.locator('button.pick .grow').allTextContents();
}
