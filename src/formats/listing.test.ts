import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { SomascopeError } from '../base/errors.ts';
import { entryAt, type FileListing, WHOLE_FILE } from '../base/listing.ts';
import { writeZip, type ZipItem, type ZipOptions, zipFile } from '../test/zip-writer.ts';
import { entryBytes, listFiles } from './listing.ts';

const text = (value: string) => new TextEncoder().encode(value);
const deflate = (bytes: Uint8Array) => new Uint8Array(deflateRawSync(bytes));
const items = (...names: string[]): ZipItem[] =>
  names.map((name, i) => ({ name, data: text(`content of ${name}`), method: i % 2 ? 0 : 8 }));
const zip = async (path: string, names: string[], options: ZipOptions = {}) => ({
  path,
  file: await zipFile(path.split('/').at(-1)!, items(...names), { deflate, ...options }),
});
const loose = (path: string, content = path) => ({ path, file: new File([content], path.split('/').at(-1)!) });

async function contents(listing: FileListing): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const i of listing.paths.keys()) {
    const entry = entryAt(listing, i);
    all[entry.path] = new TextDecoder().decode(await entryBytes(entry));
  }
  return all;
}

it('keeps the inner paths of a single zip', async () => {
  const listing = await listFiles([
    await zip('neurofinder.00.00.zip', ['neurofinder.00.00/', 'neurofinder.00.00/info.json', 'readme.md']),
  ]);
  expect(await contents(listing)).toEqual({
    'neurofinder.00.00/info.json': 'content of neurofinder.00.00/info.json',
    'readme.md': 'content of readme.md',
  });
  expect(listing.files).toHaveLength(1);
});

it('keeps several zips apart, and does not nest a folder in a folder of its own name', async () => {
  const dropped = [
    await zip('00.00.zip', ['images/0.tiff']),
    await zip('01.00.zip', ['images/0.tiff', '01.00/x']),
    await zip('sets/02.00.zip', ['02.00/images/0.tiff', '__MACOSX/02.00/._0.tiff']),
    loose('note.txt'),
  ];
  const listing = await listFiles(dropped);
  expect(listing.paths).toEqual([
    '00.00/images/0.tiff',
    '01.00/images/0.tiff',
    '01.00/01.00/x',
    'sets/02.00/images/0.tiff',
    'note.txt',
  ]);
  expect((await contents(listing))['01.00/images/0.tiff']).toBe('content of images/0.tiff');
  expect(entryAt(listing, 4)).toMatchObject({ method: WHOLE_FILE, size: 8, offset: 0 });
});

it('gives every path once: same names, a folder beside its zip, the last of two entries', async () => {
  const same = await listFiles([
    await zip('a.zip', ['x']),
    await zip('a.zip', ['x']),
    await zip('a.zip', ['a/x']),
    loose('b/x'),
    await zip('b.zip', ['b/x']),
  ]);
  expect(same.paths).toEqual(['a/x', 'a (2)/x', 'a (3)/a/x', 'b/x', 'b (2)/b/x']);
  const twice: ZipItem[] = [{ name: 'x', data: text('old') }, { name: 'y' }, { name: 'x', data: text('new') }];
  const listing = await listFiles([{ path: 'a.zip', file: await zipFile('a.zip', twice) }]);
  expect(await contents(listing)).toEqual({ y: '', x: 'new' });
});

it('leaves clutter out, in zips and beside them', async () => {
  const clutter = ['__MACOSX/set/._info.json', 'set/.DS_Store', 'set/._x', 'Thumbs.db'];
  expect((await listFiles([await zip('a.zip', ['set/info.json', ...clutter])])).paths).toEqual(['set/info.json']);
  expect((await listFiles([...clutter.map((path) => loose(path)), await zip('a.zip', ['x'])])).paths).toEqual(['x']);
});

it('knows a zip by its bytes, and leaves npz and other containers whole', async () => {
  const bytes = await writeZip(items('arr_0.npy'), { deflate });
  const named = (path: string) => listFiles([{ path, file: new File([bytes], path) }]);
  expect((await named('movie.dat')).paths).toEqual(['arr_0.npy']);
  expect((await named('sorting.npz')).paths).toEqual(['sorting.npz']);
  expect((await listFiles([{ path: 'e', file: new File([await writeZip([])], 'e') }])).paths).toEqual([]);
  expect((await listFiles([loose('PK'), loose('short', 'PK\x03\x04'), loose('empty', '')])).paths).toEqual([
    'PK',
    'short',
    'empty',
  ]);
});

it('gives one error a bad archive', async () => {
  const bytes = await writeZip(items('a', 'b', 'c'), { deflate });
  const cut = { path: 'cut.zip', file: new File([bytes.slice(0, 200)], 'cut.zip') };
  const none = loose('none.zip', 'this is plain text, whatever its name says');
  await expect(listFiles([cut])).rejects.toMatchObject({ tag: 'CutOff', place: { file: 'cut.zip', byte: 200 } });
  await expect(listFiles([none])).rejects.toMatchObject({ tag: 'Invalid', message: 'none.zip is not a zip.' });
  const errors: SomascopeError[] = [];
  const listing = await listFiles([cut, none, await zip('good.zip', ['x'])], { onError: (error) => errors.push(error) });
  expect(errors.map(({ tag }) => tag).sort()).toEqual(['CutOff', 'Invalid']);
  expect(listing.paths).toEqual(['good/x']);
});

it('keeps to the limits that it is given, and can be aborted', async () => {
  const dropped = [await zip('a.zip', ['a', 'b', 'c'])];
  await expect(listFiles(dropped, { limits: { entries: 2, directoryBytes: 1e6 } })).rejects.toMatchObject({
    tag: 'Unsafe',
    message: expect.stringContaining('3 entries'),
  });
  await expect(listFiles(dropped, { signal: AbortSignal.abort() })).rejects.toMatchObject({ tag: 'Aborted' });
  await expect(listFiles(dropped, { signal: AbortSignal.abort(), onError: () => {} })).rejects.toMatchObject({ tag: 'Aborted' });
});
