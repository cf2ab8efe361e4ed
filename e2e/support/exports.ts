// What the menu Export saves: the file's name and bytes, and small readers that share no code with the page.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

export interface Saved {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export async function openExportMenu(page: Page): Promise<Locator> {
  const menu = page.getByRole('menu', { name: 'Export', exact: true });
  if (!(await menu.isVisible())) await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(menu).toBeVisible();
  return menu;
}

/** What `act` makes the browser save. */
export async function savedBy(page: Page, act: () => Promise<void>): Promise<Saved> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
}

/** Export ▸ `item`, for the items that save at once. */
export function saveItem(page: Page, item: string): Promise<Saved> {
  return savedBy(page, async () => {
    const menu = await openExportMenu(page);
    await menu.getByRole('menuitem', { name: item, exact: true }).click();
  });
}

export function textOf({ bytes }: Saved): string {
  return new TextDecoder().decode(bytes);
}

export interface SavedArray {
  readonly descr: string;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const READ: Readonly<Record<string, readonly [bytes: number, read: (view: DataView, at: number) => number]>> = {
  '<f4': [4, (view, at) => view.getFloat32(at, true)],
  '<f8': [8, (view, at) => view.getFloat64(at, true)],
  '<u2': [2, (view, at) => view.getUint16(at, true)],
  '<i2': [2, (view, at) => view.getInt16(at, true)],
  '<i4': [4, (view, at) => view.getInt32(at, true)],
  '|u1': [1, (view, at) => view.getUint8(at)],
};

/** An .npy of version 1, C order. */
export function readNpy(bytes: Uint8Array): SavedArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 10 + view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(10, start));
  const descr = /'descr': *'([^']+)'/.exec(header)?.[1] ?? '';
  const shape = /'shape': *\(([^)]*)\)/
    .exec(header)?.[1]
    ?.split(',')
    .flatMap((part) => (part.trim() ? [Number(part)] : []));
  const kind = READ[descr];
  if (!kind || !shape || !/'fortran_order': *False/.test(header)) throw new Error(`not read here: ${header}`);
  const [size, read] = kind;
  const values = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  if (bytes.length !== start + size * values.length) throw new Error(`${bytes.length} bytes for ${header}`);
  for (let i = 0; i < values.length; i++) values[i] = read(view, start + size * i);
  return { descr, shape, values };
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} values against ${b.length}`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    // A value that is no number differs from everything.
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}
