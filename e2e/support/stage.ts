// The picture in the middle of the calcium view: where a pixel of the movie lies on the screen, and what the read-out says of it.
// A movie that was fitted fills the canvas but for 4 px (row down, column right), which the read-out confirms in every test.
import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

const MARGIN_PX = 4;

export interface Extent {
  readonly height: number;
  readonly width: number;
}

export interface CursorSays {
  readonly row: number;
  readonly col: number;
  readonly frame: number | null;
  /** raw, binned, mean, max … */
  readonly what: string;
  readonly value: number;
}

export function stage(page: Page): Locator {
  return page.getByRole('img', { name: 'Movie', exact: true });
}

/**
 * What is drawn on a canvas. What lies over it (read-out, tools) is covered: the edges of these are blended with what is below by
 * the browser's compositor, not always to the same value.
 */
export function drawn(canvas: Locator): Promise<Buffer> {
  return canvas.screenshot({ mask: [canvas.locator('xpath=following-sibling::*')], maskColor: '#000' });
}

/** Centre of a pixel of the movie, in CSS px from the canvas's top left, while the movie is fitted. */
export async function pointOf(
  page: Page,
  { height, width }: Extent,
  row: number,
  col: number,
): Promise<{ x: number; y: number; zoom: number }> {
  const box = await stage(page).boundingBox();
  if (!box) throw new Error('no stage');
  const zoom = Math.min((box.width - 2 * MARGIN_PX) / width, (box.height - 2 * MARGIN_PX) / height);
  return { x: box.width / 2 + (col + 0.5 - width / 2) * zoom, y: box.height / 2 + (row + 0.5 - height / 2) * zoom, zoom };
}

/** Points at a pixel and reads what the output Cursor says. */
export async function readCursor(page: Page, extent: Extent, row: number, col: number): Promise<CursorSays> {
  const { x, y } = await pointOf(page, extent, row, col);
  const box = (await stage(page).boundingBox())!;
  await page.mouse.move(box.x + x, box.y + y);
  return cursorSays(page);
}

export async function cursorSays(page: Page): Promise<CursorSays> {
  const output = page.getByLabel('Cursor', { exact: true });
  const parts = await output.locator(':scope > span').allTextContents();
  const [name, value] = splitLast(parts.at(-1) ?? '');
  const number = (key: string) => parts.map(splitLast).find(([label]) => label === key)?.[1];
  const frame = number('frame');
  return {
    row: Number(number('row')),
    col: Number(number('col')),
    frame: frame === undefined ? null : toNumber(frame),
    what: name,
    value: toNumber(value),
  };
}

function splitLast(text: string): [string, string] {
  const at = text.trim().lastIndexOf(' ');
  return [text.slice(0, at).trim(), text.slice(at + 1)];
}

function toNumber(text: string): number {
  return Number(text.replaceAll(',', '').replace('−', '-'));
}

/** In the order of the keys 1–5. */
export const VIEW_NAMES = ['Movie', 'Mean', 'Max', 'Standard deviation', 'Correlation'] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

export function viewChoice(page: Page, name: ViewName): Locator {
  return page.getByRole('radiogroup', { name: 'View', exact: true }).getByRole('radio', { name, exact: true });
}

export async function chooseView(page: Page, name: ViewName): Promise<void> {
  await viewChoice(page, name).click();
  await expect(viewChoice(page, name)).toHaveAttribute('aria-checked', 'true');
}

export function frameSlider(page: Page): Locator {
  return page.getByRole('slider', { name: 'Frame', exact: true });
}

/** Goes to a frame and waits until its exact values are on screen. */
export async function goToFrame(page: Page, frame: number, extent: Extent): Promise<void> {
  await frameSlider(page).fill(String(frame));
  await expect.poll(async () => readCursor(page, extent, 0, 0)).toMatchObject({ frame, what: 'raw' });
}
