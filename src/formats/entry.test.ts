import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { entryAt, type ListingEntry } from '../base/listing.ts';
import { makeRng } from '../base/rng.ts';
import { zipFile } from '../test/zip-writer.ts';
import { entryBytes, entryHead, entrySource, readEntries } from './entry.ts';
import { listFiles } from './listing.ts';

const rng = makeRng(3);
const DATA = Uint8Array.from({ length: 60_000 }, () => rng.below(256));
const zip = await zipFile(
  'a.zip',
  [
    { name: 'stored.bin', data: DATA, method: 0, localExtra: new Uint8Array(99) },
    { name: 'deflated.bin', data: DATA },
    { name: 'wrong.bin', data: DATA, lie: { crc: 5 } },
    { name: 'bzip2.bin', data: DATA, method: 12 },
  ],
  { deflate: (bytes) => new Uint8Array(deflateRawSync(bytes)) },
);
const listing = await listFiles([
  { path: 'a.zip', file: zip },
  { path: 'dir/whole.bin', file: new File([DATA], 'whole.bin') },
]);
const entries = listing.paths.map((_, i) => entryAt(listing, i));
const find = (name: string) => entries.find(({ path }) => path.endsWith(name))!;

// `toEqual` takes seconds on long arrays.
const expectSame = (a: Uint8Array, b: Uint8Array) => expect(Buffer.compare(a, b)).toBe(0);

/** Runs `work` and gives the lengths of the slices that it took of the entry's file. */
async function slicesOf(entry: ListingEntry, work: () => Promise<unknown>): Promise<number[]> {
  const lengths: number[] = [];
  const { file } = entry;
  const counted = (start: number, end: number) => {
    lengths.push(end - start);
    return File.prototype.slice.call(file, start, end);
  };
  Object.defineProperty(file, 'slice', { value: counted, configurable: true });
  await work();
  Reflect.deleteProperty(file, 'slice');
  return lengths;
}

it.each(['whole.bin', 'stored.bin', 'deflated.bin'])('%s: the whole, a head and any range', async (name) => {
  const entry = find(name);
  const bytes = await entryBytes(entry);
  expectSame(bytes, DATA);
  expect(bytes.buffer.byteLength).toBe(bytes.length);
  for (const length of [0, 1, 4096, 60_000]) expectSame(await entryHead(entry, length), DATA.subarray(0, length));
  expectSame(await entryHead(entry, 1e9), DATA);
  const source = entrySource(entry);
  expect(source).toMatchObject({ name: entry.path, size: DATA.length });
  for (const [offset, length] of [
    [0, 10],
    [59_990, 10],
    [5000, 0],
    [1234, 40_000],
  ] as const) {
    expectSame(await source.read(offset, length), DATA.subarray(offset, offset + length));
  }
  await expect(source.read(59_999, 2)).rejects.toMatchObject({ tag: 'CutOff' });
  await expect(source.read(0, 2, AbortSignal.abort())).rejects.toMatchObject({ tag: 'Aborted' });
  await expect(entryBytes(entry, { signal: AbortSignal.abort() })).rejects.toMatchObject({ tag: 'Aborted' });
  await expect(entryHead(entry, 5, { signal: AbortSignal.abort() })).rejects.toMatchObject({ tag: 'Aborted' });
});

it('slices stored entries in place, unpacks deflated ones once and no more than a head needs', async () => {
  const stored = entrySource(find('stored.bin'));
  expect(await slicesOf(find('stored.bin'), () => Promise.all([stored.read(5, 10), stored.read(50_000, 20)]))).toEqual([
    30, 10, 20,
  ]);
  const deflated = entrySource(find('deflated.bin'));
  expect(await slicesOf(find('deflated.bin'), () => Promise.all([deflated.read(5, 10), deflated.read(50_000, 20)]))).toHaveLength(
    1,
  );
  const heads = await slicesOf(find('deflated.bin'), () => entryHead(find('deflated.bin'), 100));
  expect(heads.reduce((a, b) => a + b)).toBeLessThan(find('deflated.bin').storedSize / 2);
});

it('refuses what is damaged, odd or too large', async () => {
  await expect(entrySource(find('wrong.bin')).read(0, 1)).rejects.toMatchObject({
    tag: 'Checksum',
    place: { file: 'a.zip', entry: 'a/wrong.bin' },
  });
  for (const read of [
    entryBytes,
    (entry: ListingEntry) => entryHead(entry, 9),
    (entry: ListingEntry) => entrySource(entry).read(0, 1),
  ]) {
    await expect(read(find('bzip2.bin'))).rejects.toMatchObject({
      tag: 'Unsupported',
      message: expect.stringContaining('bzip2'),
    });
  }
  const large = entrySource(find('deflated.bin'), { maxInflated: 59_999 });
  await expect(large.read(0, 1)).rejects.toMatchObject({ tag: 'Unsafe', message: expect.stringContaining('60.0 kB') });
});

it('tries again after a failure', async () => {
  const source = entrySource({ ...find('deflated.bin'), file: failingOnce(zip) });
  await expect(source.read(0, 1)).rejects.toThrow('busy');
  expect(await source.read(0, 1)).toHaveLength(1);
});

function failingOnce(file: File): File {
  let calls = 0;
  const copy = new File([file], file.name);
  const slice = (start: number, end: number) =>
    calls++ === 0 ? { arrayBuffer: () => Promise.reject(new Error('busy')) } : file.slice(start, end);
  Object.defineProperty(copy, 'slice', { value: slice });
  return copy;
}

it('reads many, from zips and from disk alike', async () => {
  const asked = [...entries].reverse();
  const seen: string[] = [];
  await readEntries(asked, ({ index, bytes, error }) => {
    seen[index] = error ? error.tag : bytes.length === DATA.length ? 'whole' : 'odd';
  });
  expect(seen).toEqual(['whole', 'Unsupported', 'Checksum', 'whole', 'whole']);
  const throwing = () => {
    throw new RangeError('mine');
  };
  for (const entry of entries) await expect(readEntries([entry], throwing)).rejects.toThrow('mine');
  await expect(readEntries(entries, () => {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ tag: 'Aborted' });
});
