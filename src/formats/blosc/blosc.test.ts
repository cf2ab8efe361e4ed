import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { sha256 } from '../../test/golden-volume.ts';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { decodeBlosc } from './index.ts';
import { unpackBloscLz, unpackLz4 } from './lz.ts';
import { unshuffle, unshuffleBits } from './shuffle.ts';

const FRAMES = [
  'lz4_shuf1_u64',
  'blosclz_shuf1_u64',
  'zlib_shuf1_u64',
  'zstd_shuf1_u64',
  'lz4_shuf2_u64',
  'lz4_shuf0_u64',
  'lz4_shuf1_u8',
];
const read = (name: string) => Uint8Array.from(readFileSync(goldenPath(`volume/formats/blosc_${name}.bin`)));

/** The data, or whether the error is one of ours. */
async function survey(frame: Uint8Array<ArrayBuffer>): Promise<'data' | 'error'> {
  try {
    await decodeBlosc(frame, 'fuzz', 100_000);
    return 'data';
  } catch (error) {
    if (isSomascopeError(error)) return 'error';
    throw error;
  }
}

describeWithData('the golden Blosc frames', () => {
  const manifest: readonly { file: string; sha256_c_order_le: string }[] = JSON.parse(
    readFileSync(goldenPath('volume/formats/manifest.json'), 'utf8'),
  );

  it('are all that the manifest names', () => {
    const named = manifest.map(({ file }) => /^blosc_(.*)\.bin$/.exec(file)?.[1]).filter((name) => name !== undefined);
    expect([...FRAMES].sort()).toEqual(named.sort());
  });

  it.each(FRAMES)('%s', async (name) => {
    const expected = manifest.find(({ file }) => file === `blosc_${name}.bin`)!.sha256_c_order_le;
    expect(sha256(await decodeBlosc(read(name), name, 1_000_000))).toBe(expected);
  });

  it('stops at damage with a typed error', { timeout: 120_000 }, async () => {
    const rng = makeRng(3);
    for (const name of FRAMES) {
      const frame = read(name);
      for (let cut = 0; cut < frame.length; cut += cut < 64 ? 1 : 499)
        expect(await survey(frame.slice(0, cut)), `${name} ${cut}`).toBe('error');
      for (let round = 0; round < 150; round++) {
        const damaged = frame.slice();
        const at = round < 32 ? round : rng.below(frame.length);
        damaged[at]! ^= 1 << rng.below(8);
        await survey(damaged);
      }
    }
  });
});

it('refuses a codec by name', async () => {
  const frame = Uint8Array.of(2, 1, 2 << 5, 1, 8, 0, 0, 0, 8, 0, 0, 0, 24, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0);
  await expect(decodeBlosc(frame, 'x', 100)).rejects.toMatchObject({
    tag: 'Unsupported',
    message: expect.stringContaining('Snappy'),
  });
});

it('copies what is stored as it is, and refuses what is larger than wanted', async () => {
  const frame = Uint8Array.of(2, 1, 2, 1, 3, 0, 0, 0, 3, 0, 0, 0, 19, 0, 0, 0, 7, 8, 9);
  expect([...(await decodeBlosc(frame, 'x', 3))]).toEqual([7, 8, 9]);
  await expect(decodeBlosc(frame, 'x', 2)).rejects.toMatchObject({ tag: 'Unsafe' });
});

it('unpacks LZ4 literals, overlapping matches and long lengths', () => {
  const out = new Uint8Array(300);
  unpackLz4(Uint8Array.of(0x1f, 7, 1, 0, 255, 24, 0x10, 9), out);
  expect([out[0], out[298], out[299]]).toEqual([7, 7, 9]);
  for (const bad of [[0x10], [0x20, 1], [0x1f, 7, 2, 0, 5], [0x10, 1, 1]]) {
    expect(() => unpackLz4(Uint8Array.from(bad), out)).toThrow(RangeError);
  }
  expect(() => unpackBloscLz(Uint8Array.of(31), out)).toThrow(RangeError);
});

it('puts shuffled bytes and bits back', () => {
  const items = Uint16Array.from({ length: 64 }, (_, i) => i * 1031);
  const plain = new Uint8Array(items.buffer);
  const bytes = new Uint8Array(128);
  const bits = new Uint8Array(128);
  items.forEach((item, i) => {
    bytes[i] = item & 255;
    bytes[64 + i] = item >> 8;
    for (let bit = 0; bit < 16; bit++) bits[bit * 8 + (i >> 3)]! |= ((item >> bit) & 1) << (i & 7);
  });
  expect(unshuffle(bytes, 2)).toEqual(plain);
  expect(unshuffleBits(bits, 2)).toEqual(plain);
  expect([...unshuffle(Uint8Array.of(1, 3, 2, 4, 5), 2)]).toEqual([1, 2, 3, 4, 5]);
});
