import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { drawIcon, ICONS } from './make-icons.ts';

const committed = (name: string) => readFileSync(new URL(`../public/${name}`, import.meta.url));

/** The rows of a PNG as `encodePng` writes it, without their filter bytes. */
function pixelsOf(png: Buffer): { width: number; rgba: Uint8Array } {
  const width = png.readUInt32BE(16);
  const start = png.indexOf('IDAT') + 4;
  const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)));
  const stride = 1 + 4 * width;
  return {
    width,
    rgba: Uint8Array.from(
      { length: 4 * width * width },
      (_, i) => rows[Math.floor(i / (stride - 1)) * stride + 1 + (i % (stride - 1))]!,
    ),
  };
}

it.each(ICONS)('keeps public/$name as the script draws it', (icon) => {
  const { width, rgba } = pixelsOf(committed(icon.name));
  expect(width).toBe(icon.pixels);
  expect(Buffer.compare(rgba, drawIcon(icon))).toBe(0);
  const alpha = (row: number, col: number) => rgba[4 * (row * width + col) + 3];
  // The ring's left edge, and the corner outside it.
  expect([alpha(width / 2, Math.round((width / 2) * (1 - 0.75 * icon.scale))), alpha(0, 0)]).toEqual([
    255,
    icon.ground ? 255 : 0,
  ]);
});

it('names them in the manifest with their sizes', () => {
  const { icons, start_url, scope } = JSON.parse(committed('manifest.webmanifest').toString()) as {
    icons: { src: string; sizes: string; purpose?: string }[];
    start_url: string;
    scope: string;
  };
  expect([start_url, scope]).toEqual(['./', './']);
  for (const { name, pixels, ground } of ICONS) {
    const found = icons.find(({ src }) => src === `./${name}`);
    expect(found?.sizes).toBe(`${pixels}x${pixels}`);
    expect(found?.purpose).toBe(ground ? 'maskable' : undefined);
  }
});
