import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { bytesSource } from '../source.ts';
import { loadVolume } from '../volume-files/load.ts';
import { openNrrd } from './index.ts';

const FIELDS = {
  type: 'uchar',
  dimension: '3',
  sizes: '4 3 2',
  encoding: 'raw',
  spacings: '1 2 3',
  'space units': '"um" "um" "um"',
};
const voxels = Uint8Array.from({ length: 24 }, (_, i) => i);
const header = (fields: Record<string, string> = {}) =>
  `NRRD0005\n# made by a test\n${Object.entries({ ...FIELDS, ...fields })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n')}\nkey:=value\n\n`;
const file = (fields: Record<string, string>, data: Uint8Array | string = voxels) => {
  const body = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  return Uint8Array.from([...new TextEncoder().encode(header(fields)), ...body]);
};
const open = (bytes: Uint8Array) => openNrrd(bytesSource('v.nrrd', bytes));
const load = async (bytes: Uint8Array) => [...(await loadVolume(await open(bytes)))];
const expected = [...voxels];

it('reads raw, gzipped, text and hexadecimal voxels', async () => {
  const reader = await open(file({}));
  expect([reader.shape, reader.voxelSize, reader.notices]).toEqual([[2, 3, 4], [3, 2, 1], []]);
  expect(await load(file({}))).toEqual(expected);
  expect(await load(file({ encoding: 'gz' }, new Uint8Array(gzipSync(voxels))))).toEqual(expected);
  expect(await load(file({ encoding: 'ascii' }, expected.join(' \n')))).toEqual(expected);
  expect(
    await load(
      file(
        { encoding: 'hex' },
        Buffer.from(voxels)
          .toString('hex')
          .toUpperCase()
          .replace(/(.{16})/g, '$1\n'),
      ),
    ),
  ).toEqual(expected);
  expect(await load(file({ 'byte skip': '-1' }, Uint8Array.of(9, 9, 9, ...voxels)))).toEqual(expected);
  expect(await load(file({ 'line skip': '2', 'byte skip': '1' }, `a\nb\n!${String.fromCharCode(...voxels)}`))).toEqual(expected);
});

it('reads space directions, assumes a unit where none is named, and says which', async () => {
  const { voxelSize } = await open(
    file({ spacings: '', 'space directions': '(3,4,0) (0,1,0) (0,0,2)', 'space units': '"nm" "nm" "nm"' }),
  );
  expect(voxelSize).toEqual([0.002, 0.001, 0.005]);
  const medical = await open(file({ 'space units': '', spacings: '0.5 0.5 0.5', space: 'left-posterior-superior' }));
  expect([medical.voxelSize, medical.notices]).toEqual([[500, 500, 500], [expect.stringContaining('millimetres')]]);
  const other = await open(file({ 'space units': '', spacings: '1.17 1.17 1.17' }));
  expect([other.voxelSize, other.notices]).toEqual([[1.17, 1.17, 1.17], [expect.stringContaining('micrometres')]]);
  expect((await open(file({ 'space units': '', spacings: '1 1 1' }))).voxelSize).toBeUndefined();
});

it('shows the first value of colours and the first of several volumes, and says so', async () => {
  const colours = await open(
    file({ dimension: '4', sizes: '3 4 2 1', kinds: 'RGB-color domain domain domain', spacings: 'nan 1 2 3' }),
  );
  expect([colours.shape, colours.notices[0], [...(await loadVolume(colours))]]).toEqual([
    [1, 2, 4],
    expect.stringContaining('3 values'),
    [0, 3, 6, 9, 12, 15, 18, 21],
  ]);
  expect([...(await colours.readBox([0, 1, 1], [1, 2, 3]))]).toEqual([15, 18]);
  const several = await open(file({ dimension: '4', sizes: '4 3 1 2', spacings: '1 1 1 1' }));
  expect([several.shape, several.notices[0]]).toEqual([[1, 3, 4], expect.stringContaining('2 volumes')]);
});

it('refuses by name', async () => {
  const refusal = (fields: Record<string, string>, words: string) =>
    expect(open(file(fields))).rejects.toMatchObject({ message: expect.stringContaining(words), place: { file: 'v.nrrd' } });
  await refusal({ encoding: 'bz2' }, 'bzip2');
  await refusal({ encoding: 'zrl' }, 'zrl');
  await refusal({ type: 'block' }, 'block');
  await refusal({ type: 'short' }, 'endian');
  await refusal({ 'data file': 'v.raw' }, 'v.raw');
  await refusal({ 'data file': 'v%03d.raw 1 9 1' }, 'several files');
  await refusal({ 'data file': 'LIST' }, 'several files');
  await refusal({ dimension: '2' }, 'lists 3 sizes');
  await refusal({ sizes: '4 0 2' }, 'above 0');
  await refusal({ sizes: '4 3 200' }, '24 are there');
  await refusal({ 'byte skip': '-3' }, 'byte skip');
  await expect(open(new TextEncoder().encode('P5 3 3'))).rejects.toMatchObject({ tag: 'Invalid' });
  await expect(load(file({ encoding: 'ascii' }, '1 2 x'))).rejects.toMatchObject({ message: expect.stringContaining('x') });
  await expect(load(file({ encoding: 'hex' }, '0g'))).rejects.toMatchObject({ message: expect.stringContaining('g') });
});

it('gives a typed error for every cut, and survives every flipped bit', { timeout: 60_000 }, async () => {
  const survey = async (bytes: Uint8Array) => {
    try {
      return (await load(bytes)).length;
    } catch (error) {
      if (!isSomascopeError(error)) throw error;
      return error.tag;
    }
  };
  const packed = file({ encoding: 'gzip' }, new Uint8Array(gzipSync(voxels)));
  // The last bytes of a gzip stream are its checksum: without them the voxels are all there.
  for (const whole of [file({}), packed]) {
    for (let cut = 0; cut < whole.length - 16; cut++) expect(await survey(whole.slice(0, cut)), `${cut}`).not.toBe(24);
  }
  const rng = makeRng(9);
  const plain = file({});
  for (let bit = 0; bit < plain.length * 8; bit++) {
    const damaged = plain.slice();
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    await survey(damaged);
  }
  for (let round = 0; round < 300; round++) {
    const damaged = packed.slice();
    damaged[rng.below(packed.length)]! ^= 1 << rng.below(8);
    await survey(damaged);
  }
});
