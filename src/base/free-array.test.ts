import { expect, it } from 'vitest';
import { freeArray } from './free-array.ts';

it('takes the whole buffer away', () => {
  const bytes = new Uint8Array(1024);
  freeArray(bytes.subarray(8, 16));
  expect(bytes.length).toBe(0);
});
