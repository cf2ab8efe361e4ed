import { expect, it } from 'vitest';
import { patchAround } from './why-patch.tsx';

it('cuts a square around a place, moved into the field, and no larger than it', () => {
  expect(patchAround(50, 60, 21, 100, 120)).toEqual({ top: 40, left: 50, height: 21, width: 21 });
  expect(patchAround(2, 118, 21, 100, 120)).toEqual({ top: 0, left: 99, height: 21, width: 21 });
  expect(patchAround(5, 5, 40, 10, 30)).toEqual({ top: 0, left: 0, height: 10, width: 30 });
});
