// What is written is read back: by the page's own reader, by unzipit, and to the byte twice the same.
import fc from 'fast-check';
import { unzip } from 'unzipit';
import { expect, it } from 'vitest';
import { joinBytes } from '../../base/bytes.ts';
import { entryAt } from '../../base/listing.ts';
import { listFiles } from '../listing.ts';
import { readZipEntry } from './read-entry.ts';
import { type StoredFile, storedHeader, zipDirectory } from './write-stored.ts';

interface Item {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

function zipOf(items: readonly Item[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const files: StoredFile[] = [];
  let at = 0;
  for (const { name, bytes } of items) {
    const { header, file } = storedHeader(name, bytes, at);
    parts.push(header, bytes);
    files.push(file);
    at += header.length + bytes.length;
  }
  return joinBytes([...parts, zipDirectory(files, at)]);
}

const item = fc.record({
  name: fc.stringMatching(/^[a-z0-9µ]{1,12}$/).map((name) => `00.00/${name}.png`),
  bytes: fc.uint8Array({ maxLength: 400 }).map((bytes) => bytes.slice()),
});

it('is read back by this page and by unzipit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(item, { selector: ({ name }) => name, maxLength: 6, minLength: 1 }), async (items) => {
      const bytes = zipOf(items);
      const file = new File([bytes], 'clip.zip');
      const listing = await listFiles([{ file, path: file.name }]);
      expect(listing.paths).toEqual(items.map(({ name }) => name));
      for (const [i, { bytes: wanted }] of items.entries())
        expect([...(await readZipEntry(entryAt(listing, i)))]).toEqual([...wanted]);
      const { entries } = await unzip(bytes.buffer);
      for (const { name, bytes: wanted } of items)
        expect([...new Uint8Array(await entries[name]!.arrayBuffer())]).toEqual([...wanted]);
      expect(zipOf(items)).toEqual(bytes);
    }),
    { numRuns: 25 },
  );
});

it('keeps places beyond 4 GiB', () => {
  const far = 6 * 2 ** 30;
  const { file } = storedHeader('a.png', Uint8Array.of(1, 2), far);
  const directory = zipDirectory([file], far + 100);
  const view = new DataView(directory.buffer);
  const extra = 46 + 'a.png'.length;
  expect(Number(view.getBigUint64(extra + 4 + 16, true))).toBe(far);
  const end64 = directory.length - 22 - 20 - 56;
  expect(view.getUint32(end64, true)).toBe(0x06064b50);
  expect(Number(view.getBigUint64(end64 + 48, true))).toBe(far + 100);
});
