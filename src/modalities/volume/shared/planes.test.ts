import { expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import type { Triple } from '../../../base/volume.ts';
import { coarseBytes, labelCodes, type Projection, planeOf, slabOf } from './planes.ts';

/** 2 × 3 × 4, each voxel 100 z + 10 y + x. */
const SHAPE: Triple = [2, 3, 4];
const volume = Uint8Array.from({ length: 24 }, (_, i) => 100 * Math.floor(i / 12) + 10 * (Math.floor(i / 4) % 3) + (i % 4));

it('cuts the three planes, rows and columns as they lie on screen', () => {
  expect(planeOf(volume, SHAPE, 'xy', 1)).toEqual({
    data: Uint8Array.of(100, 101, 102, 103, 110, 111, 112, 113, 120, 121, 122, 123),
    height: 3,
    width: 4,
  });
  expect(planeOf(volume, SHAPE, 'xz', 2)).toEqual({
    data: Uint8Array.of(20, 21, 22, 23, 120, 121, 122, 123),
    height: 2,
    width: 4,
  });
  expect(planeOf(volume, SHAPE, 'yz', 3)).toEqual({ data: Uint8Array.of(3, 103, 13, 113, 23, 123), height: 3, width: 2 });
});

it('shows XY without a copy', () => {
  expect(planeOf(volume, SHAPE, 'xy', 1).data.buffer).toBe(volume.buffer);
});

it('projects a slab, as many planes as there are', () => {
  expect(slabOf(volume, SHAPE, 'xy', 0, { planes: 2, projection: 'mean' }).data[0]).toBe(50);
  expect(slabOf(volume, SHAPE, 'xy', 0, { planes: 9, projection: 'maximum' }).data[3]).toBe(103);
  expect(slabOf(volume, SHAPE, 'yz', 1, { planes: 3, projection: 'minimum' }).data[0]).toBe(0);
  expect(slabOf(volume, SHAPE, 'xy', 1, { planes: 1, projection: 'mean' }).data).toEqual(planeOf(volume, SHAPE, 'xy', 1).data);
  const floats = Float32Array.of(0, 1, 2, 4);
  expect(slabOf(floats, [2, 1, 2], 'xy', 0, { planes: 2, projection: 'mean' }).data).toEqual(Float32Array.of(1, 2.5));
});

it('takes planes on both sides, one more behind where their number is even', () => {
  const column = Float32Array.of(0, 1, 2, 3, 4, 5, 6);
  const mean = (index: number, planes: number) => slabOf(column, [7, 1, 1], 'xy', index, { planes, projection: 'mean' }).data[0];
  expect([mean(3, 3), mean(3, 4), mean(0, 4), mean(6, 3)]).toEqual([3, 3.5, 1, 5.5]);
});

it('leaves voxels without a value out of a projection', () => {
  const floats = Float32Array.of(1, Number.NaN, 3, Number.NaN);
  const slab = (projection: Projection) => [...slabOf(floats, [2, 1, 2], 'xy', 0, { planes: 2, projection }).data];
  expect(slab('mean')).toEqual([2, Number.NaN]);
  expect(slab('maximum')).toEqual([3, Number.NaN]);
});

it('gives every label a code of a byte: background 0, others never', () => {
  const wide = Uint32Array.of(0, 1, 255, 256, 70_000, 4_294_967_294);
  const { data } = labelCodes({ data: wide, height: 1, width: 6 });
  expect(data[0]).toBe(0);
  expect([...data.subarray(1)].every((code) => code > 0)).toBe(true);
  const bytes = Uint8Array.of(0, 3, 200);
  expect(labelCodes({ data: bytes, height: 1, width: 3 }).data).toBe(bytes);
});

it('makes a volume coarse within the limits, and only the planes that are asked for', () => {
  const { data, shape } = complete(coarseBytes(volume, SHAPE, { from: 1, to: 2 }, 2, { low: 100, high: 123 }));
  expect(shape).toEqual([1, 2, 2]);
  expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
  expect(complete(coarseBytes(volume, SHAPE, { from: 0, to: 2 }, 16, null)).data).toEqual(volume);
});
