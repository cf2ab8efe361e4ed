// The same reader on the browser's own decoder, which differs from Node's in how it chunks, fails and is cancelled.
import { expect, it } from 'vitest';
import { entryAt, type FileListing } from '../../base/listing.ts';
import { makeRng } from '../../base/rng.ts';
import { type ZipItem, zipFile } from '../../test/zip-writer.ts';
import { entryHead, listFiles, readEntries } from '../listing.ts';
import { inflateHead, inflateRaw, nativeEngine } from './inflate.ts';

const rng = makeRng(5);
const NOISE = Uint8Array.from({ length: 300_000 }, () => rng.below(50));
const PLACE = { file: 'a.zip', entry: 'x' };

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((value, i) => value === b[i]);

const entriesOf = (listing: FileListing) => listing.paths.map((_, i) => entryAt(listing, i));

it('inflates, in one write and in small ones', async () => {
  expect(same(await inflateRaw(await deflate(NOISE), NOISE.length), NOISE)).toBe(true);
  const zeros = new Uint8Array(3e6);
  expect(same(await inflateRaw(await deflate(zeros), zeros.length), zeros)).toBe(true);
});

it('refuses bombs, short streams, cut ones and junk behind them', async () => {
  const bomb = await deflate(new Uint8Array(64 * 2 ** 20));
  await expect(inflateRaw(bomb, 500_000, PLACE)).rejects.toMatchObject({ tag: 'Unsafe', place: PLACE });
  const packed = await deflate(NOISE);
  await expect(inflateRaw(packed, NOISE.length + 1, PLACE)).rejects.toMatchObject({ tag: 'Invalid' });
  for (let cut = 0; cut < packed.length; cut += 9973) {
    await expect(inflateRaw(packed.slice(0, cut), NOISE.length, PLACE)).rejects.toMatchObject({ tag: 'Invalid' });
  }
  await expect(inflateRaw(Uint8Array.from([...packed, 1, 2, 3]), NOISE.length, PLACE)).rejects.toMatchObject({ tag: 'Invalid' });
});

it('ends with a typed error or bytes for every flipped bit of a small stream', async () => {
  const packed = await deflate(NOISE.slice(0, 400));
  let refused = 0;
  for (let bit = 0; bit < packed.length * 8; bit += 3) {
    const flipped = packed.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    await inflateRaw(flipped, 400, PLACE).catch((error: unknown) => {
      refused++;
      expect(error).toMatchObject({ name: expect.stringMatching(/^(Invalid|Unsafe)$/), place: PLACE });
    });
  }
  expect(refused).toBeGreaterThan(0);
});

it('reads a head, and passes on what fails in the source of the pieces', async () => {
  const packed = await deflate(NOISE);
  let pieces = 0;
  const cut = async function* () {
    for (let at = 0; at < packed.length; at += 4096, pieces++) yield packed.slice(at, at + 4096);
  };
  expect(same(await inflateHead(cut(), 3000, PLACE, { engine: nativeEngine }), NOISE.subarray(0, 3000))).toBe(true);
  expect(pieces).toBeLessThan(10);
  const failing = async function* () {
    yield packed.slice(0, 10);
    throw new RangeError('disk');
  };
  await expect(inflateHead(failing(), 1e5, PLACE, { engine: nativeEngine })).rejects.toMatchObject({
    message: expect.stringContaining('disk'),
  });
});

it('lists a dropped zip and reads its entries', async () => {
  const items: ZipItem[] = Array.from({ length: 40 }, (_, i) => ({
    name: `images/${i}.tiff`,
    data: NOISE.slice(i * 1000, i * 1000 + 5000),
    method: i % 4 ? 8 : 0,
  }));
  items[7] = { ...items[7]!, lie: { crc: 1 } };
  const entries = entriesOf(await listFiles([{ path: 'a.zip', file: await zipFile('a.zip', items) }]));
  const seen: string[] = [];
  await readEntries(entries, ({ index, bytes, error }) => {
    seen[index] = error ? error.tag : String(same(bytes, items[index]!.data!));
  });
  expect(seen).toEqual(items.map((_, i) => (i === 7 ? 'Checksum' : 'true')));
  expect(same(await entryHead(entries[1]!, 100), items[1]!.data!.subarray(0, 100))).toBe(true);
  const control = new AbortController();
  const work = readEntries(entries, () => control.abort(), { signal: control.signal });
  await expect(work).rejects.toMatchObject({ tag: 'Aborted' });
});
