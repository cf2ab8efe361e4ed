import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../base/errors.ts';
import { makeRng } from '../base/rng.ts';
import { unpackedSource } from './gzip.ts';
import { openNpyVolume, writeNpy } from './npy/index.ts';
import { bytesSource } from './source.ts';
import { piecesOf, streamedSource, unpackChunks } from './unpack-stream.ts';
import { loadVolume } from './volume-files/load.ts';

const rng = makeRng(8);
const plain = Uint8Array.from({ length: 400_000 }, () => rng.below(16));
const packed = new Uint8Array(gzipSync(plain));

it.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate-raw', deflateRawSync],
] as const)('unpacks %s', async (packing, pack) => {
  const source = unpackedSource(bytesSource('x', new Uint8Array(pack(plain))), packing);
  expect(Buffer.compare(await source.read(0, plain.length), plain)).toBe(0);
});

it('reads forwards as far as it must, backwards within its window, and begins anew before it', async () => {
  let begun = 0;
  let given = 0;
  async function* chunks() {
    begun++;
    for (let at = 0; at < plain.length; at += 10_000) {
      given++;
      yield plain.slice(at, at + 10_000);
    }
  }
  const source = streamedSource('x', plain.length, chunks, { window: 50_000 });
  expect(await source.read(95_000, 10)).toEqual(plain.slice(95_000, 95_010));
  expect([begun, given]).toEqual([1, 10]);
  expect(Buffer.compare(await source.read(60_000, 20_000), plain.slice(60_000, 80_000))).toBe(0);
  expect([begun, given]).toEqual([1, 10]);
  expect(await source.read(5, 30)).toEqual(plain.slice(5, 35));
  expect(begun).toBe(2);
  // A read longer than the window is whole all the same, and reads that overlap in time keep their turn.
  const [long, short] = await Promise.all([source.read(0, 300_000), source.read(10, 5)]);
  expect(Buffer.compare(long, plain.slice(0, 300_000))).toBe(0);
  expect(short).toEqual(plain.slice(10, 15));
  await expect(source.read(399_999, 2)).rejects.toMatchObject({ tag: 'CutOff' });
});

it('passes on what its source throws, and what it is told by a signal', async () => {
  const failing = { name: 'f', size: packed.length, read: () => Promise.reject(new Error('disk on fire')) };
  const read = async () => {
    for await (const _ of unpackChunks(piecesOf(failing, 0, packed.length), 'gzip', 'f')) expect.unreachable();
  };
  await expect(read()).rejects.toBeDefined();
  const controller = new AbortController();
  controller.abort();
  await expect(unpackedSource(bytesSource('x', packed)).read(0, 5, controller.signal)).rejects.toMatchObject({ tag: 'Aborted' });
});

it('gives a typed error for every cut of a zipped volume, and survives every flipped bit', { timeout: 60_000 }, async () => {
  const volume = new Uint8Array(
    deflateSync(writeNpy({ data: Uint8Array.from({ length: 60 }, (_, i) => i * 37), shape: [3, 4, 5] })),
  );
  const survey = async (bytes: Uint8Array) => {
    try {
      const source = unpackedSource(bytesSource('v.npygz', bytes), 'deflate');
      return (await loadVolume(await openNpyVolume(source, { isSequential: true }))).length;
    } catch (error) {
      if (!isSomascopeError(error)) throw error;
      return error.tag;
    }
  };
  expect(await survey(volume)).toBe(60);
  for (let cut = 0; cut < volume.length - 8; cut++) expect(await survey(volume.slice(0, cut)), `${cut}`).not.toBe(60);
  for (let bit = 0; bit < volume.length * 8; bit += 7) {
    const damaged = volume.slice();
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    await survey(damaged);
  }
});

it('gives a typed error for every cut of an npy volume', async () => {
  const whole = writeNpy({ data: new Uint16Array(24), shape: [2, 3, 4] });
  for (let cut = 0; cut < whole.length; cut++) {
    await expect(openNpyVolume(bytesSource('v.npy', whole.slice(0, cut))), `${cut}`).rejects.toSatisfy(isSomascopeError);
  }
});
