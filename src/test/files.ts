// Files in memory, and a folder of golden files as sources by name, for tests of readers.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function fileBytes(path: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(readFileSync(path));
}

/** The files of a folder, by name. */
export function folderBytes(path: string): Map<string, Uint8Array<ArrayBuffer>> {
  const entries = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(entries.map(({ name }) => [name, fileBytes(join(path, name))]));
}

export function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
