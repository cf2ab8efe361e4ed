import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { entryAt, type ListingEntry } from '../../base/listing.ts';
import { makeRng } from '../../base/rng.ts';
import { type ZipItem, type ZipOptions, zipFile } from '../../test/zip-writer.ts';
import { sourceOf } from '../source.ts';
import { readZipDirectory } from './directory.ts';
import { type EntryResult, readZipEntries } from './read-entries.ts';
import { readZipEntry } from './read-entry.ts';

const deflate = (bytes: Uint8Array) => new Uint8Array(deflateRawSync(bytes, { level: 1 }));

async function entriesOf(items: readonly ZipItem[], options: ZipOptions = {}, name = 'movie.zip'): Promise<ListingEntry[]> {
  const file = await zipFile(name, items, { deflate, ...options });
  const { paths, table } = await readZipDirectory(sourceOf(file));
  return paths.map((_, i) => entryAt({ files: [file], paths, table }, i));
}

function frames(count: number, bytes = 2000): ZipItem[] {
  const rng = makeRng(7);
  return Array.from({ length: count }, (_, i) => ({
    name: `images/image${i}.tiff`,
    data: Uint8Array.from({ length: bytes + i }, () => rng.below(40)),
    method: i % 5 === 0 ? 0 : 8,
    localExtra: new Uint8Array(i % 11 === 0 ? 300 : 28),
  }));
}

async function collect(entries: readonly ListingEntry[], options = {}): Promise<EntryResult[]> {
  const results: EntryResult[] = [];
  const keep = (result: EntryResult) => {
    results[result.index] = result;
  };
  await readZipEntries(entries, keep, options);
  return results;
}

it('reads every entry, in any order, with any run length, from two archives', async () => {
  const items = frames(50);
  const all = [...(await entriesOf(items)), ...(await entriesOf(items, { order: [...items.keys()].reverse() }, 'other.zip'))];
  const shuffled = [...all.keys()].sort((a, b) => ((a * 37) % 101) - ((b * 37) % 101));
  for (const options of [{}, { runLength: 1 }, { runLength: 3, inFlight: 5 }]) {
    const results = await collect(
      shuffled.map((i) => all[i]!),
      options,
    );
    expect(results).toHaveLength(100);
    results.forEach(({ bytes }, k) => {
      const i = shuffled[k]!;
      expect(Buffer.compare(bytes!, items[i < 50 ? i : 99 - i]!.data!)).toBe(0);
      expect(bytes!.buffer.byteLength).toBe(bytes!.byteLength);
    });
  }
});

it('reads a run of neighbours with one slice', async () => {
  const entries = await entriesOf(frames(40));
  const { file } = entries[0]!;
  const slices: number[] = [];
  const slice = file.slice.bind(file);
  const counted = (start: number, end: number) => {
    slices.push(end - start);
    return slice(start, end);
  };
  Object.defineProperty(file, 'slice', { value: counted });
  await collect(entries);
  expect(slices).toHaveLength(3);
  slices.length = 0;
  await collect([entries[0]!, entries[39]!].map((entry) => ({ ...entry })));
  expect(slices.length).toBeLessThanOrEqual(2);
});

it('reports a damaged entry and goes on with the others', async () => {
  const items = frames(20);
  items[3] = { ...items[3]!, lie: { crc: 1 } };
  items[4] = { ...items[4]!, packed: new Uint8Array(900).fill(255) };
  items[6] = { ...items[6]!, lie: { method: 12 } };
  items[8] = { ...items[8]!, lie: { flags: 1 } };
  items[9] = { ...items[9]!, lie: { size: 5 } };
  items[11] = { ...items[11]!, lie: { offset: 2 ** 31 } };
  items[12] = { ...items[12]!, lie: { size: 2500 } };
  const results = await collect(await entriesOf(items));
  const tags = {
    3: 'Checksum',
    4: 'Invalid',
    6: 'Unsupported',
    8: 'Unsupported',
    9: 'Unsafe',
    11: 'CutOff',
    12: 'Invalid',
  } as Record<number, string>;
  results.forEach(({ bytes, error }, i) => {
    expect(error?.tag, `entry ${i}`).toBe(tags[i]);
    if (error) expect(error.place).toMatchObject({ file: 'movie.zip', entry: `images/image${i}.tiff` });
    else expect(bytes).toEqual(items[i]!.data);
  });
});

it('does not begin an entry whose local header is missing', async () => {
  const entries = await entriesOf(frames(3));
  const shifted = entries.map((entry, i) => (i === 1 ? { ...entry, offset: entry.offset + 1 } : entry));
  expect((await collect(shifted)).map(({ error }) => error?.tag)).toEqual([undefined, 'Invalid', undefined]);
});

it('waits for onEntry, keeps two in flight, stops with what it throws', async () => {
  const entries = await entriesOf(frames(20));
  let now = 0;
  let most = 0;
  await readZipEntries(entries, async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 1));
    now--;
  });
  expect(most).toBe(2);
  let calls = 0;
  const work = readZipEntries(entries, () => {
    if (++calls === 5) throw new RangeError('mine');
  });
  await expect(work).rejects.toThrow('mine');
  expect(calls).toBeLessThan(8);
});

it('stops when aborted, and when the file changes', async () => {
  const entries = await entriesOf(frames(40));
  const control = new AbortController();
  let calls = 0;
  const work = readZipEntries(entries, () => void (++calls === 3 && control.abort()), { signal: control.signal });
  await expect(work).rejects.toMatchObject({ tag: 'Aborted' });
  expect(calls).toBeLessThan(6);
  const { file } = entries[0]!;
  await readZipEntry(entries[0]!);
  Object.defineProperty(file, 'lastModified', { value: 1 });
  await expect(collect(entries)).rejects.toMatchObject({ tag: 'FileChanged', place: { file: 'movie.zip' } });
});
