import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { unzip } from 'unzipit';
import { expect, it } from 'vitest';
import { ENTRY_FIELDS } from '../../base/listing.ts';
import { writeZip, type ZipItem, type ZipOptions } from '../../test/zip-writer.ts';
import { bytesSource } from '../source.ts';
import { crc32 } from './crc32.ts';
import { readZipDirectory, zipEntryAt } from './directory.ts';
import { ZIP_LIMITS } from './limits.ts';
import { ENCRYPTED } from './methods.ts';
import { readZipEntryFrom } from './read-entry.ts';

const text = (value: string) => new TextEncoder().encode(value);
const deflate = (bytes: Uint8Array) => new Uint8Array(deflateRawSync(bytes));
const ITEMS: ZipItem[] = [
  { name: 'set/', method: 0 },
  { name: 'set/images/image00001.tiff', data: text('second '.repeat(30)) },
  { name: 'set/images/image00000.tiff', data: text('first '.repeat(30)) },
  { name: 'set/info.json', data: text('{}'), method: 0 },
  { name: 'set/größe.txt', data: text('µm') },
];

async function readBack(items: readonly ZipItem[], options: ZipOptions = {}) {
  const source = bytesSource('a.zip', await writeZip(items, { deflate, ...options }));
  const directory = await readZipDirectory(source);
  const contents = new Map<string, string>();
  for (const i of directory.paths.keys()) {
    const entry = zipEntryAt(directory, i);
    contents.set(entry.path, new TextDecoder().decode(await readZipEntryFrom(source, entry)));
  }
  return contents;
}

const expected = (items: readonly ZipItem[]) =>
  new Map(
    items
      .filter(({ name }) => !String(name).endsWith('/'))
      .map(({ name, data }) => [String(name), new TextDecoder().decode(data)]),
  );

it('lists paths and numbers in directory order, without folders', async () => {
  const directory = await readZipDirectory(bytesSource('a.zip', await writeZip(ITEMS, { deflate })));
  expect(directory.paths).toEqual(ITEMS.slice(1).map(({ name }) => name));
  expect(directory.table).toHaveLength(4 * ENTRY_FIELDS);
  expect(zipEntryAt(directory, 2)).toMatchObject({ path: 'set/info.json', size: 2, storedSize: 2, method: 0 });
  expect(zipEntryAt(directory, 0)).toMatchObject({ size: 210, method: 8, offset: 34 });
  expect(() => zipEntryAt(directory, 4)).toThrow(RangeError);
});

const comment = text('a comment with PK\x05\x06 and PK\x06\x07 in it, long enough for a whole end record');
const VARIANTS: [string, ZipOptions][] = [
  ['plain', {}],
  ['a comment that holds signatures', { comment }],
  ['bytes after the end', { comment, trailing: text('\0\0trailer'.repeat(50)) }],
  ['bytes before the archive', { prefix: text('#!/bin/sh\n'.repeat(99)) }],
  ['zip64', { zip64: true }],
  ['zip64 with bytes before and after', { zip64: true, prefix: new Uint8Array(777), trailing: new Uint8Array(33) }],
  ['another order', { order: [4, 2, 0, 3, 1] }],
  ['another zip before it', { prefix: await writeZip(ITEMS, { deflate }) }],
];

it.each(VARIANTS)('reads back: %s', async (_, options) => {
  expect(await readBack(ITEMS, options)).toEqual(expected(ITEMS));
});

it('reads back descriptors, zip64 fields, long extra fields and empty entries', async () => {
  const extra = Uint8Array.from([0x55, 0x54, 5, 0, 1, 2, 3, 4, 5]);
  const items: ZipItem[] = [
    { name: 'a', data: text('descriptor'), descriptor: true },
    { name: 'b', data: text('zip64'), zip64: true, extra },
    { name: 'c', data: text('both'), zip64: true, descriptor: true, method: 0 },
    { name: 'd', data: text('long extra field'), localExtra: new Uint8Array(5000) },
    { name: 'e' },
    { name: 'f', method: 0 },
  ];
  expect(await readBack(items)).toEqual(expected(items));
  expect(await readBack([])).toEqual(new Map());
  expect(await readBack([], { comment, zip64: true })).toEqual(new Map());
});

it('reads any bytes under any names as unzipit does', async () => {
  const item = fc.record({
    name: fc.stringMatching(/^[a-zäß€/]{0,11}[a-z]$/),
    data: fc.uint8Array({ maxLength: 200 }),
    method: fc.constantFrom(0, 8),
    zip64: fc.boolean(),
  });
  const options = fc.record({
    zip64: fc.boolean(),
    comment: fc.uint8Array({ maxLength: 50 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(item, { selector: ({ name }) => name, maxLength: 8 }), options, async (items, choice) => {
      const bytes = await writeZip(items, { deflate, ...choice });
      const source = bytesSource('a.zip', bytes);
      const directory = await readZipDirectory(source);
      const { entries } = await unzip(bytes);
      const files = Object.values(entries).filter(({ isDirectory }) => !isDirectory);
      expect([...directory.paths].sort()).toEqual(files.map(({ name }) => name).sort());
      for (const i of directory.paths.keys()) {
        const entry = zipEntryAt(directory, i);
        expect(await readZipEntryFrom(source, entry)).toEqual(new Uint8Array(await entries[entry.path]!.arrayBuffer()));
      }
    }),
    { numRuns: 60 },
  );
});

it('counts more entries than 16 bits hold, with and without zip64', async () => {
  const items = Array.from({ length: 66_000 }, (_, i) => ({ name: `${i}`, method: 0 }));
  for (const options of [{ zip64: true }, { lie: { count: 66_000 % 65_536 } }]) {
    const { paths } = await readZipDirectory(bytesSource('a.zip', await writeZip(items, options)));
    expect(paths).toHaveLength(66_000);
    expect(paths.at(-1)).toBe('65999');
  }
});

it('decodes names: code page 437, Unicode Path fields that match, backslashes of DOS', async () => {
  const names = async (item: Partial<ZipItem>) =>
    (
      await readZipDirectory(
        bytesSource('a.zip', await writeZip([{ name: Uint8Array.from([0x61, 0x5c, 0x84, 0xe6]), method: 0, ...item }])),
      )
    ).paths;
  expect(await names({})).toEqual(['a\\äµ']);
  expect(await names({ host: 0 })).toEqual(['a/äµ']);
  // 'ö' in the Unicode Path field of the plain name 'o', with the CRC of 'o' and with another.
  const field = (crc: number[]) => Uint8Array.from([0x75, 0x70, 7, 0, 1, ...crc, 0xc3, 0xb6]);
  const right = new Uint8Array(Uint32Array.of(crc32(text('o'))).buffer);
  expect(await names({ name: Uint8Array.of(0x6f), extra: field([...right]) })).toEqual(['ö']);
  expect(await names({ name: Uint8Array.of(0x6f), extra: field([1, 2, 3, 4]) })).toEqual(['o']);
});

it('is not fooled by zip64 signatures in a file name', async () => {
  for (const count of [0, 1, 2]) {
    const name = new Uint8Array(76);
    name.set([0x50, 0x4b, 6, 6], 0);
    name.set([44], 4);
    name.set([0x50, 0x4b, 6, 7], 56);
    name.set([count], 32);
    const { paths } = await readZipDirectory(
      bytesSource(
        'a.zip',
        await writeZip([
          { name: 'a', method: 0 },
          { name, method: 0 },
        ]),
      ),
    );
    expect(paths).toHaveLength(2);
  }
});

it('lists encrypted entries and odd methods, and names them only when they are read', async () => {
  const items: ZipItem[] = [
    { name: 'ok', data: text('fine') },
    { name: 'secret', data: text('x'), flags: 1 },
    ...(
      [
        [1, 'Shrink'],
        [9, 'Deflate64'],
        [12, 'bzip2'],
        [14, 'LZMA'],
        [93, 'Zstandard'],
        [99, 'AES'],
        [1234, '1234'],
      ] as const
    ).map(([method, name]) => ({ name, method, data: text('x') })),
  ];
  const source = bytesSource('a.zip', await writeZip(items, { deflate }));
  const directory = await readZipDirectory(source);
  expect(directory.table[ENTRY_FIELDS + 2]).toBe(ENCRYPTED + 8);
  expect(await readZipEntryFrom(source, zipEntryAt(directory, 0))).toEqual(text('fine'));
  for (let i = 1; i < items.length; i++) {
    const name = String(items[i]!.name);
    const message = expect.stringMatching(name === 'secret' ? 'encrypted' : name);
    await expect(readZipEntryFrom(source, zipEntryAt(directory, i))).rejects.toMatchObject({
      tag: 'Unsupported',
      message,
      place: { file: 'a.zip', entry: name },
    });
  }
});

it('says what is wrong with an archive', async () => {
  const good = await writeZip(ITEMS, { deflate });
  const reject = (bytes: Uint8Array) => expect(readZipDirectory(bytesSource('a.zip', bytes))).rejects;
  await reject(good.slice(0, 300)).toMatchObject({ tag: 'CutOff', place: { file: 'a.zip', byte: 300 } });
  await reject(text('no zip at all, but long enough')).toMatchObject({ tag: 'Invalid', message: 'a.zip is not a zip.' });
  await reject(new Uint8Array(0)).toMatchObject({ tag: 'Invalid' });
  await reject(await writeZip(ITEMS, { lie: { disk: 1 } })).toMatchObject({
    tag: 'Unsupported',
    message: expect.stringContaining('split'),
  });
  await reject(await writeZip(ITEMS, { lie: { count: 6 } })).toMatchObject({
    tag: 'Invalid',
    message: expect.stringContaining('it counts 6 entries, but 5'),
  });
  await reject(await writeZip(ITEMS, { lie: { length: 9999 } })).toMatchObject({ tag: 'Invalid' });
  await reject(await writeZip(ITEMS, { lie: { offset: 0xffffffff } })).toMatchObject({
    tag: 'Invalid',
    message: expect.stringContaining('zip64'),
  });
});

it('keeps to its limits', async () => {
  const source = bytesSource('a.zip', await writeZip(ITEMS, { deflate }));
  const limits = { ...ZIP_LIMITS, entries: 5, directoryBytes: 1000 };
  expect((await readZipDirectory(source, { limits })).paths).toHaveLength(4);
  const unsafe = (limit: object) =>
    expect(readZipDirectory(source, { limits: { ...limits, ...limit } })).rejects.toMatchObject({
      tag: 'Unsafe',
      place: { file: 'a.zip' },
    });
  await unsafe({ entries: 4 });
  await unsafe({ directoryBytes: 100 });
  const hidden = bytesSource(
    'a.zip',
    await writeZip(
      Array.from({ length: 65_540 }, () => ({ name: 'x', method: 0 })),
      { lie: { count: 4 } },
    ),
  );
  await expect(readZipDirectory(hidden, { limits: { ...limits, directoryBytes: 1e9 } })).rejects.toMatchObject({ tag: 'Unsafe' });
});

it('refuses entries that overlap', async () => {
  const kernel = { name: 'kernel', data: new Uint8Array(1e6) };
  const quoted = await writeZip(
    [kernel, { name: 'b', lie: { offset: 0, storedSize: 990 } }, { name: 'c', lie: { offset: 10 } }],
    { deflate },
  );
  await expect(readZipDirectory(bytesSource('bomb.zip', quoted))).rejects.toMatchObject({
    tag: 'Unsafe',
    message: expect.stringContaining('overlap'),
  });
  const intoDirectory = await writeZip([{ name: 'a', data: text('x'), method: 0, lie: { storedSize: 40 } }]);
  await expect(readZipDirectory(bytesSource('bomb.zip', intoDirectory))).rejects.toMatchObject({
    tag: 'Unsafe',
    message: expect.stringContaining('the directory'),
  });
});

it('can be aborted', async () => {
  const source = bytesSource('a.zip', await writeZip(ITEMS));
  await expect(readZipDirectory(source, { signal: AbortSignal.abort() })).rejects.toMatchObject({ tag: 'Aborted' });
});
