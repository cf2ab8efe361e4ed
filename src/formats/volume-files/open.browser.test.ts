// The sample as a browser opens it: the same voxels whether an entry is unpacked whole or on the way.
import { expect, it } from 'vitest';
import { listFiles } from '../listing.ts';
import { writeNifti } from '../nifti/index.ts';
import { loadLabels, loadVolume } from './load.ts';
import { openVolumeFile } from './open.ts';

const file = new File([await (await fetch('/samples/volume.zip')).blob()], 'volume.zip');
const listing = await listFiles([{ file, path: 'volume.zip' }]);
/** `toEqual` takes seconds for a million voxels. */
const differing = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).findIndex((value, i) => value !== b[i]);
const open = async (index: number, wholeBytes?: number) => {
  const [reader] = await openVolumeFile(
    listing,
    { format: 'npy', name: 'x', entries: [index] },
    wholeBytes === undefined ? {} : { wholeBytes },
  );
  return reader!;
};

it('opens every array of the sample', async () => {
  expect(listing.paths.map((path) => path.split('/').at(-1))).toEqual([
    'image.npy',
    'roi_labels.npy',
    'pixel_labels.npy',
    'pred_pixel_labels.npy',
  ]);
  for (const index of listing.paths.keys()) expect((await open(index)).shape).toEqual([48, 144, 160]);
});

it('streams what it would unpack whole', async () => {
  const whole = await loadLabels(await open(2));
  const reader = await open(2, 1000);
  expect(reader.isSequential).toBe(true);
  const streamed = await loadLabels(reader, { slabBytes: 100_000 });
  expect([streamed.shape, streamed.data.length, differing(streamed.data, whole.data)]).toEqual([
    whole.shape,
    whole.data.length,
    -1,
  ]);
  expect(whole.largest).toBe(3);
});

it('opens a gzipped NIfTI file that it wrote', async () => {
  const image = await loadVolume(await open(0));
  const bytes = writeNifti(image, [48, 144, 160], { voxelSize: [1.17, 1.17, 1.17], description: 'sample', isLabels: false });
  const packed = await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
  const dropped = await listFiles([{ file: new File([packed], 'a.nii.gz'), path: 'a.nii.gz' }]);
  const [reader] = await openVolumeFile(dropped, { format: 'nifti', name: 'a.nii.gz', entries: [0] });
  expect([reader!.shape, reader!.voxelSize]).toEqual([
    [48, 144, 160],
    [1.17, 1.17, 1.17],
  ]);
  expect(differing(await loadVolume(reader!), image)).toBe(-1);
});
