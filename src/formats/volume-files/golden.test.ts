// Every container of the golden set: the voxels are those that were written, to the byte. (The lossy picture and bare Blosc frames
// have tests of their own.)
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { NumericArray } from '../../base/ndarray.ts';
import type { Triple, VolumeFormat } from '../../base/volume.ts';
import { droppedFiles, sha256 } from '../../test/golden-volume.ts';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { listFiles } from '../listing.ts';
import type { VolumeReader } from '../volume.ts';
import { loadVolume } from './load.ts';
import { openVolumeFile } from './open.ts';

interface Container {
  readonly file: string;
  readonly shape_zyx: Triple;
  readonly dtype: string;
  readonly sha256_c_order_le: string;
  readonly sum: number;
  readonly entry?: string;
  readonly array?: string;
}

const FORMATS: readonly (readonly [ending: RegExp, format: VolumeFormat])[] = [
  [/\.npy$/, 'npy'],
  [/\.npz$/, 'npz'],
  [/\.npygz$/, 'npygz'],
  [/\.nii(\.gz)?$/, 'nifti'],
  [/\.nrrd$/, 'nrrd'],
  [/\.tif$|^tiff_stack/, 'tiff'],
  [/^png_/, 'png'],
  [/zarr/, 'zarr'],
  [/\.h5$/, 'hdf5'],
];
const formatOf = (file: string) => FORMATS.find(([ending]) => ending.test(file))?.[1];

/** The voxels in the type of the file: 64-bit integers were narrowed. */
function asStored(data: NumericArray, dtype: string): NumericArray | BigUint64Array {
  return dtype.endsWith('int64') ? BigUint64Array.from(data, BigInt) : data;
}

async function openGolden(file: string): Promise<VolumeReader[]> {
  const format = formatOf(file)!;
  const listing = await listFiles(droppedFiles(goldenPath(`volume/formats/${file}`)));
  const pages = { tiff: /\.tif$/, png: /\.png$/ } as Partial<Record<VolumeFormat, RegExp>>;
  const entries = [...listing.paths.keys()].filter((i) => (pages[format] ?? /./).test(listing.paths[i]!));
  return openVolumeFile(listing, { format, name: file, entries, root: '' });
}

describeWithData('the golden containers', () => {
  const manifest: readonly Container[] = JSON.parse(readFileSync(goldenPath('volume/formats/manifest.json'), 'utf8'));
  const files = manifest.filter(({ file }) => formatOf(file));

  it('are all here, and the others have their own tests', () => {
    expect(manifest).toHaveLength(54);
    expect(new Set(manifest.map(({ file }) => file)).size).toBe(54);
    expect(files).toHaveLength(46);
    expect(manifest.map(({ file }) => file).filter((file) => !formatOf(file))).toEqual([
      // In formats/picture.browser.test.ts: it is lossy.
      'bossdb_cutout.jpg',
      // In formats/blosc/blosc.test.ts: frames without a container.
      'blosc_lz4_shuf1_u64.bin',
      'blosc_blosclz_shuf1_u64.bin',
      'blosc_zlib_shuf1_u64.bin',
      'blosc_zstd_shuf1_u64.bin',
      'blosc_lz4_shuf2_u64.bin',
      'blosc_lz4_shuf0_u64.bin',
      'blosc_lz4_shuf1_u8.bin',
    ]);
  });

  it.each(files.map((item) => [item.file, item] as const))('%s', async (file, item) => {
    const readers = await openGolden(file);
    // The manifest names the member of an npz; of the HDF5 file it means the dataset `image`.
    const member = item.entry?.replace('.npy', '') ?? (file.endsWith('.h5') ? 'image' : undefined);
    const reader = readers.find(({ name }) => !member || name.endsWith(`/${member}`))!;
    expect(reader.shape).toEqual(item.shape_zyx);
    const data = await loadVolume(reader);
    expect(sha256(asStored(data, item.dtype))).toBe(item.sha256_c_order_le);
    const box = await reader.readBox([3, 4, 5], [9, 20, 30]);
    for (let z = 0; z < 6; z++)
      for (let y = 0; y < 16; y++)
        for (let x = 0; x < 25; x++) expect(box[(z * 16 + y) * 25 + x]).toBe(data[((z + 3) * 21 + y + 4) * 37 + x + 5]);
  });
});
