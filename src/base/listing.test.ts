import { expect, it } from 'vitest';
import { isClutter } from './listing.ts';

it.each(['__MACOSX/a/._b.tiff', 'a/__MACOSX/b.tiff', 'a/._b.tiff', '._b', '.DS_Store', 'a/.DS_Store', 'a/Thumbs.db'])(
  'leaves out %s',
  (path) => expect(isClutter(path)).toBe(true),
);

it.each(['a/b.tiff', 'a._b/c.tiff', 'my.DS_Store', 'NotThumbs.db', 'a__MACOSX/b', '.zarray', 'a/.zattrs'])('keeps %s', (path) =>
  expect(isClutter(path)).toBe(false),
);
