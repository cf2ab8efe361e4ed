import { expect, it } from 'vitest';
import type { FileListing } from '../../../base/listing.ts';
import { listFiles } from '../../../formats/listing.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { writeTiff } from '../../../test/tiff-writer.ts';
import { writeZip } from '../../../test/zip-writer.ts';
import type { ArrayItem } from '../shared/types.ts';
import { open } from './open.ts';
import { readLine, readPlane, readTable, readWhole } from './read.ts';

const { signal } = new AbortController();
const context = { signal, progress: () => {} };
const ramp = (length: number) => Float32Array.from({ length }, (_, i) => i);
const text = (value: string) => new TextEncoder().encode(value);
const listed = (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<FileListing> =>
  listFiles([{ file: new File([bytes], name), path: name }]);
const opened = async (name: string, bytes: Uint8Array<ArrayBuffer>) => (await open(await listed(name, bytes), '', context)).items;
const only = async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayItem> => (await opened(name, bytes))[0]!;

it('reads single planes of arrays with more axes, in C and in Fortran order', async () => {
  const item = await only('a.npy', writeNpy({ data: ramp(24), shape: [2, 2, 2, 3] }));
  expect(item).toMatchObject({ kind: 'npy', shape: [2, 2, 2, 3], dtype: 'float32', holds: 'numbers' });
  expect(await readPlane(item, 3, signal)).toEqual(Float32Array.of(18, 19, 20, 21, 22, 23));

  const fortran = writeNpy({ data: ramp(12), shape: [2, 2, 3] });
  // Of the same length, so that nothing else moves.
  const header = new TextDecoder('latin1').decode(fortran.subarray(0, 128)).replace('False', 'True ');
  fortran.set(Uint8Array.from(header, (letter) => letter.charCodeAt(0)));
  // Element [1, row, column] lies at 1 + 2 × row + 4 × column.
  expect(await readPlane(await only('f.npy', fortran), 1, signal)).toEqual(Float32Array.of(1, 5, 9, 3, 7, 11));
});

it('finds the arrays of an .npz, stored or compressed, also inside a zip', async () => {
  const npz = await writeZip([
    { name: 'x.npy', data: writeNpy({ data: ramp(6), shape: [6] }), method: 0 },
    { name: 'y.npy', data: writeNpy({ data: ramp(6), shape: [2, 3] }), method: 8 },
  ]);
  const zip = await writeZip([{ name: 'in/r.npz', data: npz, method: 8 }]);
  for (const [name, bytes, under] of [
    ['r.npz', npz, 'r.npz'],
    ['out.zip', zip, 'in/r.npz'],
  ] as const) {
    const items = await opened(name, bytes);
    expect(items.map((item) => `${item.name} ${item.shape}`)).toEqual([`${under}/x 6`, `${under}/y 2,3`]);
    expect(await readLine(items[1]!, 1, signal)).toEqual(Float64Array.of(3, 4, 5));
    expect((await readTable(items[0]!, signal)).rows.slice(0, 2)).toEqual([['0'], ['1']]);
  }
});

it('reads tables as text and as numbers, missing cells as NaN', async () => {
  const item = await only('t.csv', text('a,b\n1,2\n3,\n') as Uint8Array<ArrayBuffer>);
  expect(item).toMatchObject({ shape: [2, 2], holds: 'numbers' });
  expect(await readTable(item, signal)).toEqual({
    columns: ['a', 'b'],
    rows: [
      ['1', '2'],
      ['3', ''],
    ],
    total: 2,
  });
  expect((await readWhole(item, signal)).data).toEqual(Float64Array.of(1, 2, 3, Number.NaN));
  expect(await only('u.csv', text('a,b\n1,x\n') as Uint8Array<ArrayBuffer>)).toMatchObject({ holds: 'texts' });
});

it('reads the pages of a TIFF as planes and as a whole', async () => {
  const pages = [0, 1, 2].map((page) => Uint16Array.from({ length: 6 }, (_, i) => 10 * page + i));
  const item = await only('s.tif', writeTiff(pages, 2, 3) as Uint8Array<ArrayBuffer>);
  expect(item).toMatchObject({ shape: [3, 2, 3], dtype: 'uint16' });
  expect(await readPlane(item, 2, signal)).toEqual(Uint16Array.of(20, 21, 22, 23, 24, 25));
  expect((await readWhole(item, signal)).data).toEqual(Uint16Array.from(pages.flatMap((page) => [...page])));
});

it('leaves out what cannot be read and says so; nothing readable is an error', async () => {
  const zip = await writeZip([
    { name: 'good.npy', data: writeNpy({ data: ramp(2), shape: [2] }) },
    { name: 'bad.npy', data: text('this is no array') },
  ]);
  const { items, left } = await open(await listed('two.zip', zip), '', context);
  expect(items.map(({ name }) => name)).toEqual(['good.npy']);
  expect(left).toEqual([expect.stringContaining('bad.npy: This is not an npy file')]);
  await expect(opened('bad.npy', text('this is no array') as Uint8Array<ArrayBuffer>)).rejects.toMatchObject({ tag: 'Invalid' });
});
