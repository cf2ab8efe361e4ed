// Files of the golden set as dropped files, and the checksum of voxels: for tests of volume readers.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { NumericArray } from '../base/ndarray.ts';

export interface DroppedFile {
  readonly file: File;
  readonly path: string;
}

/** A file, or all files of a folder, as if they were dropped. */
export function droppedFiles(path: string): DroppedFile[] {
  const read = (from: string, name: string): DroppedFile => ({
    file: new File([readFileSync(from)], basename(name)),
    path: name,
  });
  try {
    const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return names.map((entry) => {
      const full = join(entry.parentPath, entry.name);
      return read(full, `${basename(path)}/${relative(path, full)}`);
    });
  } catch {
    return [read(path, basename(path))];
  }
}

export function sha256(data: NumericArray | BigUint64Array): string {
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}
