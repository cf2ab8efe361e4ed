import { expect, it } from 'vitest';
import { listingOf } from '../test/listing.ts';
import { entryAt, isClutter, joinListings, subListing } from './listing.ts';

it.each(['__MACOSX/a/._b.tiff', 'a/__MACOSX/b.tiff', 'a/._b.tiff', '._b', '.DS_Store', 'a/.DS_Store', 'a/Thumbs.db'])(
  'leaves out %s',
  (path) => expect(isClutter(path)).toBe(true),
);

it.each(['a/b.tiff', 'a._b/c.tiff', 'my.DS_Store', 'NotThumbs.db', 'a__MACOSX/b', '.zarray', 'a/.zattrs'])('keeps %s', (path) =>
  expect(isClutter(path)).toBe(false),
);

it('joins two listings: entries keep their files, those of the second come after', async () => {
  const first = listingOf({ 'a/x.bin': 'one', 'a/x.meta': 'two' });
  const second = subListing(listingOf({ 'unused.npy': '', 'b/truth.npz': 'three', 'a/x.bin': 'four' }), [2, 1]);
  const both = joinListings(first, second);
  const entries = both.paths.map((_, index) => entryAt(both, index));
  expect(entries.map(({ path }) => path)).toEqual(['a/x.bin', 'a/x.meta', 'a/x.bin', 'b/truth.npz']);
  expect(await Promise.all(entries.map(({ file }) => file.text()))).toEqual(['one', 'two', 'four', 'three']);
  expect(entries.map(({ size }) => size)).toEqual([3, 3, 4, 5]);
  expect(joinListings(both, listingOf({})).table).toEqual(both.table);
  expect(entryAt(first, 1).path).toBe('a/x.meta');
});
