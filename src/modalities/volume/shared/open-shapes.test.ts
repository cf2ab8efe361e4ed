import { afterEach, expect, it } from 'vitest';
import { WHOLE_FILE } from '../../../base/listing.ts';
import { fitsOpenVolume, forgetShape, noteShape } from './open-shapes.ts';

afterEach(() => forgetShape('a'));

const fits = (path: string, header: string) => {
  const listing = { files: [new File([header], path)], paths: [path], table: Float64Array.of(0, 9, WHOLE_FILE, 0, 9, 0) };
  return fitsOpenVolume(listing, async () => new TextEncoder().encode(header));
};
const npy = (shape: string, type = '|u1') => `NUMPY {'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }`;

it('takes arrays of integers with the shape of an open volume, also without ZI', async () => {
  expect(await fits('out.npy', npy('8, 20, 30'))).toBe(false);
  noteShape('a', [8, 20, 30]);
  expect(await fits('out.npy', npy('8, 20, 30'))).toBe(true);
  expect(await fits('out.npy', npy('6, 20, 30', '<i8'))).toBe(true);
  expect(await fits('out.npz', `PK out.npy ${npy('8, 20, 30')}`)).toBe(true);
  expect(await fits('packed.npz', 'PK out.npy')).toBe(true);
});

it('leaves other shapes, fractions and other files to others', async () => {
  noteShape('a', [8, 20, 30]);
  expect(await fits('out.npy', npy('7, 20, 30'))).toBe(false);
  expect(await fits('out.npy', npy('8, 30, 20'))).toBe(false);
  expect(await fits('out.npy', npy('8, 20, 30', '<f4'))).toBe(false);
  expect(await fits('out.npy', npy('20, 30'))).toBe(false);
  expect(await fits('out.tif', npy('8, 20, 30'))).toBe(false);
});
