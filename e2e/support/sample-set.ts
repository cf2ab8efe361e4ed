// The calcium sample under another name: a movie in which neurons are found, as a set of the benchmark.
import { readFile } from 'node:fs/promises';
import { unzip } from 'unzipit';
import type { ZipItem } from '../../src/test/zip-writer.ts';
import type { TestFile } from './open.ts';
import { zipOf } from './sets.ts';

export interface SampleSetOptions {
  /** With its ground truth or, like the test sets, without. */
  readonly truth: boolean;
}

/** `neurofinder.<short>.zip`, its entries stored. */
export async function sampleSet(short: string, { truth }: SampleSetOptions): Promise<TestFile> {
  const { entries } = await unzip(new Uint8Array(await readFile('public/samples/calcium.zip')));
  const items: ZipItem[] = [];
  for (const [path, entry] of Object.entries(entries)) {
    if (entry.isDirectory || (!truth && path.includes('/regions/'))) continue;
    const name = `neurofinder.${short}/${path.split('/').slice(1).join('/')}`;
    items.push({ name, data: new Uint8Array(await entry.arrayBuffer()), method: 0 });
  }
  // Sets of the same content are one set opened twice.
  items.push({ name: `neurofinder.${short}/name.txt`, data: new TextEncoder().encode(short), method: 0 });
  return zipOf(`neurofinder.${short}.zip`, items);
}
