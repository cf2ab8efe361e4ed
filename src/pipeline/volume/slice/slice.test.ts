import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { slabsOf, slabThickness, type Volume } from '../volume.ts';
import { makeAtlas, planAtlas } from './atlas.ts';
import { autoContrast, visibleHistogram } from './contrast.ts';
import { positionInFrame, sliceOblique, turnFrame, uprightFrame } from './oblique.ts';
import { planeCount, projectSlab, slicePlane } from './orthogonal.ts';

const rng = makeRng(5);
const shape = [4, 5, 7] as const;
const volume: Volume<Uint8Array<ArrayBuffer>> = { data: Uint8Array.from({ length: 140 }, () => rng.below(256)), shape };
const at = (z: number, y: number, x: number) => volume.data[(z * 5 + y) * 7 + x]!;

describe('planes along the axes', () => {
  it('are [y, x], [z, x] and [y, z]', () => {
    const xy = slicePlane(volume, 'XY', 2);
    const xz = slicePlane(volume, 'XZ', 3);
    const yz = slicePlane(volume, 'YZ', 6);
    expect([xy.height, xy.width, xz.height, xz.width, yz.height, yz.width]).toEqual([5, 7, 4, 7, 5, 4]);
    for (let z = 0; z < 4; z++)
      for (let y = 0; y < 5; y++)
        for (let x = 0; x < 7; x++) {
          if (z === 2) expect(xy.data[y * 7 + x]).toBe(at(z, y, x));
          if (y === 3) expect(xz.data[z * 7 + x]).toBe(at(z, y, x));
          if (x === 6) expect(yz.data[y * 4 + z]).toBe(at(z, y, x));
        }
    expect(xy.data.buffer).toBe(volume.data.buffer);
    expect((['XY', 'XZ', 'YZ'] as const).map((name) => planeCount(shape, name))).toEqual([4, 5, 7]);
  });

  it('that do not exist are refused', () => {
    expect(() => slicePlane(volume, 'XZ', 5)).toThrow('from 0 to 4');
  });

  it('project slabs by the largest, the least and the mean value, fewer at the border', () => {
    const largest = projectSlab(volume, 'YZ', 3, 3, 'max');
    const least = projectSlab(volume, 'XZ', 0, 4, 'min');
    const mean = projectSlab(volume, 'XY', 1, 2, 'mean');
    expect(largest.data[2 * 4 + 1]).toBe(Math.max(at(1, 2, 2), at(1, 2, 3), at(1, 2, 4)));
    expect(least.data[3 * 7 + 5]).toBe(Math.min(at(3, 0, 5), at(3, 1, 5), at(3, 2, 5)));
    expect(mean.data[8]).toBe(Math.round((at(1, 1, 1) + at(2, 1, 1)) / 2));
  });

  it('leave voxels without a value out of a projection', () => {
    const floats = { data: Float32Array.from([1, Number.NaN, 3, Number.NaN]), shape: [2, 1, 2] as const };
    expect([...projectSlab(floats, 'XY', 0, 2, 'mean').data]).toEqual([2, Number.NaN]);
    expect([...projectSlab(floats, 'XY', 0, 2, 'max').data]).toEqual([3, Number.NaN]);
  });
});

describe('oblique planes', () => {
  it('upright are the planes along the axes', () => {
    for (const name of ['XY', 'XZ', 'YZ'] as const) {
      const expected = slicePlane(volume, name, 2);
      const frame = uprightFrame(name, name === 'XY' ? [2, 2, 3] : name === 'XZ' ? [1.5, 2, 3] : [1.5, 2, 2]);
      for (const sampling of ['linear', 'nearest'] as const) {
        const { data, inside } = sliceOblique(volume, frame, { ...expected, step: 1 }, sampling);
        expect(data).toEqual(expected.data);
        expect(inside.every(Boolean)).toBe(true);
      }
    }
  });

  it('interpolate a linear ramp exactly, nearest takes whole voxels, outside has no value', () => {
    const data = Float32Array.from(
      { length: 1000 },
      (_, i) => Math.floor(i / 100) + 2 * (Math.floor(i / 10) % 10) + 4 * (i % 10),
    );
    const ramp = { data, shape: [10, 10, 10] as const };
    const frame = turnFrame(
      turnFrame(turnFrame(uprightFrame('XY', [4.41, 4.53, 4.62]), 'right', 0.5), 'down', -0.3),
      'view',
      0.8,
    );
    const size = { height: 21, width: 21, step: 0.8 };
    const plane = sliceOblique(ramp, frame, size, 'linear');
    const labels = sliceOblique(ramp, frame, size, 'nearest');
    let seen = 0;
    for (let i = 0; i < plane.data.length; i++) {
      const [z, y, x] = positionInFrame(frame, Math.floor(i / 21), i % 21, size);
      const isDeep = [z, y, x].every((p) => p >= 0 && p <= 9);
      const isInside = [z, y, x].every((p) => p > -0.499999 && p < 9.499999);
      expect(plane.inside[i], `${z} ${y} ${x}`).toBe(isInside ? 1 : 0);
      if (isDeep) expect(plane.data[i]).toBeCloseTo(z + 2 * y + 4 * x, 4);
      if (isDeep) expect(labels.data[i]).toBe(Math.round(z) + 2 * Math.round(y) + 4 * Math.round(x));
      if (isDeep) seen++;
    }
    expect(seen).toBeGreaterThan(60);
    expect(seen).toBeLessThan(400);
  });

  it('keep their directions at right angles when turned', () => {
    const { right, down } = turnFrame(turnFrame(uprightFrame('XZ', [0, 0, 0]), 'down', 1.1), 'right', 2.3);
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    expect(dot(right, down)).toBeCloseTo(0, 12);
    expect(dot(right, right)).toBeCloseTo(1, 12);
    expect(dot(down, down)).toBeCloseTo(1, 12);
  });
});

describe('the atlas', () => {
  it('lays slices out as tiles', () => {
    const atlas = complete(makeAtlas(volume, { side: 64, reduce: 'mean' }));
    expect(atlas.factor).toBe(1);
    for (let z = 0; z < 4; z++) {
      const top = Math.floor(z / atlas.tilesX) * atlas.tileHeight;
      const left = (z % atlas.tilesX) * atlas.tileWidth;
      for (let y = 0; y < 5; y++)
        for (let x = 0; x < 7; x++) expect(atlas.data[(top + y) * atlas.width + left + x]).toBe(at(z, y, x));
    }
  });

  it('reduces what does not fit, smaller blocks at the border', () => {
    const atlas = complete(makeAtlas(volume, { side: 8, reduce: 'max' }));
    expect([atlas.factor, atlas.tiles, atlas.tileHeight, atlas.tileWidth]).toEqual([2, 2, 3, 4]);
    expect(atlas.height).toBeLessThanOrEqual(8);
    expect(atlas.width).toBeLessThanOrEqual(8);
    const corner = Math.floor(1 / atlas.tilesX) * 3 * atlas.width + (1 % atlas.tilesX) * 4;
    expect(atlas.data[corner + 2 * atlas.width + 3]).toBe(Math.max(at(2, 4, 6), at(3, 4, 6)));
  });

  it('of a cutout of 256³ is 4096 pixels wide, of a thin slab nothing wider than it may be', () => {
    expect(planAtlas([256, 256, 256], 4096)).toMatchObject({ factor: 1, tilesX: 16, tilesY: 16, width: 4096, height: 4096 });
    expect(planAtlas([360, 256, 256], 4096)).toMatchObject({ factor: 2 });
    expect(planAtlas([1, 1420, 5805], 4096)).toMatchObject({ factor: 2, tilesX: 1, tilesY: 1 });
  });

  it('stretches other kinds of numbers over a window', () => {
    const floats = { data: Float32Array.from([-1, 0, 0.5, 3]), shape: [1, 2, 2] as const };
    expect([...complete(makeAtlas(floats, { side: 16, reduce: 'mean', window: [0, 1] })).data]).toEqual([0, 0, 128, 255]);
  });
});

describe('contrast', () => {
  it('takes the per cents of all visible slices together', () => {
    const dark = new Uint8Array(100).fill(10);
    const ramp = Uint8Array.from({ length: 101 }, (_, i) => 100 + i);
    expect(autoContrast([ramp])).toEqual([101, 199]);
    expect(autoContrast([dark, ramp])![0]).toBe(10);
    expect(autoContrast([dark])).toEqual([10, 11]);
    expect(autoContrast([new Float32Array(3).fill(Number.NaN)])).toBeNull();
    expect([...visibleHistogram([dark, ramp], 2, [0, 200]).counts]).toEqual([100, 101]);
  });
});

describe('slabs', () => {
  it('cover every slice once and are read with their halo', () => {
    expect(slabsOf(10, 4, 3)).toEqual([
      { from: 0, to: 4, readFrom: 0, readTo: 7 },
      { from: 4, to: 8, readFrom: 1, readTo: 10 },
      { from: 8, to: 10, readFrom: 5, readTo: 10 },
    ]);
    expect(slabsOf(6, 4, 3, [2])).toEqual([
      { from: 0, to: 2, readFrom: 0, readTo: 2 },
      { from: 2, to: 6, readFrom: 2, readTo: 6 },
    ]);
    expect(slabThickness([100, 256, 256], 14, 4 * 20, 256 * 2 ** 20)).toBe(23);
    expect(slabThickness([100, 4096, 4096], 14, 4 * 20, 2 ** 20)).toBe(1);
  });
});
