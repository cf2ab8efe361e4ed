// A neurofinder set of a few small frames, as a zip in memory: quick to open, with truth in the right place.
import { deflateRawSync } from 'node:zlib';
import { writeTiff } from '../../src/test/tiff-writer.ts';
import { writeZip, type ZipItem, type ZipOptions } from '../../src/test/zip-writer.ts';
import type { TestFile } from './open.ts';

export const ROWS = 24;
export const COLUMNS = 20;
export const FRAMES = 4;

/** Frame [row, column], uint16: a slope with a bright square that blinks, so that no frame equals another. */
export function smallFrame(frame: number, rows = ROWS, columns = COLUMNS): Uint16Array {
  return Uint16Array.from({ length: rows * columns }, (_, i) => {
    const [row, col] = [Math.floor(i / columns), i % columns];
    const inside = row >= 8 && row < 14 && col >= 6 && col < 12;
    return 200 + 3 * row + 2 * col + (inside ? 100 * (1 + (frame % 2)) : 0) + ((i * 7 + frame * 13) % 11);
  });
}

export const smallTiff = (frame: number) => writeTiff([smallFrame(frame)], ROWS, COLUMNS);

/** The square of `smallFrame`, [row, column]. */
export const SQUARE = Array.from({ length: 36 }, (_, i) => [8 + Math.floor(i / 6), 6 + (i % 6)]);

export const text = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
export const framePath = (frame: number) => `images/image${String(frame).padStart(5, '0')}.tiff`;

export function smallItems(frames = FRAMES): ZipItem[] {
  const images = Array.from({ length: frames }, (_, frame) => ({ name: framePath(frame), data: smallTiff(frame) }));
  return [
    ...images,
    { name: 'info.json', data: text({ id: 'small', 'rate-hz': 2, 'pixels-per-micron': 1 }) },
    { name: 'regions/regions.json', data: text([{ coordinates: SQUARE }]) },
  ];
}

export const deflate = (bytes: Uint8Array) => deflateRawSync(bytes);

export async function zipFile(name: string, items: readonly ZipItem[], options: ZipOptions = {}): Promise<TestFile> {
  return { name, bytes: await writeZip(items, { deflate, ...options }) };
}

/** The whole set. */
export function smallSet(name = 'small.zip', frames = FRAMES): Promise<TestFile> {
  return zipFile(name, smallItems(frames));
}
