// A volume of 6 GB as an OME-Zarr 0.4 folder of raw chunks with three coarser levels, made up: a few chunks are drawn, and all files are
// links to one of them, so that it takes a few megabytes of disk. Axes z, y, x.
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawTissue } from './tissue.ts';

/** The shape of the whole published volume. */
const SHAPE = [720, 1420, 5805] as const;
const CHUNK = [64, 128, 128] as const;
const LEVELS = 4;
const DRAWN = 4;

export interface BigZarr {
  readonly folder: string;
  readonly bytes: number;
}

export function writeBigZarr(parent: string): BigZarr {
  const folder = join(parent, 'tissue.zarr');
  mkdirSync(folder);
  const chunks = Array.from({ length: DRAWN }, (_, i) => {
    const path = join(parent, `chunk${i}`);
    writeFileSync(path, drawTissue(CHUNK, i + 1).image.data);
    return path;
  });
  const axes = ['z', 'y', 'x'].map((name) => ({ name, type: 'space', unit: 'micrometer' }));
  const datasets = Array.from({ length: LEVELS }, (_, level) => ({
    path: String(level),
    coordinateTransformations: [{ type: 'scale', scale: [0, 1, 2].map(() => 1.17 * 2 ** level) }],
  }));
  writeFileSync(join(folder, '.zgroup'), JSON.stringify({ zarr_format: 2 }));
  writeFileSync(join(folder, '.zattrs'), JSON.stringify({ multiscales: [{ version: '0.4', axes, datasets }] }));
  for (let level = 0; level < LEVELS; level++) writeLevel(join(folder, String(level)), 2 ** level, chunks);
  return { folder, bytes: SHAPE.reduce((product, extent) => product * extent, 1) };
}

function writeLevel(folder: string, step: number, chunks: readonly string[]): void {
  mkdirSync(folder);
  const shape = SHAPE.map((extent) => Math.ceil(extent / step));
  const description = {
    zarr_format: 2,
    shape,
    chunks: CHUNK,
    dtype: '|u1',
    compressor: null,
    fill_value: 0,
    order: 'C',
    filters: null,
  };
  writeFileSync(join(folder, '.zarray'), JSON.stringify(description));
  const [planes, rows, columns] = shape.map((extent, axis) => Math.ceil(extent / CHUNK[axis]!)) as [number, number, number];
  for (let z = 0; z < planes; z++)
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) linkSync(chunks[(z + 2 * y + 3 * x) % chunks.length]!, join(folder, `${z}.${y}.${x}`));
}
