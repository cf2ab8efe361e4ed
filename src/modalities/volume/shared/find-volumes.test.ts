import { expect, it } from 'vitest';
import { ENTRY_FIELDS, type FileListing } from '../../../base/listing.ts';
import { findVolumes, type VolumeSet } from './find-volumes.ts';

const npy = (descr: string, ...shape: number[]) => {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`.padEnd(117);
  return `\x93NUMPY\x01\x00\x76\x00${text}\n`;
};
const npz = (member: string) => `PK\x03\x04${'\0'.repeat(22)}${String.fromCharCode(member.length, 0)}\0\0${member}`;

/** Paths with their first bytes, as characters. */
function find(files: Readonly<Record<string, string>>): Promise<VolumeSet[]> {
  const paths = Object.keys(files);
  const listing: FileListing = {
    files: [new File([], 'dropped.zip')],
    paths,
    table: new Float64Array(paths.length * ENTRY_FIELDS),
  };
  const head = async (index: number) => Uint8Array.from(files[paths[index]!]!, (char) => char.charCodeAt(0));
  return findVolumes(listing, head);
}
const roles = ({ volumes }: VolumeSet) => volumes.map(({ name, role, labels }) => [name, role, labels]);

it('pairs the benchmark’s own files, a set a mode, with the region labels of the same mode', async () => {
  const sets = await find({
    'downloads/task2_2D_4classtestlabels.npy': npy('<u8', 20, 256, 256),
    'downloads/task2_2D_4classtestimages.npy': npy('|u1', 20, 256, 256),
    'downloads/task1testlabels.npy': npy('<u8', 20, 256, 256),
    'downloads/task2_2D_4classvalimages.npy': npy('|u1', 116, 256, 256),
    'downloads/my_pred.npy': npy('|u1', 20, 256, 256),
    '__MACOSX/downloads/._task1testlabels.npy': 'junk',
  });
  expect(sets.map(({ name, score, isSplit, mode }) => [name, score, isSplit, mode])).toEqual([
    ['task2_2D_4class test', 1, true, 'test'],
    ['task2_2D_4class val', 1, true, 'val'],
  ]);
  expect(roles(sets[0]!)).toEqual([
    ['task2_2D_4classtestimages.npy', 'image', undefined],
    ['task2_2D_4classtestlabels.npy', 'truth', 'microstructure'],
    ['task1testlabels.npy', 'truth', 'regions'],
    ['my_pred.npy', 'prediction', undefined],
  ]);
  expect(sets[0]!.reason).toBe('found task2_2D_4class test images and labels of MTNeuro');
});

it('keeps a mismatched label file with its pictures, so that somebody is told', async () => {
  const [set] = await find({
    'task2testimages.npy': npy('|u1', 20, 256, 256),
    'task2testlabels.npy': npy('<u8', 16, 256, 256),
  });
  expect(set!.volumes).toHaveLength(2);
});

it('takes an npz by its name or by its first member', async () => {
  const sets = await find({ 'xray-mini.npz': npz('image.npy'), 'pred.npz': npz('pixel_labels.npy'), 'cells.json': '{}' });
  expect(sets).toHaveLength(1);
  expect(roles(sets[0]!)).toEqual([
    ['xray-mini.npz', 'image', undefined],
    ['pred.npz', 'prediction', undefined],
  ]);
});

it('knows the masks of the xray-thc notebooks, whose numbers are others', async () => {
  const sets = await find({ 'masks_ctx.npz': npz('arr_0.npy'), 'x/microstructure_masks.npz': npz('ctx.npy') });
  expect(sets.flatMap(({ volumes }) => volumes.map(({ role, labels, convention }) => [role, labels, convention]))).toEqual([
    ['truth', 'microstructure', 'xray-thc-notebooks'],
    ['truth', 'microstructure', 'xray-thc-notebooks'],
  ]);
});

it('leaves alone what others claim', async () => {
  const movie = npy('<u2', 300, 512, 512);
  expect(await find({ 'movie.npy': movie })).toEqual([]);
  expect(await find({ 'images.npy': npy('<f4', 300, 64, 64) })).toEqual([]);
  expect(
    await find({ 'neurofinder.00.00/images/image00000.tiff': 'II', 'neurofinder.00.00/images/image00001.tiff': 'II' }),
  ).toEqual([]);
  expect(await find({ 'stack.tif': 'II' })).toEqual([]);
  expect(await find({ 'run/a_0001.tif': 'II', 'run/a_0002.tif': 'II' })).toEqual([]);
  expect(await find({ 'spikes.npz': npz('spike_times.npy'), 'templates.npy': npy('<f4', 10, 82, 32) })).toEqual([]);
  expect(await find({ 'labels.npy': npy('<i4', 500) })).toEqual([]);
  expect(await find({ 'suite2p/stat.npy': '\x93NUMPY', 'submission.json': '{}', 'table.csv': 'a,b' })).toEqual([]);
});

it('pairs a picture and its labels by name, whatever the format', async () => {
  const [pair] = await find({ 'image.npy': npy('|u1', 64, 256, 256), 'labels.npy': npy('|u1', 64, 256, 256) });
  expect(roles(pair!)).toEqual([
    ['image.npy', 'image', undefined],
    ['labels.npy', 'truth', undefined],
  ]);
  const sets = await find({ 'b_image.nii.gz': '', 'a_seg.nii.gz': '', 'a_image.nii.gz': '', 'b_seg.nii.gz': '' });
  expect(sets.map((set) => roles(set).map(([name]) => name))).toEqual([
    ['a_image.nii.gz', 'a_seg.nii.gz'],
    ['b_image.nii.gz', 'b_seg.nii.gz'],
  ]);
});

it('takes whole-number volumes of 64 bits for labels', async () => {
  const [set] = await find({ 'roi.npy': npy('<u8', 9, 256, 256) });
  expect(roles(set!)).toEqual([['roi.npy', 'truth', 'regions']]);
});

it('finds stacks of slices in natural folders, and the folders of precomputed and zarr volumes', async () => {
  const [cube] = await find({ 'test_cube2/test_cube2_0000.tif': 'MM', 'test_cube2/test_cube2_0001.tif': 'MM' });
  expect([cube!.name, cube!.volumes[0]!.format, cube!.volumes[0]!.entries]).toEqual(['test_cube2', 'tiff', [0, 1]]);
  const [labels] = await find({ 'labels/0000.png': '', 'labels/0001.png': '' });
  expect(roles(labels!)).toEqual([['labels', 'truth', undefined]]);
  const stores = await find({
    'em/info': '{"@type": "neuroglancer_multiscale_volume", "scales": []}',
    'em/8_8_8/0-64_0-64_0-64': '',
    'brain.zarr/.zattrs': '{"multiscales": []}',
    'brain.zarr/.zgroup': '{}',
    'brain.zarr/0/.zarray': '{}',
    'brain.zarr/0/0/0/0': '',
  });
  expect(stores.flatMap(({ volumes }) => volumes.map(({ format, root }) => [format, root]))).toEqual([
    ['zarr', 'brain.zarr'],
    ['precomputed', 'em'],
  ]);
});

it('finds the labels inside an OME-Zarr picture, and calls a zipped one like its zip', async () => {
  const sets = await find({
    '.zattrs': '{"multiscales": []}',
    '0/.zarray': '{}',
    'labels/.zattrs': '{"labels": ["nuclei"]}',
    'labels/nuclei/.zattrs': '{"multiscales": [], "image-label": {}}',
    'labels/nuclei/0/.zarray': '{}',
  });
  expect(sets.flatMap(({ volumes }) => volumes.map(({ name, root, role }) => [name, root, role]))).toEqual([
    ['dropped', '', undefined],
    ['nuclei', 'labels/nuclei', 'truth'],
  ]);
});

it('opens a picture alone as a volume of one slice where nobody else wants it', async () => {
  const [set] = await find({ 'slice_z309.png': '' });
  expect([set!.score, set!.volumes[0]!.format]).toEqual([0.3, 'png']);
});

it('counts the voxels that a detached header names as its own', async () => {
  const sets = await find({ 'ball.nhdr': 'NRRD0004', 'ball.nii.gz': '', 'ball.raw': '' });
  expect(sets.flatMap(({ volumes }) => volumes.map(({ name }) => name))).toEqual(['ball.nhdr']);
});

it('reads no more than a few dozen heads', async () => {
  const files = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`data/images/${i}.npy`, '']));
  let reads = 0;
  const paths = Object.keys(files);
  const listing = { files: [], paths, table: new Float64Array(paths.length * ENTRY_FIELDS) };
  await findVolumes(listing, async () => {
    reads++;
    return new Uint8Array(0);
  });
  expect(reads).toBeLessThanOrEqual(64);
});
