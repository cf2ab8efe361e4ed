import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { regionFrom } from '../../base/region.ts';
import { labelImage } from './label-image.ts';

it('gives each pixel the number of its region, the first of several, and 0 where there is none', () => {
  const first = regionFrom([
    [0, 0],
    [0, 1],
    [0, 1],
  ]);
  const second = regionFrom([
    [0, 1],
    [1, 2],
    [9, 9],
    [-1, 0],
  ]);
  expect([...labelImage([first, second], [3, 65535], 2, 3)]).toEqual([3, 3, 0, 0, 0, 65535]);
});

it('refuses numbers beyond 16 bits', () => {
  const refused = () => labelImage([regionFrom([[0, 0]])], [65536], 1, 1);
  expect(refused).toThrow(/65535; the regions go to 65536/);
  try {
    refused();
  } catch (error) {
    expect(isSomascopeError(error, 'Unsupported')).toBe(true);
  }
});
