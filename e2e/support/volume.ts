// The volume view as a person finds it: its pictures, tables and sliders, and files for it.
import type { Locator, Page } from '@playwright/test';
import { chooseFiles, type Given, openSample, type TestFile, waitForPhase } from './open.ts';
import { expect } from './test.ts';

export const canvas = (page: Page, name: string) => page.getByRole('img', { name, exact: true });
export const table = (page: Page, name: string) => page.getByRole('table', { name, exact: true });
export const slice = (page: Page) => page.getByRole('slider', { name: 'Slice', exact: true });
export const cursor = (page: Page) => page.getByLabel('Cursor', { exact: true });
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export async function ready(page: Page): Promise<void> {
  await expect(page.locator('main')).toHaveAttribute('data-modality', 'volume');
  await waitForPhase(page, 'ready');
}

export async function openVolume(page: Page, files: Given): Promise<void> {
  await page.goto('/');
  await chooseFiles(page, files);
  await ready(page);
}

export async function openVolumeSample(page: Page): Promise<void> {
  await openSample(page, 'X-ray volume');
  await ready(page);
  await expect(table(page, 'Scores').getByRole('row')).toHaveCount(5);
}

/** A uint8 array [z, y, x]. */
export function npy(name: string, shape: readonly number[], data: Uint8Array, descr = '|u1'): TestFile {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11, ' ')}\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${header}`, 'latin1');
  head.writeUInt16LE(header.length, 8);
  return { name, bytes: new Uint8Array(Buffer.concat([head, Buffer.from(data)])) };
}

export const fullValue = (row: Locator, column: number) => row.locator('td').nth(column).getAttribute('title').then(Number);

/** Presses on the XY slice, moves and lets go; CSS px from its corner. */
export async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = (await canvas(page, 'XY slice').boundingBox())!;
  await page.mouse.move(box.x + from[0], box.y + from[1]);
  await page.mouse.down();
  await page.mouse.move(box.x + to[0], box.y + to[1], { steps: 5 });
  await page.mouse.up();
}
