import { expect, it } from 'vitest';
import { joinRuns, packRuns, unpackRuns } from './runs.ts';

it('packs voxels into runs, stretch by stretch, and back', () => {
  const data = Uint8Array.from([0, 0, 0, 3, 3, 255, 0, 0, 1, 1, 1, 1]);
  const parts = [packRuns(data, 0, 6), packRuns(data, 6, 12)];
  expect(parts[0]).toEqual({ lengths: Uint32Array.from([3, 2, 1]), values: Uint8Array.from([0, 3, 255]) });
  const runs = joinRuns(parts);
  expect(runs.lengths).toHaveLength(5);
  expect(unpackRuns(runs, 12)).toEqual(data);
});

it('keeps labels of 16 and 32 bits', () => {
  const wide = Uint32Array.from([70_000, 70_000, 4_000_000_000]);
  expect(unpackRuns(packRuns(wide, 0, 3), 3)).toEqual(wide);
  expect(unpackRuns(packRuns(Uint16Array.from([700, 1]), 0, 2), 2)).toEqual(Uint16Array.from([700, 1]));
});

it('refuses what is no runs of this volume', () => {
  const runs = packRuns(Uint8Array.from([1, 1, 2]), 0, 3);
  expect(() => unpackRuns(runs, 4)).toThrow('runs of 3 voxels, and the volume has 4');
  expect(() => unpackRuns({ lengths: runs.lengths, values: [1, 2] }, 3)).toThrow('without their lengths or values');
  expect(() => unpackRuns({ lengths: runs.lengths, values: Uint8Array.of(1) }, 3)).toThrow('without their lengths or values');
  expect(() => unpackRuns(null, 3)).toThrow('without their lengths or values');
});
