import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import type { Triple } from '../../base/volume.ts';
import { bytesSource } from '../source.ts';
import { loadVolume } from '../volume-files/load.ts';
import { openNifti, writeNifti } from './index.ts';

const shape: Triple = [3, 4, 5];
const labels = Uint8Array.from({ length: 60 }, (_, i) => i % 4);
const notes = { voxelSize: [2, 1.17, 1.17] as const, description: 'somascope', isLabels: true };
const written = writeNifti(labels, shape, notes);
const open = (bytes: Uint8Array) => openNifti(bytesSource('v.nii', bytes));
const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
const edited = (edit: (view: DataView) => void, bytes = written) => {
  const copy = bytes.slice();
  edit(new DataView(copy.buffer));
  return copy;
};

it('reads what it writes: voxels, size, labels; every type', async () => {
  const reader = await open(written);
  expect([reader.shape, reader.voxelSize, reader.kindHint, reader.notices]).toEqual([shape, [2, 1.17, 1.17], 'labels', []]);
  expect(await loadVolume(reader)).toEqual(labels);
  const plain = await open(
    writeNifti(
      Float32Array.from(labels, (v) => v / 3),
      shape,
      { ...notes, voxelSize: null, isLabels: false },
    ),
  );
  expect([plain.stored, plain.kindHint]).toEqual(['float32', undefined]);
  expect((await loadVolume(plain))[2]).toBeCloseTo(2 / 3, 6);
  expect(() => writeNifti(labels, [3, 4, 4], notes)).toThrow(RangeError);
  expect(() => writeNifti(new Uint8Array(40_000), [1, 1, 40_000], notes)).toThrow(/32,767 voxels along an axis/);
});

it('reads units, and says which it assumes', async () => {
  const size = async (code: number) => (await open(edited((view) => view.setUint8(123, code)))).voxelSize;
  expect(await size(3)).toEqual([2, 1.17, 1.17]);
  expect(await size(2)).toEqual([2000, 1170, 1170]);
  expect(await size(1)).toEqual([2e6, 1.17e6, 1.17e6]);
  expect((await open(edited((view) => view.setUint8(123, 0)))).notices).toEqual([
    'The NIfTI file names no unit of length; millimetres are assumed.',
  ]);
});

it('tells the scaling and leaves the voxels as stored', async () => {
  const scaled = edited((view) => {
    view.setFloat32(112, 0.5, true);
    view.setFloat32(116, 100, true);
  });
  const reader = await open(scaled);
  expect([reader.scaling, (await loadVolume(reader))[3]]).toEqual([{ slope: 0.5, intercept: 100 }, 3]);
  expect((await open(edited((view) => view.setFloat32(112, 0, true)))).scaling).toBeUndefined();
});

it('refuses by name', async () => {
  await expect(open(edited((view) => view.setInt16(70, 32, true)))).rejects.toMatchObject({
    tag: 'Unsupported',
    message: expect.stringContaining('complex'),
  });
  await expect(open(edited((view) => view.setInt16(70, 128, true)))).rejects.toMatchObject({
    message: expect.stringContaining('RGB'),
  });
  await expect(open(edited((view) => view.setUint8(344, 0)))).rejects.toMatchObject({
    tag: 'Unsupported',
    message: expect.stringContaining('Analyze'),
  });
  await expect(open(new TextEncoder().encode('not a volume at all'))).rejects.toMatchObject({
    tag: 'Invalid',
    place: { file: 'v.nii' },
  });
  const pair = edited((view) => view.setUint8(345, 0x69));
  await expect(open(pair)).rejects.toMatchObject({ message: expect.stringContaining('.img') });
  const image = bytesSource('v.img', labels);
  const reader = await openNifti(
    bytesSource(
      'v.hdr',
      edited((view) => view.setFloat32(108, 0, true), pair),
    ),
    { image },
  );
  expect(await loadVolume(reader)).toEqual(labels);
});

const survey = async (bytes: Uint8Array) => {
  try {
    return (await loadVolume(await open(bytes))).length;
  } catch (error) {
    if (!isSomascopeError(error) && !(error instanceof RangeError && /not within/.test(error.message))) throw error;
    return 'error';
  }
};

it('gives a typed error for every cut, plain and gzipped', async () => {
  for (let cut = 0; cut < written.length; cut++) expect(await survey(written.slice(0, cut)), `${cut}`).toBe('error');
  const packed = gzip(written);
  expect(await survey(packed)).toBe(60);
  for (let cut = 2; cut < packed.length - 8; cut += 3) expect(await survey(packed.slice(0, cut)), `gz ${cut}`).toBe('error');
});

it('survives every flipped bit of the header', { timeout: 60_000 }, async () => {
  for (let bit = 0; bit < 352 * 8; bit++)
    await survey(edited((view) => view.setUint8(bit >> 3, view.getUint8(bit >> 3) ^ (1 << (bit & 7)))));
  const packed = gzip(written);
  const rng = makeRng(1);
  for (let round = 0; round < 300; round++) {
    const damaged = packed.slice();
    damaged[rng.below(packed.length)]! ^= 1 << rng.below(8);
    await survey(damaged);
  }
});
