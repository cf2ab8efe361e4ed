import { expect, it } from 'vitest';
import { exportName, fileStem, imageFile } from './export-names.ts';

it('names files after the data set', () => {
  expect(exportName('00.00', 'regions.json')).toBe('00.00.regions.json');
  expect(exportName('00.00.test', 'png')).toBe('00.00.test.png');
  expect((['correlation', 'mean', 'max', 'standard-deviation'] as const).map((image) => imageFile('00.00', image))).toEqual([
    '00.00.correlation.npy',
    '00.00.mean.npy',
    '00.00.max.npy',
    '00.00.std.npy',
  ]);
});

it('takes out what no file name may hold', () => {
  expect(fileStem('../a/b:c\u202Egpj')).toBe('_a_b_c_gpj');
  expect(fileStem('...')).toBe('data');
});
