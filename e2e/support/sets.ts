// Small data sets made for a test: movies by a formula, packed as neurofinder zips, older .bin sets, TIFF stacks and .npy files.
// Pixels and coordinates are [row, column], counted from 0.
import { writeTiff } from '../../src/test/tiff-writer.ts';
import { writeZip, type ZipItem, type ZipOptions } from '../../src/test/zip-writer.ts';
import type { TestFile } from './open.ts';

export interface TestMovie {
  readonly height: number;
  readonly width: number;
  readonly frames: readonly Uint16Array[];
}

export interface TestRegion {
  readonly id?: number;
  readonly coordinates: readonly (readonly [row: number, col: number])[];
}

export type Formula = (row: number, col: number, frame: number) => number;

export function makeMovie(height: number, width: number, frames: number, value: Formula): TestMovie {
  const pixels = (frame: number) =>
    Uint16Array.from({ length: height * width }, (_, i) => value(Math.floor(i / width), i % width, frame));
  return { height, width, frames: Array.from({ length: frames }, (_, frame) => pixels(frame)) };
}

/** Different at every pixel and frame, so that a wrong row, column or frame shows; pseudo-random, so that no image is flat. */
export const scattered: Formula = (row, col, frame) => {
  const mixed = Math.imul(row * 73856093 + col * 19349663 + (frame + 1) * 83492791, 2654435761) >>> 0;
  return 200 + row * 7 + col * 3 + (mixed % 311);
};

export function rectangle(firstRow: number, firstCol: number, rows: number, cols: number): TestRegion {
  const coordinates = Array.from(
    { length: rows * cols },
    (_, i) => [firstRow + Math.floor(i / cols), firstCol + (i % cols)] as const,
  );
  return { coordinates };
}

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const digits = (frame: number) => String(frame).padStart(5, '0');

export interface SetParts {
  readonly movie: TestMovie;
  /** regions/regions.json; left out where undefined. */
  readonly truth?: unknown;
  /** info.json; left out where undefined. */
  readonly info?: unknown;
}

/** The files of a neurofinder set below `top` ('' for none). */
export function setItems(top: string, { movie, truth, info }: SetParts): ZipItem[] {
  const at = (path: string) => (top ? `${top}/${path}` : path);
  return [
    ...movie.frames.map((frame, i) => ({
      name: at(`images/image${digits(i)}.tiff`),
      data: writeTiff([frame], movie.height, movie.width),
    })),
    ...(truth === undefined ? [] : [{ name: at('regions/regions.json'), data: json(truth) }]),
    ...(info === undefined ? [] : [{ name: at('info.json'), data: json(info) }]),
  ];
}

/** The layout of 2015: images/conf.json, headerless column-major frames, sources/sources.json. */
export function olderItems(top: string, { movie, truth }: SetParts): ZipItem[] {
  const { height, width, frames } = movie;
  const columns = (frame: Uint16Array) => {
    const out = new Uint16Array(frame.length);
    for (let row = 0; row < height; row++)
      for (let col = 0; col < width; col++) out[col * height + row] = frame[row * width + col]!;
    return new Uint8Array(out.buffer);
  };
  return [
    { name: `${top}/images/conf.json`, data: json({ dims: [height, width], dtype: 'uint16' }) },
    ...frames.map((frame, i) => ({ name: `${top}/images/image-${digits(i)}.bin`, data: columns(frame) })),
    ...(truth === undefined ? [] : [{ name: `${top}/sources/sources.json`, data: json(truth) }]),
  ];
}

export async function zipOf(name: string, items: readonly ZipItem[], options: ZipOptions = {}): Promise<TestFile> {
  return { name, bytes: await writeZip(items, options) };
}

/** `neurofinder.<short>.zip` with its usual top folder. */
export function neurofinderZip(short: string, parts: SetParts): Promise<TestFile> {
  return zipOf(`neurofinder.${short}.zip`, setItems(`neurofinder.${short}`, parts));
}

/** A movie [frame, row, column] as .npy, uint16, C order. */
export function npyMovie(name: string, { height, width, frames }: TestMovie): TestFile {
  const text = `{'descr': '<u2', 'fortran_order': False, 'shape': (${frames.length}, ${height}, ${width}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11, ' ')}\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${header}`, 'latin1');
  head.writeUInt16LE(header.length, 8);
  const bodies = frames.map((frame) => Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength));
  return { name, bytes: new Uint8Array(Buffer.concat([head, ...bodies])) };
}

/** A multi-page TIFF. */
export function tiffStack(name: string, { height, width, frames }: TestMovie): TestFile {
  return { name, bytes: writeTiff(frames, height, width) };
}
