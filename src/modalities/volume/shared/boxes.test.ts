// Tiles of whole bricks.
import { expect, it } from 'vitest';
import { tileEdges } from './boxes.ts';

it('makes tiles of whole bricks, as wide as they may be', () => {
  const whole = [720, 1420, 5805] as const;
  // Planes that follow each other in a file: several, one, or rows of one.
  expect(tileEdges([720, 256, 256], [1, 256, 256], 2 ** 20)).toEqual([16, 256, 256]);
  expect(tileEdges(whole, [1, 1420, 5805], 2 ** 22)).toEqual([1, 1420, 5805]);
  expect(tileEdges([10, 30_000, 30_000], [1, 30_000, 30_000], 2 ** 22)).toEqual([1, 139, 30_000]);
  // Chunks: whole ones, at least one.
  expect(tileEdges(whole, [64, 64, 64], 2 ** 22)).toEqual([64, 64, 1024]);
  expect(tileEdges([100, 100, 100], [64, 64, 64], 2 ** 22)).toEqual([100, 100, 100]);
  expect(tileEdges(whole, [64, 64, 64], 1000)).toEqual([1, 1, 960]);
});
