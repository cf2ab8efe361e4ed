// Damaged archives: each gives the right data or a typed error, never another exception.
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { writeZip } from '../../test/zip-writer.ts';
import { bytesSource } from '../source.ts';
import { readZipDirectory, zipEntryAt } from './directory.ts';
import { readZipEntryFrom } from './read-entry.ts';

const text = (value: string) => new TextEncoder().encode(value);
const CONTENT = ['first entry '.repeat(9), 'second entry '.repeat(9), 'stored'];
const options = { deflate: (bytes: Uint8Array) => new Uint8Array(deflateRawSync(bytes)), comment: text('a comment') };
const PLAIN = await writeZip(
  CONTENT.map((value, i) => ({ name: `dir/${i}`, data: text(value), method: i === 2 ? 0 : 8, descriptor: i === 1 })),
  options,
);
const ZIP64 = await writeZip(
  CONTENT.map((value, i) => ({ name: `dir/${i}`, data: text(value), method: i === 2 ? 0 : 8, zip64: true })),
  { ...options, zip64: true },
);

/** Number of errors; fails on data that differ and on errors that are not typed. */
async function survey(bytes: Uint8Array): Promise<number> {
  const source = bytesSource('fuzz.zip', bytes);
  let errors = 0;
  const guarded = async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      if (!isSomascopeError(error)) throw error;
      expect(error.place.file).toBe('fuzz.zip');
      expect(error.hint).not.toBe('');
      errors++;
      return undefined;
    }
  };
  const directory = await guarded(readZipDirectory(source));
  for (const i of directory?.paths.keys() ?? []) {
    const content = await guarded(readZipEntryFrom(source, zipEntryAt(directory!, i)));
    if (content && content.length > 0) expect(CONTENT).toContain(new TextDecoder().decode(content));
  }
  return errors;
}

it.each([
  ['plain', PLAIN],
  ['zip64', ZIP64],
])('%s: is whole to begin with', async (_, zip) => expect(await survey(zip)).toBe(0));

it.each([
  ['plain', PLAIN],
  ['zip64', ZIP64],
])('%s: cut at every byte, at either end', async (_, zip) => {
  const untilEnd = zip.length - 22 - 9;
  for (let cut = 0; cut < zip.length; cut++) {
    const errors = await survey(zip.slice(0, cut));
    if (cut < untilEnd) expect(errors, `first ${cut} bytes`).toBe(1);
    await survey(zip.slice(cut));
    await survey(Uint8Array.from([...zip.subarray(0, cut), ...zip.subarray(cut + 1)]));
  }
});

it.each([
  ['plain', PLAIN],
  ['zip64', ZIP64],
])('%s: every bit flipped', async (_, zip) => {
  let seen = 0;
  for (let bit = 0; bit < zip.length * 8; bit++) {
    const flipped = zip.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    seen += (await survey(flipped)) > 0 ? 1 : 0;
  }
  expect(seen).toBeGreaterThan(zip.length * 2);
});

it.each([
  ['plain', PLAIN],
  ['zip64', ZIP64],
])('%s: fields overwritten at random', async (_, zip) => {
  const rng = makeRng(11);
  const extremes = [0, 1, 0x7f, 0x80, 0xff];
  for (let round = 0; round < 2000; round++) {
    const damaged = zip.slice();
    const at = rng.below(zip.length);
    const width = [1, 2, 4, 8][rng.below(4)]!;
    damaged.fill(extremes[rng.below(extremes.length)]!, at, at + width);
    if (rng.below(2)) damaged[rng.below(zip.length)] = rng.below(256);
    await survey(damaged);
  }
});
