import { expect, it } from 'vitest';
import { isTaskOneFile } from './find-task-one.ts';

const listing = (...paths: string[]) => ({ files: [], paths, table: new Float64Array(paths.length * 6) });
const head = (text: string) => async () => Uint8Array.from(text, (char) => char.charCodeAt(0));
const npy = (shape: string) => head(`\x93NUMPY\x01\x00\x76\x00{'descr': '<i8', 'fortran_order': False, 'shape': ${shape}, }`);

it('knows answers by their head: index,label, one axis, two axes', async () => {
  expect(await isTaskOneFile(listing('a.csv'), head('index,label\n0,1\n'))).toBe(true);
  expect(await isTaskOneFile(listing('a.csv'), head('"index";"label"\n'))).toBe(true);
  expect(await isTaskOneFile(listing('a.csv'), head('time,value\n'))).toBe(false);
  expect(await isTaskOneFile(listing('a.npy'), npy('(200,)'))).toBe(true);
  expect(await isTaskOneFile(listing('a.npy'), npy('(5760, 512)'))).toBe(true);
  expect(await isTaskOneFile(listing('a.npy'), npy('(20, 256, 256)'))).toBe(false);
});

it('leaves several files to others', async () => {
  expect(await isTaskOneFile(listing('a.csv', 'b.csv'), head('index,label\n'))).toBe(false);
});
