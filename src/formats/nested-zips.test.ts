import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { SomascopeError } from '../base/errors.ts';
import { entryAt, type FileListing } from '../base/listing.ts';
import { writeZip, type ZipItem } from '../test/zip-writer.ts';
import { entryBytes, listFiles } from './listing.ts';

const text = (value: string) => new TextEncoder().encode(value);
const deflate = (bytes: Uint8Array) => new Uint8Array(deflateRawSync(bytes));
const zip = (items: readonly ZipItem[]) => writeZip(items, { deflate });
const inner = (name: string) =>
  zip([
    { name: `${name}/info.json`, data: text(`info of ${name}`) },
    { name: `${name}/images/0.tiff`, data: text(`frame of ${name}`), method: 0 },
  ]);
const dropped = async (items: readonly ZipItem[]) => ({ path: 'all.zip', file: new File([await zip(items)], 'all.zip') });

async function contents(listing: FileListing): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const i of listing.paths.keys()) {
    const entry = entryAt(listing, i);
    all[entry.path] = new TextDecoder().decode(await entryBytes(entry));
  }
  return all;
}

it('opens stored and compressed zips inside a zip as folders; stored ones stay where they lie', async () => {
  const all = await dropped([
    { name: 'readme.md', data: text('read me') },
    { name: 'sets/neurofinder.00.00.zip', data: await inner('neurofinder.00.00'), method: 0 },
    { name: 'sets/neurofinder.00.01.zip', data: await inner('neurofinder.00.01'), method: 8 },
    { name: 'sets/plain.zip', data: await zip([{ name: 'images/0.tiff', data: text('frame') }]), method: 0 },
    { name: '__MACOSX/sets/._plain.zip', data: text('clutter') },
  ]);
  const listing = await listFiles([all]);
  expect(await contents(listing)).toEqual({
    'readme.md': 'read me',
    'sets/neurofinder.00.00/info.json': 'info of neurofinder.00.00',
    'sets/neurofinder.00.00/images/0.tiff': 'frame of neurofinder.00.00',
    'sets/neurofinder.00.01/info.json': 'info of neurofinder.00.01',
    'sets/neurofinder.00.01/images/0.tiff': 'frame of neurofinder.00.01',
    'sets/plain/images/0.tiff': 'frame',
  });
  expect(listing.files.map(({ name }) => name)).toEqual(['all.zip', 'neurofinder.00.01.zip']);
});

it('goes one level down and no further', async () => {
  const deep = await zip([{ name: 'deep.zip', data: await inner('x'), method: 0 }]);
  const listing = await listFiles([await dropped([{ name: 'outer.zip', data: deep, method: 0 }])]);
  expect(listing.paths).toEqual(['outer/deep.zip']);
});

it('keeps inner zips apart from folders of the same name', async () => {
  const listing = await listFiles([
    await dropped([
      { name: 'a/x', data: text('folder') },
      { name: 'a.zip', data: await zip([{ name: 'x', data: text('zip') }]), method: 0 },
    ]),
  ]);
  expect(await contents(listing)).toEqual({ 'a/x': 'folder', 'a (2)/x': 'zip' });
});

it('names what it leaves out, with what to do, and goes on', async () => {
  const good = await inner('good');
  const all = await dropped([
    { name: 'cut.zip', data: good.slice(0, 40), method: 0 },
    { name: 'large.zip', data: await inner('large'), method: 8 },
    { name: 'good.zip', data: good, method: 0 },
  ]);
  const errors: SomascopeError[] = [];
  const limits = { nestedBytes: 100 };
  const listing = await listFiles([all], { limits, onError: (error) => errors.push(error) });
  expect(listing.paths).toEqual(['good/info.json', 'good/images/0.tiff']);
  expect(errors.map(({ tag, place }) => [tag, place.file, place.entry])).toEqual([
    ['CutOff', 'all.zip', 'cut.zip'],
    ['Unsafe', 'all.zip', 'large.zip'],
  ]);
  expect(errors[1]!.message).toContain('may take 100 B of memory in all');
  expect(errors[1]!.hint).toBe('Unzip all.zip and drop the zips that come out of it: these are read without unpacking them.');
  await expect(listFiles([all], { limits })).rejects.toMatchObject({ place: { entry: 'cut.zip' } });
});

it('counts what all compressed zips unpack to, and how many zips there are', async () => {
  const one = await inner('one');
  const all = await dropped(['a.zip', 'b.zip', 'c.zip'].map((name) => ({ name, data: one, method: 8 })));
  const errors: SomascopeError[] = [];
  const onError = (error: SomascopeError) => errors.push(error);
  const listing = await listFiles([all], { limits: { nestedBytes: 2.5 * one.length }, onError });
  expect(listing.paths).toHaveLength(4);
  expect(errors.map(({ place }) => place.entry)).toEqual(['c.zip']);
  await expect(listFiles([all], { limits: { nested: 2 } })).rejects.toMatchObject({ tag: 'Unsafe' });
});
