// Files that others wrote: nibabel's, pynrrd's and neuroglancer's test data, real X-ray stacks, the synthetic MTNeuro set.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { entryAt } from '../../base/listing.ts';
import type { VolumeFormat } from '../../base/volume.ts';
import { droppedFiles, sha256 } from '../../test/golden-volume.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { entrySource, listFiles } from '../listing.ts';
import { openNifti } from '../nifti/index.ts';
import type { VolumeReader } from '../volume.ts';
import { loadLabels, loadVolume } from './load.ts';
import { openVolumeFile } from './open.ts';

const BALL = '283a970d9df9586bf9c7f44175cbf60a845a3991c12a53a120113f1e1c0e8eac';

async function openAll(paths: readonly string[], format: VolumeFormat, ending = /./, root = ''): Promise<VolumeReader[]> {
  const listing = await listFiles(paths.flatMap((path) => droppedFiles(dataPath(path))));
  const entries = [...listing.paths.keys()].filter((i) => ending.test(listing.paths[i]!));
  return openVolumeFile(listing, { format, name: paths[0]!, entries, root });
}

interface Golden {
  readonly shape: readonly number[];
  readonly zooms: readonly number[];
  readonly scaled: { readonly max: number };
  readonly stored: { readonly sha256_c_order_le: string };
}

describeWithData('files that others wrote', () => {
  const golden: Readonly<Record<string, Golden>> = JSON.parse(readFileSync(goldenPath('formats/volume.json'), 'utf8'));

  it.each(Object.keys(golden).filter((name) => /\.nii/.test(name)))('%s', async (name) => {
    const { shape, zooms, scaled, stored } = golden[name]!;
    const listing = await listFiles(droppedFiles(dataPath(`formats-volume/${name}`)));
    const volumes = shape[3] ?? 1;
    const parts: Uint8Array[] = [];
    let top = -Infinity;
    for (let volume = 0; volume < volumes; volume++) {
      const reader = await openNifti(entrySource(entryAt(listing, 0)), { volume });
      expect(reader.shape).toEqual([shape[2], shape[1], shape[0]]);
      for (const [axis, size] of reader.voxelSize!.entries()) expect(size / 1000).toBeCloseTo(zooms[2 - axis]!, 5);
      const data = await loadVolume(reader);
      const { slope, intercept } = reader.scaling ?? { slope: 1, intercept: 0 };
      for (const value of data) top = Math.max(top, value * slope + intercept);
      parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    expect(sha256(new Uint8Array(Buffer.concat(parts)))).toBe(stored.sha256_c_order_le);
    expect(top).toBeCloseTo(scaled.max, 2);
  });

  it.each([
    ['.nrrd', '.nrrd'],
    ['.nhdr', '.nhdr', '.raw'],
    ['_gz.nrrd', '_gz.nrrd'],
    ['_gz_lineskip.nrrd', '_gz_lineskip.nrrd'],
    ['_byteskip_minus_one.nhdr', '_byteskip_minus_one.nhdr', '.raw'],
    ['_byteskip_minus_one_nifti.nhdr', '_byteskip_minus_one_nifti.nhdr', '.nii.gz'],
  ])('BallBinary30x30x30%s', async (_, ...endings) => {
    const files = endings.map((ending) => `formats-volume/pynrrd/BallBinary30x30x30${ending}`);
    const [reader] = await openAll(files, 'nrrd');
    expect([reader!.shape, reader!.stored, reader!.voxelSize]).toEqual([[30, 30, 30], 'int16', undefined]);
    expect(sha256(await loadVolume(reader!))).toBe(BALL);
  });

  it('refuses bzip2, negative skips, arrays of one axis are lines, two are a slice', async () => {
    const open = (name: string) => openAll([`formats-volume/pynrrd/${name}`], 'nrrd');
    await expect(open('BallBinary30x30x30_bz2.nrrd')).rejects.toMatchObject({
      tag: 'Unsupported',
      message: expect.stringContaining('bzip2'),
    });
    await expect(open('BallBinary30x30x30.nhdr')).rejects.toMatchObject({
      tag: 'Invalid',
      message: expect.stringContaining('.raw'),
    });
    const five = [
      'formats-volume/pynrrd/BallBinary30x30x30_byteskip_minus_five.nhdr',
      'formats-volume/pynrrd/BallBinary30x30x30.raw',
    ];
    await expect(openAll(five, 'nrrd')).rejects.toMatchObject({
      tag: 'Invalid',
      message: expect.stringContaining('byte skip'),
      place: { file: expect.stringMatching(/\.nhdr$/) },
    });
    const [slice] = await open('test2d_ascii.nrrd');
    expect([slice!.shape, slice!.voxelSize]).toEqual([
      [1, 9, 3],
      [1.0458, 2, 1.0458],
    ]);
    expect([...(await loadVolume(slice!))]).toEqual(Array.from({ length: 27 }, (_, i) => i + 1));
    expect((await open('test1d_ascii.nrrd'))[0]!.shape).toEqual([1, 1, 27]);
    const [tiny] = await open('test_simple4d_raw.nrrd');
    expect([tiny!.shape, tiny!.voxelSize]).toEqual([
      [1, 1, 1],
      [1000, 1500, 1500],
    ]);
  });

  it('reads every volume of the manifest or refuses it by name', async () => {
    const manifest: readonly { file: string }[] = JSON.parse(readFileSync(dataPath('formats-volume/manifest.json'), 'utf8'));
    const files = manifest.map(({ file }) => file).filter((file) => /\.(nrrd|nhdr|nii|nii\.gz)$/.test(file));
    expect(files).toHaveLength(20);
    const beside = manifest.map(({ file }) => file).filter((file) => /^pynrrd\/.*\.(raw|nii\.gz)$/.test(file));
    const outcome: Record<string, string> = {};
    for (const file of files) {
      const isNrrd = /\.(nrrd|nhdr)$/.test(file);
      const paths = file.endsWith('.nhdr') ? [file, ...beside] : [file];
      try {
        const [reader] = await openAll(
          paths.map((path) => `formats-volume/${path}`),
          isNrrd ? 'nrrd' : 'nifti',
        );
        const data = await loadVolume(reader!);
        outcome[file] = /Ball/.test(file) && isNrrd ? sha256(data) : reader!.shape.join(' ');
      } catch (error) {
        outcome[file] = isSomascopeError(error) ? error.message : 'not ours';
      }
    }
    expect(outcome).toEqual({
      'neuroglancer/standard.nii': '7 5 4',
      'neuroglancer/standard.nii.gz': '7 5 4',
      'nifti/anatomical.nii': '25 41 33',
      'nifti/example_nifti2.nii.gz': '12 20 32',
      'nifti/functional.nii': '3 21 17',
      'pynrrd/BallBinary30x30x30.nhdr': BALL,
      'pynrrd/BallBinary30x30x30.nii.gz': '30 30 30',
      'pynrrd/BallBinary30x30x30.nrrd': BALL,
      'pynrrd/BallBinary30x30x30_byteskip_minus_five.nhdr': expect.stringContaining('“byte skip” is -5'),
      'pynrrd/BallBinary30x30x30_byteskip_minus_one.nhdr': BALL,
      'pynrrd/BallBinary30x30x30_byteskip_minus_one_nifti.nhdr': BALL,
      'pynrrd/BallBinary30x30x30_bz2.nrrd': expect.stringContaining('bzip2'),
      'pynrrd/BallBinary30x30x30_gz.nrrd': BALL,
      'pynrrd/BallBinary30x30x30_gz_byteskip_minus_one.nrrd': BALL,
      'pynrrd/BallBinary30x30x30_gz_lineskip.nrrd': BALL,
      // Its data file has a header of its own, which it does not skip.
      'pynrrd/BallBinary30x30x30_nifti.nhdr': expect.stringContaining('a NIfTI file'),
      'pynrrd/test1d_ascii.nrrd': '1 1 27',
      'pynrrd/test2d_ascii.nrrd': '1 9 3',
      'pynrrd/test_customFields.nrrd': '1 1 27',
      'pynrrd/test_simple4d_raw.nrrd': '1 1 1',
    });
  });

  it('reads OME-Zarr 0.4 and 0.5 of two axes, with their coarser levels', async () => {
    for (const [path, root] of [
      ['formats-volume/neuroglancer/ome_zarr_simple_0.4', 'ome_zarr_simple_0.4'],
      ['formats-volume/neuroglancer/simple_0.5.zip', ''],
    ] as const) {
      const [reader] = await openAll([path], 'zarr', /./, root);
      expect(reader!.shape).toEqual([1, 10, 10]);
      expect(reader!.voxelSize).toEqual([0.03, 0.004, 0.03]);
      expect(reader!.levels!.map(({ shape }) => shape)).toEqual([
        [1, 5, 5],
        [1, 2, 2],
      ]);
      const data = await loadVolume(reader!);
      expect([data.length, reader!.stored]).toEqual([100, 'uint16']);
      expect(new Set(data).size).toBeGreaterThan(10);
    }
  });

  it.each([
    ['xray-thc-cubes/test_cube2_64slices.zip', 64],
    ['xray-thc-cubes/test_cube3_200slices.zip', 200],
  ])('reads the real stack %s, any slab of it', async (path, depth) => {
    const [reader] = await openAll([path], 'tiff', /\.tif$/);
    expect([reader!.shape, reader!.stored]).toEqual([[depth, 200, 200], 'uint8']);
    const whole = await loadVolume(reader!);
    const box = await reader!.readBox([10, 5, 150], [14, 25, 200]);
    for (let i = 0; i < box.length; i++) {
      const [z, y, x] = [Math.floor(i / 1000), Math.floor(i / 50) % 20, i % 50];
      expect(box[i]).toBe(whole[(z + 10) * 40_000 + (y + 5) * 200 + x + 150]);
    }
    expect(Array.from(whole).some((value) => value > 100)).toBe(true);
  });

  it('narrows the labels of the MTNeuro set to bytes, in the zip', async () => {
    const [labels] = await openAll(['xray-mini/mtneuro-mini.zip'], 'npy', /4classtestlabels/);
    expect([labels!.shape, labels!.stored, labels!.kindHint]).toEqual([[20, 256, 256], 'uint64', 'labels']);
    const { data, largest, notices } = await loadLabels(labels!, { slabBytes: 2 ** 20 });
    expect([data.constructor, data.length, largest, notices]).toEqual([Uint8Array, 20 * 65_536, 3, []]);
  });

  it('opens every member of an npz', async () => {
    const volumes = await openAll(['xray-mini/xray-mini.npz'], 'npz');
    expect(volumes.map(({ name, stored }) => [name, stored])).toEqual([
      ['xray-mini.npz/image', 'uint8'],
      ['xray-mini.npz/pixel_labels', 'uint8'],
      ['xray-mini.npz/roi_labels', 'uint8'],
      ['xray-mini.npz/cell_ids', 'uint16'],
    ]);
    expect(volumes.every(({ shape }) => shape.join() === '64,256,256')).toBe(true);
    const masks = await openAll(['xray-real/microstructure_masks.npz'], 'npz');
    expect(masks.map(({ name, shape }) => [name, shape])).toEqual(
      ['ctx', 'str', 'trn', 'zi'].map((name) => [`microstructure_masks.npz/${name}`, [32, 128, 128]]),
    );
  });
});
