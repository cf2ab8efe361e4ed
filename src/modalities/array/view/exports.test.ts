import { expect, it } from 'vitest';
import { csvText, stemOf } from './exports.ts';

it('names files after the array', () => {
  expect(['a/b.npy', 'a/c.npz/data', 'd.tar.csv', '.npy'].map((name) => stemOf({ name }))).toEqual([
    'b',
    'data',
    'd.tar',
    'array',
  ]);
});

it('quotes cells where it must', () => {
  expect(
    csvText({
      columns: ['a', 'b "c"'],
      rows: [
        ['1', 'x,y'],
        ['2', ''],
      ],
    }),
  ).toBe('a,"b ""c"""\r\n1,"x,y"\r\n2,\r\n');
});
