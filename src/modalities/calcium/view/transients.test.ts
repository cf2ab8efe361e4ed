import { describe, expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import { boxAround, cutOut, sharedContrast } from './transients.ts';

describe('a cut-out', () => {
  it('is a square around the region with a margin', () => {
    const region = regionFrom([
      [20, 30],
      [24, 33],
    ]);
    expect(boxAround(region, 60, 80)).toEqual({ top: 14, left: 24, height: 17, width: 17 });
  });

  it('moves inside the field, and shrinks where the field is smaller', () => {
    expect(boxAround(regionFrom([[0, 79]]), 60, 80)).toEqual({ top: 0, left: 67, height: 13, width: 13 });
    expect(boxAround(regionFrom([[3, 3]]), 8, 80)).toMatchObject({ top: 0, height: 8, width: 13 });
  });

  it('holds the rows and columns of its box', () => {
    const frame = Uint16Array.from({ length: 30 }, (_, i) => i);
    expect([...cutOut(frame, 6, { top: 1, left: 2, height: 2, width: 3 })]).toEqual([8, 9, 10, 14, 15, 16]);
  });
});

it('all cut-outs share one contrast', () => {
  const ramp = Float32Array.from({ length: 1001 }, (_, i) => i);
  expect(sharedContrast([ramp.subarray(500), ramp.subarray(0, 500)])).toEqual([10, 995]);
  expect(sharedContrast([])).toEqual([Number.NaN, Number.NaN]);
});
