// The movie that is measured: 512x512 uint16 in the neurofinder layout, deflated like the published zips (level 6). 24 frames are
// simulated and repeated, which no reader can tell: every entry is unpacked and decoded for itself.
import { closeSync, openSync, writeSync } from 'node:fs';
import { neurofinderFiles } from '../simulate/neurofinder-files.ts';
import { type PackedEntry, packEntry, ZipWriter } from '../simulate/write-zip.ts';
import { simulateMovie } from '../simulate-movie.ts';

const UNIQUE = 24;
const LEVEL = 6;

export interface MovieZipFacts {
  readonly bytes: number;
  /** Deflated over plain size of a frame. */
  readonly ratio: number;
}

export function writeMovieZip(path: string, frames: number): MovieZipFacts {
  const simulated = simulateMovie('00', 1, { frames: Math.min(UNIQUE, frames) });
  const info = { ...simulated.info, id: 'bench', dimensions: [simulated.params.height, simulated.params.width, frames] };
  const file = openSync(path, 'w');
  let bytes = 0;
  const zip = new ZipWriter({
    write: (piece) => {
      writeSync(file, piece);
      bytes += piece.length;
    },
  });
  const unique: PackedEntry[] = [];
  for (const entry of neurofinderFiles('bench.00', simulated, info, {})) {
    const packed = packEntry(entry.bytes, LEVEL);
    if (entry.path.endsWith('.tiff')) unique.push(packed);
    else zip.add(entry.path, packed);
  }
  for (let t = 0; t < frames; t++)
    zip.add(`neurofinder.bench.00/images/image${String(t).padStart(5, '0')}.tiff`, unique[t % unique.length]!);
  zip.finish();
  closeSync(file);
  return { bytes, ratio: sum(unique.map(({ stored }) => stored.length)) / sum(unique.map(({ size }) => size)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
