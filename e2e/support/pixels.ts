// What is seen on screen, as numbers: a screenshot decoded by the browser's own canvas.
import type { Locator, Page } from '@playwright/test';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA bytes, row by row from the top. */
  readonly data: Uint8Array;
}

export type Rgb = readonly [red: number, green: number, blue: number];

export async function decodePng(page: Page, png: Uint8Array): Promise<Picture> {
  const decoded = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (!context) throw new Error('no 2d canvas');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = '';
    for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
    return { width: image.width, height: image.height, base64: btoa(text) };
  }, Buffer.from(png).toString('base64'));
  return { width: decoded.width, height: decoded.height, data: new Uint8Array(Buffer.from(decoded.base64, 'base64')) };
}

/** One element as it is seen, with what lies over it. */
export async function seen(locator: Locator): Promise<Picture> {
  return decodePng(locator.page(), await locator.screenshot({ animations: 'disabled' }));
}

export function colourAt({ width, data }: Picture, x: number, y: number): Rgb {
  const at = 4 * (Math.floor(y) * width + Math.floor(x));
  return [data[at]!, data[at + 1]!, data[at + 2]!];
}

/** Number of colours, counted up to `most`. */
export function colours({ data }: Picture, most = 64): number {
  const found = new Set<number>();
  for (let at = 0; at < data.length && found.size < most; at += 4) {
    found.add(data[at]! * 65536 + data[at + 1]! * 256 + data[at + 2]!);
  }
  return found.size;
}

/** Largest difference of two colours in one channel. */
export function distance(a: Rgb, b: Rgb): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

/** Whether a colour is `hue`, drawn thinly over something grey: what is left without the grey points the same way. */
export function hasHue(colour: Rgb, hue: Rgb): boolean {
  const chroma = (rgb: Rgb) => rgb.map((value) => value - Math.min(...rgb));
  const [a, b] = [chroma(colour), chroma(hue)];
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return Math.max(...a) > 40 && dot(a, b) > 0.96 * Math.sqrt(dot(a, a) * dot(b, b));
}
