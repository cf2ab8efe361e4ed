import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import type { LabelVolume } from '../volume.ts';
import { componentStats } from './component-stats.ts';
import { type Connectivity, findComponents, membersOf, NONZERO, paintComponents, ZERO } from './run-components.ts';

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../../test/golden/volume/cells/components.json'), 'utf8'));
const { data, shape } = loadGolden('volume/cells/mask.npy');
const mask: LabelVolume = { data: data as Uint8Array<ArrayBuffer>, shape: shape as unknown as LabelVolume['shape'] };

describe('components against scipy', () => {
  it.each([6, 18, 26] as const)('with %i neighbours', (connectivity) => {
    const want = golden[connectivity];
    const { count, sizes, centres } = componentStats(complete(findComponents(mask, connectivity)));
    expect(count).toBe(want.n);
    expect([...sizes]).toEqual(want.sizes_in_scan_order);
    for (const [i, value] of want.centroids_zyx.flat().entries()) expect(centres[i]).toBeCloseTo(value, 9);
  });
});

/** Floods from every voxel in reading order. */
function floodComponents({ data, shape: [depth, height, width] }: LabelVolume, connectivity: Connectivity): number[] {
  const out = new Array<number>(data.length).fill(0);
  const far = connectivity === 4 || connectivity === 6 ? 1 : connectivity === 8 || connectivity === 18 ? 2 : 3;
  const deep = connectivity === 4 || connectivity === 8 ? 0 : 1;
  let count = 0;
  for (let start = 0; start < data.length; start++) {
    if (!data[start] || out[start]) continue;
    out[start] = ++count;
    const stack = [start];
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      const [z, y, x] = [Math.floor(i / height / width), Math.floor(i / width) % height, i % width];
      for (let dz = -deep; dz <= deep; dz++)
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) {
            const [a, b, c] = [z + dz, y + dy, x + dx];
            if (Math.abs(dz) + Math.abs(dy) + Math.abs(dx) > far) continue;
            if (a < 0 || b < 0 || c < 0 || a >= depth || b >= height || c >= width) continue;
            const j = (a * height + b) * width + c;
            if (!data[j] || out[j]) continue;
            out[j] = count;
            stack.push(j);
          }
    }
  }
  return out;
}

describe('components', () => {
  const rng = makeRng(3);
  it.each([4, 8, 6, 18, 26] as const)('with %i neighbours are those of a flood fill', (connectivity) => {
    for (const share of [0.2, 0.35, 0.6]) {
      const noise: LabelVolume = {
        data: Uint8Array.from({ length: 6 * 17 * 19 }, () => Number(rng.uniform() < share)),
        shape: [6, 17, 19],
      };
      const painted = complete(paintComponents(complete(findComponents(noise, connectivity))));
      expect([...painted]).toEqual(floodComponents(noise, connectivity));
    }
  });

  it('of chosen values, with their boxes', () => {
    const labels: LabelVolume = { data: Uint8Array.from([2, 0, 0, 3, 3, 2, 0, 0]), shape: [2, 2, 2] };
    expect(complete(findComponents(labels, 6, membersOf(2))).count).toBe(2);
    expect(complete(findComponents(labels, 6, membersOf(2, 3))).count).toBe(2);
    expect(complete(findComponents(labels, 6, ZERO)).count).toBe(2);
    expect([...componentStats(complete(findComponents(labels, 6, membersOf(3)))).boxes]).toEqual([
      0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0,
    ]);
    expect(complete(findComponents({ data: new Uint8Array(8), shape: [2, 2, 2] }, 26, NONZERO)).count).toBe(0);
  });
});
