import { expect, it } from 'vitest';
import { tracesAt } from './traces-at.ts';

it('picks whole regions, in the order asked for', () => {
  const raw = Float32Array.of(0, 1, 2, 10, 11, 12, 20, 21, 22);
  const picked = tracesAt({ frames: 3, regions: 3, raw, neuropil: raw.map((value) => -value) }, [2, 0]);
  expect(picked.regions).toBe(2);
  expect([...picked.raw]).toEqual([20, 21, 22, 0, 1, 2]);
  expect([...picked.neuropil]).toEqual([-20, -21, -22, -0, -1, -2]);
});
