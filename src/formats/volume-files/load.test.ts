import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { entryAt } from '../../base/listing.ts';
import { type NumericArray, viewArray } from '../../base/ndarray.ts';
import { makeRng } from '../../base/rng.ts';
import type { Triple } from '../../base/volume.ts';
import { zipFile } from '../../test/zip-writer.ts';
import { entryStream } from '../entry-stream.ts';
import { listFiles } from '../listing.ts';
import { openNpyVolume, readNpy, writeNpy, writeNpz } from '../npy/index.ts';
import { openNpzVolumes } from '../npy/npz-volume.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import { UNFIT } from './labels.ts';
import { loadLabels, loadVolume, readSlabs } from './load.ts';
import { permuteVolume } from './permute.ts';

const shape: Triple = [7, 5, 6];
const volumeOf = (
  data: NumericArray | BigUint64Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>,
  extents: readonly number[] = shape,
) => openNpyVolume(bytesSource('v.npy', writeNpy({ data, shape: extents })));
const big = (values: readonly bigint[]) => BigUint64Array.from(values);

it('reads any box of a volume, in C and in Fortran order', async () => {
  const data = Uint16Array.from({ length: 210 }, (_, i) => i);
  const fortran = writeNpy({
    data: Uint16Array.from({ length: 210 }, (_, i) => (i % 7) * 30 + (Math.floor(i / 7) % 5) * 6 + Math.floor(i / 35)),
    shape,
  });
  const header = new TextDecoder('latin1').decode(fortran.subarray(0, 128)).replace('False', 'True ');
  fortran.set(new TextEncoder().encode(header.slice(10)), 10);
  const rng = makeRng(4);
  for (const reader of [await volumeOf(data), await openNpyVolume(bytesSource('f.npy', fortran))]) {
    expect(reader.shape).toEqual(shape);
    for (let round = 0; round < 60; round++) {
      const from = shape.map((extent) => rng.below(extent)) as unknown as Triple;
      const to = shape.map((extent, axis) => from[axis]! + 1 + rng.below(extent - from[axis]!)) as unknown as Triple;
      const box = await reader.readBox(from, to);
      let i = 0;
      for (let z = from[0]; z < to[0]; z++)
        for (let y = from[1]; y < to[1]; y++) for (let x = from[2]; x < to[2]; x++) expect(box[i++]).toBe(z * 30 + y * 6 + x);
      expect(i).toBe(box.length);
    }
    await expect(reader.readBox([0, 0, 0], [8, 1, 1])).rejects.toThrow(RangeError);
    await expect(reader.readBox([1, 0, 0], [1, 1, 1])).rejects.toThrow(RangeError);
  }
});

it('puts axes in another order', async () => {
  const reader = permuteVolume(
    { ...(await volumeOf(Uint8Array.from({ length: 210 }, (_, i) => i))), voxelSize: [3, 2, 1] },
    [2, 0, 1],
  );
  expect([reader.shape, reader.voxelSize]).toEqual([
    [6, 7, 5],
    [1, 3, 2],
  ]);
  const box = await reader.readBox([1, 2, 3], [3, 4, 5]);
  expect([...box]).toEqual([1, 2].flatMap((x) => [2, 3].flatMap((z) => [3, 4].map((y) => z * 30 + y * 6 + x))));
});

it('drops axes of one value and says so, and refuses what is no volume', async () => {
  const data = new Uint8Array(12);
  const dropped = await volumeOf(data, [1, 2, 2, 3, 1]);
  expect([dropped.shape, dropped.notices]).toEqual([
    [2, 2, 3],
    ['The array is 1 × 2 × 2 × 3 × 1; it is shown as 2 × 2 × 3 (z, y, x).'],
  ]);
  expect((await volumeOf(data, [4, 3])).shape).toEqual([1, 4, 3]);
  await expect(volumeOf(data, [12])).rejects.toMatchObject({
    tag: 'Unsupported',
    message: expect.stringContaining('this array is 12'),
  });
  await expect(volumeOf(data, [2, 2, 1, 3])).rejects.toMatchObject({ message: expect.stringContaining('2 × 2 × 1 × 3') });
  await expect(volumeOf(new Uint8Array(0), [0, 3, 3])).rejects.toMatchObject({
    tag: 'Unsupported',
    message: expect.stringContaining('no voxels'),
  });
});

it('narrows labels to the smallest type that holds all of them', async () => {
  const load = async (...values: bigint[]) => loadLabels(await volumeOf(big(values), [values.length, 1, 1]), { slabBytes: 8 });
  expect((await load(1n, 255n)).data).toEqual(Uint8Array.of(1, 255));
  expect((await load(1n, 255n, 256n, 3n)).data).toEqual(Uint16Array.of(1, 255, 256, 3));
  expect((await load(7n, 300n, 70_000n, 2n)).data).toEqual(Uint32Array.of(7, 300, 70_000, 2));
});

it('counts labels that do not fit into 32 bits, and refuses those of 2^53 and more', async () => {
  const found = await loadLabels(await volumeOf(big([1n, 2n ** 32n, 2n ** 53n - 1n, 5n]), [1, 2, 2]));
  expect([...found.data]).toEqual([1, UNFIT, UNFIT, 5]);
  expect([found.unfit, found.notices]).toEqual([2, ['2 voxels have labels beyond 32 bits; they are shown as one label.']]);
  await expect(loadLabels(await volumeOf(big([0n, 2n ** 53n, 2n ** 63n]), [1, 1, 3]))).rejects.toMatchObject({
    tag: 'Unsupported',
    message: '2 of the 64-bit integers are 2^53 or more (the first is 9007199254740992): they cannot be held exactly.',
    place: { index: 1 },
  });
});

it('takes whole float labels with a notice, and refuses fractions and negative numbers with their place', async () => {
  const whole = await loadLabels(await volumeOf(Float32Array.of(0, 3, 1, 2), [1, 2, 2]));
  expect([[...whole.data], whole.notices[0]]).toEqual([[0, 3, 1, 2], expect.stringContaining('float32')]);
  await expect(loadLabels(await volumeOf(Float32Array.of(0, 1, 0.37, 0), [1, 2, 2]))).rejects.toMatchObject({
    tag: 'Invalid',
    message: expect.stringMatching(/^0\.3\d* at z 0, y 1, x 0 is no label/),
  });
  await expect(loadLabels(await volumeOf(Int16Array.of(0, -1), [2, 1, 1]))).rejects.toMatchObject({
    message: expect.stringContaining('-1 at z 1'),
  });
  await expect(loadLabels(await volumeOf(BigInt64Array.of(0n, -1n), [2, 1, 1]))).rejects.toMatchObject({ tag: 'Invalid' });
  await expect(loadLabels(await volumeOf(Float64Array.of(Number.NaN), [1, 1, 1]))).rejects.toMatchObject({ tag: 'Invalid' });
});

it('holds no more of a large deflated file than a window, and reads it once', { timeout: 60_000 }, async () => {
  // 24 MB of uint64 labels in a zip, unpacked with a window of the defaults' kind: never kept whole.
  const extents: Triple = [48, 256, 256];
  const labels = BigUint64Array.from({ length: 48 * 65_536 }, (_, i) => BigInt(Math.floor(i / 997) % 4));
  const npy = writeNpy({ data: labels, shape: extents });
  const file = await zipFile('labels.zip', [{ name: 'l.npy', data: npy }], {
    deflate: (bytes) => new Uint8Array(deflateRawSync(bytes)),
  });
  const listing = await listFiles([{ file, path: 'labels.zip' }]);
  const { source, isSequential } = entryStream(entryAt(listing, 0), { wholeBytes: 2 ** 20 });
  let largest = 0;
  const watched: ByteSource = {
    ...source,
    read: (offset, length, signal) => {
      largest = Math.max(largest, length);
      return source.read(offset, length, signal);
    },
  };
  const reader = await openNpyVolume(watched, { isSequential });
  expect(reader.isSequential).toBe(true);
  const found = await loadLabels(reader);
  expect(largest).toBeLessThanOrEqual(8 * 2 ** 20);
  expect(found.data).toBeInstanceOf(Uint8Array);
  for (let i = 0; i < found.data.length; i += 991) expect(found.data[i]).toBe(Math.floor(i / 997) % 4);
  // Going back begins anew.
  const [first] = await reader.readBox([0, 0, 0], [1, 1, 1]);
  expect(first).toBe(0);
});

it('stops at a large deflated entry whose bytes are not those that were written', async () => {
  const npy = writeNpy({ data: Uint8Array.from({ length: 300_000 }, (_, i) => i % 7), shape: [3, 100, 1000] });
  const deflate = (bytes: Uint8Array) => new Uint8Array(deflateRawSync(bytes));
  const open = async (lie: Record<string, number>, packed?: Uint8Array) => {
    const file = await zipFile('x.zip', [{ name: 'x.npy', data: npy, lie, ...(packed && { packed }) }], { deflate });
    const listing = await listFiles([{ file, path: 'x.zip' }]);
    return loadVolume(await openNpyVolume(entryStream(entryAt(listing, 0), { wholeBytes: 1000 }).source));
  };
  expect(await open({})).toHaveLength(300_000);
  await expect(open({ crc: 12345 })).rejects.toMatchObject({ tag: 'Checksum', place: { entry: 'x.npy' } });
  await expect(open({ size: npy.length - 5000 })).rejects.toBeDefined();
  await expect(open({}, deflate(npy.subarray(0, 1000)))).rejects.toMatchObject({ tag: 'Invalid' });
});

it('streams in whole bricks, in order, and stops when it is told to', async () => {
  const reader = await volumeOf(Uint8Array.from({ length: 210 }, (_, i) => i));
  const slabs: [number, number, number][] = [];
  for await (const { z, planes, data } of readSlabs({ ...reader, brick: [2, 5, 6] }, { slabBytes: 100 }))
    slabs.push([z, planes, data[0]!]);
  expect(slabs).toEqual([
    [0, 2, 0],
    [2, 2, 60],
    [4, 2, 120],
    [6, 1, 180],
  ]);
  const controller = new AbortController();
  controller.abort();
  await expect(loadVolume(reader, { signal: controller.signal })).rejects.toMatchObject({ tag: 'Aborted' });
});

it('opens every volume of an npz, names what is none, and writes one that opens again', async () => {
  const bytes = (pieces: readonly Uint8Array<ArrayBuffer>[]) => new File([...pieces], 'a.npz');
  const data = Uint8Array.from({ length: 210 }, (_, i) => i % 4);
  const file = bytes(writeNpz({ image: { data, shape }, info: { data: Float32Array.of(1, 2), shape: [2] } }));
  const listing = await listFiles([{ file, path: 'a.npz' }]);
  const volumes = await openNpzVolumes(entryAt(listing, 0));
  expect(volumes.map(({ name }) => name)).toEqual(['a.npz/image']);
  expect(volumes[0]!.notices).toEqual([expect.stringMatching(/^info was left out: A volume has three axes/)]);
  expect(await loadVolume(volumes[0]!)).toEqual(data);
  const none = await listFiles([{ file: bytes(writeNpz({ info: { data: Float32Array.of(1), shape: [1] } })), path: 'b.npz' }]);
  await expect(openNpzVolumes(entryAt(none, 0))).rejects.toMatchObject({ tag: 'Unsupported' });
  expect(readNpy(writeNpy({ data, shape }), 'x').data).toEqual(viewArray('uint8', data.buffer, 0, 210));
});
