import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { buildTiff, type TiffEntry } from '../../test/tiff-builder.ts';
import { bytesSource } from '../source.ts';
import { loadVolume } from '../volume-files/load.ts';
import { openTiffVolume, type StackFile } from './index.ts';

const page = (width: number, height: number, values: number[], samples = 1, more: TiffEntry[] = []) => ({
  entries: [
    { tag: 256, type: 3, values: [width] },
    { tag: 257, type: 3, values: [height] },
    { tag: 258, type: 3, values: new Array<number>(samples).fill(8) },
    { tag: 277, type: 3, values: [samples] },
    { tag: 278, type: 3, values: [height] },
    ...more,
  ] as TiffEntry[],
  blocks: [Uint8Array.from(values)],
});
const file = (name: string, ...pages: ReturnType<typeof page>[]): StackFile => ({
  name,
  open: () => bytesSource(name, buildTiff(pages)),
});
const text = (words: string): TiffEntry => ({ tag: 270, type: 2, values: [...words, '\0'].map((char) => char.charCodeAt(0)) });

it('reads the pages of one file, and one page of each of many', async () => {
  const pages = [page(2, 1, [1, 2]), page(2, 1, [3, 4]), page(2, 1, [5, 6])];
  const one = await openTiffVolume('v', [file('v.tif', ...pages)]);
  expect([one.shape, [...(await loadVolume(one))]]).toEqual([
    [3, 1, 2],
    [1, 2, 3, 4, 5, 6],
  ]);
  const many = await openTiffVolume(
    'v',
    pages.map((content, i) => file(`${i}.tif`, content)),
  );
  expect([many.shape, [...(await loadVolume(many))]]).toEqual([
    [3, 1, 2],
    [1, 2, 3, 4, 5, 6],
  ]);
  expect([...(await many.readBox([1, 0, 1], [3, 1, 2]))]).toEqual([4, 6]);
});

it('shows the first of several values and leaves out pages of another size, and says so', async () => {
  const reader = await openTiffVolume('v', [
    file('v.tif', page(2, 1, [1, 2, 3, 4, 5, 6], 3), page(1, 1, [9]), page(2, 1, [7, 8, 9, 10, 11, 12], 3)),
  ]);
  expect([...(await loadVolume(reader))]).toEqual([1, 4, 7, 10]);
  expect(reader.notices).toEqual([
    'Each pixel has 3 values; the first is shown.',
    '1 pages of another size or type were left out.',
  ]);
});

it('names the slice whose size is another', async () => {
  const reader = await openTiffVolume('v', [file('a.tif', page(2, 1, [1, 2])), file('b.tif', page(1, 2, [1, 2]))]);
  expect([...(await reader.readBox([0, 0, 0], [1, 1, 2]))]).toEqual([1, 2]);
  await expect(loadVolume(reader)).rejects.toMatchObject({
    tag: 'Invalid',
    place: { file: 'b.tif' },
    message: expect.stringContaining('2 × 1 of uint8'),
  });
});

it('takes the voxel size from OME-XML', async () => {
  const size = async (words: string) => (await openTiffVolume('v', [file('v.tif', page(1, 1, [1], 1, [text(words)]))])).voxelSize;
  expect(
    await size(
      '<OME><Pixels PhysicalSizeX="500" PhysicalSizeXUnit="nm" PhysicalSizeY="2" PhysicalSizeZ="0.003" PhysicalSizeZUnit="mm"/></OME>',
    ),
  ).toEqual([3, 2, 0.5]);
  expect(await size('<OME><Pixels PhysicalSizeX="1.5" PhysicalSizeY="2"/></OME>')).toEqual([1.5, 2, 1.5]);
  expect(await size('<OME><Pixels/></OME>')).toBeUndefined();
  expect(await size('ImageJ=1.54f\nunit=micron\nspacing=2\n')).toBeUndefined();
  expect(await size('a picture of a cat')).toBeUndefined();
});

describeWithData('voxel sizes in real stacks', () => {
  const open = (path: string) => {
    const bytes = Uint8Array.from(readFileSync(path));
    return openTiffVolume('v', [{ name: 'v.tif', open: () => bytesSource('v.tif', bytes) }]);
  };

  it('reads those of OME-TIFF and of ImageJ', async () => {
    expect((await open(goldenPath('volume/formats/ome.ome.tif'))).voxelSize).toEqual([1.17, 1.17, 1.17]);
    expect((await open(goldenPath('volume/formats/imagej.tif'))).voxelSize).toEqual([1.17, 1.17, 1.17]);
  });
});
