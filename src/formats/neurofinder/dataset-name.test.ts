import { expect, it } from 'vitest';
import { compareNames, isTestSet, shortName } from './dataset-name.ts';

it.each([
  ['00.00', '00.00'],
  ['00.00.test', '00.00.test'],
  ['neurofinder.00.00.test', '00.00.test'],
  ['neurofinder.01.03.zip', '01.03'],
  ['data/neurofinder.all.test/neurofinder.04.01.test/images/image00000.tiff', '04.01.test'],
  ['C:/2016.03.23/neurofinder.03.00/regions/regions.json', '03.00'],
  ['neurofinder.00.00.bin20x30.zip', '00.00'],
  ['neurofinder.00.00.test.zip', '00.00.test'],
  ['neurofinder_02_01_test.zip', '02.01.test'],
  ['02.00.test.grader1.json', '02.00.test'],
  ['00.00.testing.json', '00.00'],
  ['neurofinder.00.00 (1).zip', '00.00'],
  ['sets/01.00/neurofinder.01.00.test', '01.00.test'],
])('finds the name in %s', (text, name) => expect(shortName(text)).toBe(name));

it.each([
  '',
  'an229716_2013_12_01_fov_04002',
  'neurofinder.all.test.zip',
  '2016.03.23',
  'v1.10.20',
  '10.20.30',
  '127.00.00.1',
  '100.00',
  'movie.tif',
])('finds none in "%s"', (text) => expect(shortName(text)).toBeNull());

it('knows test sets and the order', () => {
  expect(['00.00', '00.00.test'].map(isTestSet)).toEqual([false, true]);
  expect(['01.00.test', '00.01', '00.00.test', '00.00'].sort(compareNames)).toEqual([
    '00.00',
    '00.00.test',
    '00.01',
    '01.00.test',
  ]);
});
