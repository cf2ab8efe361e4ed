import { expect, it } from 'vitest';
import type { FileListing } from '../../../base/listing.ts';
import { findSets } from './find-sets.ts';

const listing = (files: readonly string[], paths: readonly string[] = files): FileListing => ({
  files: files.map((name) => new File([], name)),
  paths,
  table: new Float64Array(0),
});
const names = (of: FileListing) => findSets(of).map(({ name, images }) => [name, images.length]);

it('loose stacks are one movie in counting order, named by the first and the last', () => {
  expect(names(listing(['A10.tif', 'A2.tif', 'A1.tif']))).toEqual([['A1 to A10', 3]]);
  expect(findSets(listing(['A10.tif', 'A2.tif', 'A1.tif']))[0]!.images).toEqual([2, 1, 0]);
});

it('one stack has its own name, those of a folder the name of the folder, those of a zip its name', () => {
  expect(names(listing(['trial.tiff']))).toEqual([['trial', 1]]);
  expect(names(listing(['a.tif', 'b.tif'], ['run/a.tif', 'run/b.tif']))).toEqual([['run', 2]]);
  expect(names(listing(['session.zip'], ['a.tif', 'b.tif']))).toEqual([['session', 2]]);
});

it('every npy movie is one for itself', () => {
  expect(names(listing(['one.npy', 'two.npy']))).toEqual([
    ['one', 1],
    ['two', 1],
  ]);
});

it('a set is the folder that holds images, whatever lies around it', () => {
  const paths = ['__MACOSX/x/images/._a.tiff', 'x/neurofinder.00.00/images/b.tiff', 'x/neurofinder.00.00/images/a.tiff'];
  expect(names(listing(['copy.zip'], paths))).toEqual([['neurofinder.00.00', 2]]);
});
