import fc from 'fast-check';
import { unzip } from 'unzipit';
import { expect, it } from 'vitest';
import { entryAt } from '../../base/listing.ts';
import { entryBytes, listFiles } from '../listing.ts';
import { storedHeader, writeZip, type ZipFile, zipDirectory } from './write.ts';

const archive = (files: readonly ZipFile[], comment = '') => new File(writeZip(files, comment), 'a.zip');
const text = (value: string) => new TextEncoder().encode(value);

it('opens in another reader, with names, content and comment', async () => {
  const files = [
    { name: '0001.roi', bytes: text('one') },
    { name: 'müll/0002.roi', bytes: new Uint8Array(0) },
  ];
  const { zip, entries } = await unzip(await archive(files, '{"tool":"x"}').arrayBuffer());
  expect(zip.comment).toBe('{"tool":"x"}');
  expect(Object.keys(entries)).toEqual(files.map(({ name }) => name));
  expect(await entries['0001.roi']!.text()).toBe('one');
  expect(entries['0001.roi']!.compressionMethod).toBe(0);
});

it('reads back here, and is the same bytes for the same content', async () => {
  const file = fc.record({
    name: fc.stringMatching(/^[a-z0-9é]{1,12}\.roi$/),
    bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)),
  });
  const files = fc.uniqueArray(file, { selector: ({ name }) => name, minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(files, fc.string({ maxLength: 30 }), async (given, comment) => {
      const made = archive(given, comment);
      const listing = await listFiles([{ file: made, path: 'a.zip' }]);
      expect(listing.paths).toEqual(given.map(({ name }) => name));
      for (const [i, { bytes }] of given.entries()) expect(await entryBytes(entryAt(listing, i))).toEqual(bytes);
      expect(new Uint8Array(await archive(given, comment).arrayBuffer())).toEqual(new Uint8Array(await made.arrayBuffer()));
    }),
    { numRuns: 40 },
  );
});

it('lists more entries than a classic end record counts', async () => {
  const bytes = new Uint8Array(0);
  const many = Array.from({ length: 65_535 }, (_, i) => ({ name: String(i), bytes }));
  const listing = await listFiles([{ file: archive(many), path: 'a.zip' }]);
  expect(listing.paths).toHaveLength(65_535);
});

it('refuses a comment that the format cannot hold', () => {
  expect(() => writeZip([], 'x'.repeat(65_536))).toThrow(/65,535/);
});

it('keeps places beyond 4 GiB', () => {
  const far = 6 * 2 ** 30;
  const { file } = storedHeader('a.png', Uint8Array.of(1, 2), far);
  const directory = zipDirectory([file], far + 100);
  const view = new DataView(directory.buffer);
  expect(view.getUint32(42, true)).toBe(0xffffffff);
  const extra = 46 + 'a.png'.length;
  expect(Number(view.getBigUint64(extra + 4, true))).toBe(far);
  const end64 = directory.length - 22 - 20 - 56;
  expect(view.getUint32(end64, true)).toBe(0x06064b50);
  expect(Number(view.getBigUint64(end64 + 48, true))).toBe(far + 100);
});
