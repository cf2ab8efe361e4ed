import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import type { Triple } from '../../../base/volume.ts';
import { loadNpy } from '../../../test/load-npy.ts';
import { describeWithData, goldenPath } from '../../../test/shared-data.ts';
import type { LabelVolume } from '../volume.ts';
import { squaredDistance, WITHIN_SLICE } from './distance.ts';
import { closeMask, dilate, erode, filterBySize, openMask } from './morphology.ts';
import { NONZERO } from './run-components.ts';
import { labelByThresholds, levelCounts, liThreshold, otsuThresholds, triangleThreshold } from './thresholds.ts';

describeWithData('thresholds against scikit-image', () => {
  const want = JSON.parse(readFileSync(goldenPath('volume/filters/scalars.json'), 'utf8'));
  const counts = levelCounts(loadNpy(goldenPath('volume/filters/image.npy')).data as Uint8Array);

  it('Otsu, multi-Otsu, Li, triangle', () => {
    expect([...counts]).toEqual(want.histogram256);
    expect(otsuThresholds(counts)).toEqual([want.otsu]);
    expect(otsuThresholds(counts, 3)).toEqual(want.multiotsu3);
    expect(liThreshold(counts)).toBeCloseTo(want.li, 9);
    expect(triangleThreshold(counts)).toBe(want.triangle);
  });
});

const rng = makeRng(12);
const noise = (share: number, shape: LabelVolume['shape'] = [7, 11, 13]): LabelVolume => ({
  data: Uint8Array.from({ length: shape[0] * shape[1] * shape[2] }, () => Number(rng.uniform() < share)),
  shape,
});

/** From every voxel to every voxel of the mask. */
function bruteDistance({ data, shape: [depth, height, width] }: LabelVolume, spacing: Triple): number[] {
  const place = (i: number): Triple => [Math.floor(i / height / width), Math.floor(i / width) % height, i % width];
  const set = [...data.keys()].filter((i) => data[i]).map(place);
  return Array.from({ length: depth * height * width }, (_, i) => {
    const [z, y, x] = place(i);
    const far = (a: number, b: number, unit: number) => (a === b ? 0 : ((a - b) * unit) ** 2);
    return Math.min(...set.map(([c, b, a]) => far(z, c, spacing[0]) + far(y, b, spacing[1]) + far(x, a, spacing[2])));
  });
}

describe('squared distances', () => {
  it('are those to the nearest voxel', () => {
    for (const spacing of [[1, 1, 1], [2.5, 1, 0.5], WITHIN_SLICE] as const) {
      const mask = noise(0.02);
      const got = complete(squaredDistance(mask, NONZERO, spacing)).data;
      for (const [i, want] of bruteDistance(mask, spacing).entries()) {
        if (want === Infinity) expect(got[i]).toBe(Infinity);
        else expect(got[i]).toBeCloseTo(want, 4);
      }
    }
    expect(complete(squaredDistance(noise(0), NONZERO)).data.every((v) => v === Infinity)).toBe(true);
  });
});

describe('morphology', () => {
  const single = (): LabelVolume => {
    const mask = { data: new Uint8Array(125), shape: [5, 5, 5] as const };
    mask.data[62] = 1;
    return mask;
  };
  const sum = ({ data }: LabelVolume) => data.reduce((a, b) => a + b, 0);

  it('grows by 6, 18 and 26 neighbours, flat by 4 and 8', () => {
    const grown = (radius: number, flat = false) => sum(complete(dilate(single(), { radius, flat })));
    expect([grown(1), grown(1.5), grown(1.8), grown(2)]).toEqual([7, 19, 27, 33]);
    expect([grown(1, true), grown(1.5, true)]).toEqual([5, 9]);
  });

  it('shrinks what it grew; opening removes specks, closing fills gaps', () => {
    const ball = complete(dilate(single(), { radius: 2 }));
    expect(complete(erode(ball, { radius: 1 }))).toEqual(complete(dilate(single(), { radius: 1 })));
    expect(sum(complete(openMask(single(), { radius: 1 })))).toBe(0);
    const gap = complete(dilate(single(), { radius: 2 }));
    gap.data[62] = 0;
    expect(complete(closeMask(gap, { radius: 1 })).data[62]).toBe(1);
  });

  it('does not eat away what the border cuts', () => {
    const full = { data: new Uint8Array(27).fill(1), shape: [3, 3, 3] as const };
    expect(sum(complete(erode(full, { radius: 1 })))).toBe(27);
  });

  it('keeps components by size', () => {
    const row = (values: readonly number[]) => ({ data: Uint8Array.from(values), shape: [1, 1, values.length] as const });
    expect([...complete(filterBySize(row([1, 0, 1, 1, 0, 1, 1, 1]), { least: 2, most: 2 })).data]).toEqual([
      0, 0, 1, 1, 0, 0, 0, 0,
    ]);
  });
});

describe('thresholds', () => {
  it('part levels into classes', () => {
    const values = { data: Uint8Array.from([10, 11, 12, 100, 101, 102, 200, 201]), shape: [2, 2, 2] as const };
    const thresholds = otsuThresholds(levelCounts(values.data), 3);
    expect([...labelByThresholds(values, thresholds).data]).toEqual([0, 0, 0, 1, 1, 1, 2, 2]);
    expect(otsuThresholds(levelCounts(values.data), 4).length).toBe(3);
  });

  it('of data with too few levels are refused', () => {
    expect(() => otsuThresholds(levelCounts(new Uint8Array(9).fill(7)))).toThrow('have 1 grey levels');
  });
});
