import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import type { Triple } from '../../base/volume.ts';
import { droppedFiles } from '../../test/golden-volume.ts';
import { loadNpy } from '../../test/load-npy.ts';
import { memoryStore } from '../../test/memory-store.ts';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { listFiles } from '../listing.ts';
import { listingStore } from '../store.ts';
import { loadVolume } from '../volume-files/load.ts';
import { decodeCompressedSegmentation } from './compressed-segmentation.ts';
import { openPrecomputed } from './index.ts';
import { compressedMorton, murmurHash } from './sharded.ts';

const decode = async () => {
  throw new Error('no pictures here');
};
const golden = (name: string) => goldenPath(`volume/precomputed/${name}`);
const reversed = ([x, y, z]: readonly [number, number, number]): Triple => [z, y, x];

describeWithData('the golden precomputed volumes', () => {
  interface Case {
    name: string;
    dtype: string;
    size_xyzc: [number, number, number, number];
    block_xyz: [number, number, number];
    raw: string;
    encoded: string;
  }
  const { cases } = JSON.parse(readFileSync(golden('compressed_segmentation.json'), 'utf8')) as { cases: Case[] };

  it('are all here', () =>
    expect(cases.map(({ name }) => name)).toEqual([
      'seg_u64',
      'seg_u32',
      'noise_u32',
      'const_u64',
      'many_u64',
      'two_channel_u32',
      'binary_u32',
    ]));

  it.each(cases.map((item) => [item.name, item] as const))('decodes %s', (_, item) => {
    const [x, y, z, channels] = item.size_xyzc;
    const per = item.dtype === 'uint64' ? 2 : 1;
    const raw = readFileSync(golden(item.raw));
    const bytes = Uint8Array.from(readFileSync(golden(item.encoded)));
    const each = raw.length / channels;
    for (let channel = 0; channel < channels; channel++) {
      const plain = decodeCompressedSegmentation(bytes, [z, y, x], reversed(item.block_xyz), per, item.name, channel);
      expect(Buffer.compare(plain, raw.subarray(channel * each, (channel + 1) * each))).toBe(0);
    }
  });

  it('makes the codes and hashes of the reference', () => {
    const { compressed_morton: morton, ...rest } = JSON.parse(readFileSync(golden('morton_murmur.json'), 'utf8'));
    for (const { grid, cells } of morton) {
      for (const { g, code } of cells) expect(compressedMorton(reversed(g), reversed(grid))).toBe(BigInt(code));
    }
    const hashes = Object.values(rest).find(Array.isArray) as readonly Record<string, string>[];
    expect(hashes.length).toBeGreaterThan(4);
    for (const one of hashes) {
      const [id, hash] = Object.values(one);
      expect(murmurHash(BigInt(id!))).toBe(BigInt(hash!));
    }
  });

  it.each(['unsharded', 'sharded_identity', 'sharded_murmur'])('reads %s', async (name) => {
    const listing = await listFiles(droppedFiles(golden(`${name}.zip`)));
    const reader = await openPrecomputed(listingStore(listing, ''), { decode });
    expect([reader.shape, reader.voxelSize, reader.kindHint]).toEqual([[11, 21, 37], [1.17, 1.17, 1.17], 'image']);
    const expected = loadNpy(golden('expected_image_zyx_u8.npy'));
    expect(Buffer.compare(new Uint8Array((await loadVolume(reader)).buffer), new Uint8Array(expected.data.buffer))).toBe(0);
  });

  it('stops at damaged segmentations with a typed error', () => {
    const bytes = Uint8Array.from(readFileSync(golden('seg_u64.cseg')));
    const survey = (damaged: Uint8Array<ArrayBuffer>) => {
      try {
        decodeCompressedSegmentation(damaged, [11, 21, 37], [8, 8, 8], 2, 'fuzz');
        return 'data';
      } catch (error) {
        if (!isSomascopeError(error)) throw error;
        return 'error';
      }
    };
    // The last words fill up a block that sticks out; nothing looks at them.
    for (let cut = 0; cut < bytes.length - 128; cut += cut < 300 ? 1 : 41)
      expect(survey(bytes.slice(0, cut)), `${cut}`).toBe('error');
    const rng = makeRng(2);
    for (let round = 0; round < 500; round++) {
      const damaged = bytes.slice();
      damaged[rng.below(bytes.length)]! ^= 1 << rng.below(8);
      survey(damaged);
    }
  });
});

it('decodes 32 bits a voxel', () => {
  // One block of 2 voxels: the values are table entries 1 and 0.
  const words = Uint32Array.of(1, (32 << 24) | 4, 2, 1, 0, 700, 900);
  const at = words.subarray(1);
  expect(at[0]! >>> 24).toBe(32);
  const plain = decodeCompressedSegmentation(new Uint8Array(words.buffer), [1, 1, 2], [1, 1, 2], 1, 'x');
  expect([...new Uint32Array(plain.buffer)]).toEqual([900, 700]);
});

const info = (changes: Record<string, unknown>, scale: Record<string, unknown> = {}) =>
  JSON.stringify({
    type: 'segmentation',
    data_type: 'uint64',
    num_channels: 1,
    scales: [{ key: 'a', size: [3, 1, 1], resolution: [1000, 2000, 4000], chunk_sizes: [[2, 1, 1]], encoding: 'raw', ...scale }],
    ...changes,
  });

it('takes a chunk that is missing for zeros, and tells the scale', async () => {
  const chunk = new Uint8Array(new BigUint64Array([5n, 300n]).buffer);
  const reader = await openPrecomputed(memoryStore({ info: info({}), 'a/0-2_0-1_0-1': chunk }), { decode });
  expect([reader.voxelSize, reader.kindHint, reader.stored]).toEqual([[4, 2, 1], 'labels', 'uint64']);
  expect(await reader.readBox([0, 0, 0], [1, 1, 3])).toEqual(Uint16Array.of(5, 300, 0));
});

it('refuses by name what it does not read', async () => {
  const open = (text: string) => openPrecomputed(memoryStore({ info: text }), { decode });
  await expect(open(info({}, { encoding: 'jxl' }))).rejects.toMatchObject({
    tag: 'Unsupported',
    message: expect.stringContaining('jxl'),
  });
  await expect(open(info({}, { encoding: 'compresso' }))).rejects.toMatchObject({
    message: expect.stringContaining('compresso'),
  });
  await expect(open(info({ data_type: 'float64' }))).rejects.toMatchObject({ message: expect.stringContaining('float64') });
  await expect(open(info({ scales: [] }))).rejects.toMatchObject({ tag: 'Invalid' });
  await expect(open('{')).rejects.toMatchObject({ tag: 'Invalid', place: { entry: 'info' } });
  await expect(openPrecomputed(memoryStore({}), { decode })).rejects.toMatchObject({ tag: 'Invalid' });
  const cut = memoryStore({ info: info({}), 'a/0-2_0-1_0-1': new Uint8Array(9) });
  await expect((await openPrecomputed(cut, { decode })).readBox([0, 0, 0], [1, 1, 1])).rejects.toMatchObject({ tag: 'CutOff' });
});
