import { readFileSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { memoryStore } from '../../test/memory-store.ts';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { listFiles } from '../listing.ts';
import { bytesSource } from '../source.ts';
import { type FileStore, listingStore } from '../store.ts';
import { loadVolume } from '../volume-files/load.ts';
import { crc32c } from './crc32c.ts';
import { openZarr } from './index.ts';

type Files = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;
const store = (files: Files): FileStore => {
  const memory = memoryStore(files);
  return {
    ...memory,
    open: async (path) => (files[path] === undefined ? undefined : bytesSource(path, (await memory.readAll(path))!)),
  };
};
const v2 = (changes: Record<string, unknown>) =>
  JSON.stringify({
    zarr_format: 2,
    shape: [2, 2, 3],
    chunks: [2, 2, 2],
    dtype: '<u2',
    compressor: null,
    fill_value: 9,
    order: 'C',
    filters: null,
    ...changes,
  });
const v3 = (changes: Record<string, unknown>) =>
  JSON.stringify({
    zarr_format: 3,
    node_type: 'array',
    shape: [2, 2, 2],
    data_type: 'uint8',
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [2, 2, 2] } },
    chunk_key_encoding: { name: 'default' },
    fill_value: 0,
    codecs: [{ name: 'bytes' }],
    ...changes,
  });
const bytes = (...values: number[]) => Uint8Array.from(values);
const words = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);
const load = async (files: Files) => [...(await loadVolume(await openZarr(store(files))))];
const refused = (files: Files) => openZarr(store(files)).then(loadVolume);

it('reads version 2: edge chunks are whole, missing ones hold the fill value, names with dots or slashes', async () => {
  const first = words(0, 1, 2, 3, 4, 5, 6, 7);
  const expected = [0, 1, 9, 2, 3, 9, 4, 5, 9, 6, 7, 9];
  expect(await load({ '.zarray': v2({}), '0.0.0': first })).toEqual(expected);
  expect(
    await load({ '.zarray': v2({ dimension_separator: '/' }), '0/0/0': first, '0/0/1': words(9, 0, 9, 0, 9, 0, 9, 0) }),
  ).toEqual(expected);
});

it.each([
  ['zlib', { id: 'zlib' }, (plain: Uint8Array) => new Uint8Array(deflateSync(plain))],
  ['gzip', { id: 'gzip' }, (plain: Uint8Array) => new Uint8Array(gzipSync(plain))],
  ['lz4', { id: 'lz4' }, (plain: Uint8Array) => bytes(16, 0, 0, 0, 0xf0, 1, ...plain)],
])('unpacks %s', async (_, compressor, pack) => {
  const packed = pack(words(0, 1, 2, 3, 4, 5, 6, 7));
  expect(await load({ '.zarray': v2({ compressor }), '0.0.0': packed })).toEqual([0, 1, 9, 2, 3, 9, 4, 5, 9, 6, 7, 9]);
});

it('reads Fortran order, big-endian numbers, booleans and 64-bit labels', async () => {
  expect(await load({ '.zarray': v2({ order: 'F', dtype: '|u1' }), '0.0.0': bytes(0, 4, 2, 6, 1, 5, 3, 7) })).toEqual([
    0, 1, 9, 2, 3, 9, 4, 5, 9, 6, 7, 9,
  ]);
  expect((await load({ '.zarray': v2({ dtype: '>u2' }), '0.0.0': words(256, 0, 0, 0, 0, 0, 0, 0) }))[0]).toBe(1);
  const wide = new Uint8Array(BigUint64Array.of(1n, 2n, 3n, 70_000n, 0n, 0n, 0n, 0n).buffer);
  const labels = await openZarr(store({ '.zarray': v2({ dtype: '<u8', fill_value: 0 }), '0.0.0': wide }));
  expect(labels.kindHint).toBe('labels');
  expect(await labels.readBox([0, 0, 0], [1, 2, 3])).toEqual(Uint32Array.of(1, 2, 0, 3, 70_000, 0));
  expect((await openZarr(store({ '.zarray': v2({ dtype: '|b1' }) }))).kindHint).toBe('labels');
});

it('reads version 3: transposed axes, checksums, other names of chunks', async () => {
  const transpose = { name: 'transpose', configuration: { order: [2, 1, 0] } };
  expect(
    await load({ 'zarr.json': v3({ codecs: [transpose, { name: 'bytes' }] }), 'c/0/0/0': bytes(0, 4, 2, 6, 1, 5, 3, 7) }),
  ).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const plain = bytes(0, 1, 2, 3, 4, 5, 6, 7);
  const checksum = new Uint8Array(Uint32Array.of(crc32c(plain)).buffer);
  const codecs = [{ name: 'bytes' }, { name: 'crc32c' }];
  expect(await load({ 'zarr.json': v3({ codecs }), 'c/0/0/0': bytes(...plain, ...checksum) })).toEqual([...plain]);
  await expect(refused({ 'zarr.json': v3({ codecs }), 'c/0/0/0': bytes(...plain, 0, 0, 0, 0) })).rejects.toMatchObject({
    tag: 'Checksum',
  });
  expect(await load({ 'zarr.json': v3({ chunk_key_encoding: { name: 'v2' } }), '0.0.0': plain })).toEqual([...plain]);
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
});

it('reads multiscales: axes by name, scale and unit, coarser levels, labels', async () => {
  const attributes = (version: 'plain' | 'ome') => {
    const axes = [
      { name: 'c' },
      { name: 'z', unit: 'nanometer' },
      { name: 'y', unit: 'micrometer' },
      { name: 'x', unit: 'millimeter' },
    ];
    const scale = (...values: number[]) => [{ type: 'scale', scale: values }];
    const datasets = [
      { path: 'fine', coordinateTransformations: scale(1, 500, 2, 0.003) },
      { path: 'coarse/', coordinateTransformations: scale(1, 1000, 4, 0.006) },
    ];
    const plain = { multiscales: [{ axes, datasets, coordinateTransformations: scale(1, 2, 1, 1) }], 'image-label': {} };
    return version === 'ome' ? { ome: plain } : plain;
  };
  const array = (...shape: number[]) => v2({ shape, chunks: shape, dtype: '|u1' });
  const files = {
    'fine/.zarray': array(3, 4, 4, 4),
    'coarse/.zarray': array(3, 2, 2, 2),
    'fine/0.0.0.0': new Uint8Array(192).fill(5),
  };
  for (const root of [
    { '.zattrs': JSON.stringify(attributes('plain')) },
    { 'zarr.json': JSON.stringify({ zarr_format: 3, node_type: 'group', attributes: attributes('ome') }) },
  ]) {
    const reader = await openZarr(store({ ...files, ...root } as unknown as Files));
    expect([reader.shape, reader.voxelSize, reader.kindHint]).toEqual([[4, 4, 4], [1, 2, 3], 'labels']);
    expect(reader.notices).toEqual(['Of axis 0 (3 values) the first is shown.']);
    expect(reader.levels!.map(({ shape, voxelSize }) => [shape, voxelSize])).toEqual([
      [
        [2, 2, 2],
        [2, 4, 6],
      ],
    ]);
    expect(new Set(await loadVolume(reader))).toEqual(new Set([5]));
  }
});

it('refuses by name what it does not read', async () => {
  const says = (files: Files, words: string) =>
    expect(refused(files)).rejects.toMatchObject({ tag: 'Unsupported', message: expect.stringContaining(words) });
  await says({ '.zarray': v2({ compressor: { id: 'bz2' } }) }, 'bz2');
  await says({ '.zarray': v2({ filters: [{ id: 'delta' }] }) }, 'delta');
  await says({ '.zarray': v2({ dtype: '|S4' }) }, '|S4');
  await says({ '.zarray': v2({ dtype: '<c8' }) }, '<c8');
  await says({ 'zarr.json': v3({ codecs: [{ name: 'bytes' }, { name: 'lzma' }] }) }, 'lzma');
  await says({ 'zarr.json': v3({ data_type: 'complex64' }) }, 'complex64');
  await says({ 'zarr.json': v3({ chunk_grid: { name: 'rectilinear' } }) }, 'rectilinear');
  await expect(refused({})).rejects.toMatchObject({ tag: 'Invalid', message: expect.stringContaining('no zarr array') });
  await expect(refused({ '.zarray': '{' })).rejects.toMatchObject({ tag: 'Invalid', place: { entry: '.zarray' } });
  await expect(refused({ '.zarray': v2({ shape: [2, 2] }) })).rejects.toMatchObject({ tag: 'Invalid' });
  await expect(refused({ '.zarray': v2({ chunks: [0, 1, 1] }) })).rejects.toMatchObject({ tag: 'Invalid' });
  await expect(refused({ '.zarray': v2({ chunks: [2e6, 2e6, 2e6] }) })).rejects.toMatchObject({ tag: 'Unsafe' });
  await expect(refused({ '.zarray': v2({}), '0.0.0': bytes(1, 2, 3) })).rejects.toMatchObject({ tag: 'CutOff' });
});

describeWithData('the golden sharded zarr', () => {
  it('stops at damage with a typed error', { timeout: 60_000 }, async () => {
    const file = new File([readFileSync(goldenPath('volume/formats/ome_zarr_v3_sharded.zip'))], 'z.zip');
    const listing = await listFiles([{ file, path: 'z.zip' }]);
    const whole = listingStore(listing, '');
    const files: Record<string, Uint8Array<ArrayBuffer>> = {};
    for (const path of listing.paths) files[path] = (await whole.readAll(path))!;
    const survey = async (changed: Files) => {
      try {
        await refused(changed);
        return 'data';
      } catch (error) {
        if (!isSomascopeError(error)) throw error;
        return error.tag;
      }
    };
    expect(await survey(files)).toBe('data');
    const shard = 's0/c/0/0/0';
    for (let cut = 0; cut < files[shard]!.length; cut += 97)
      expect(await survey({ ...files, [shard]: files[shard]!.slice(0, cut) })).not.toBe('data');
    const rng = makeRng(6);
    for (let round = 0; round < 400; round++) {
      const path = round % 2 ? shard : 's0/zarr.json';
      const damaged = files[path]!.slice();
      damaged[rng.below(damaged.length)]! ^= 1 << rng.below(8);
      await survey({ ...files, [path]: damaged });
    }
  });
});
