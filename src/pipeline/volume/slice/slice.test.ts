import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { slabsOf, type Volume } from '../volume.ts';
import { autoContrast, visibleHistogram } from './contrast.ts';
import { positionInFrame, sliceOblique, turnFrame, uprightFrame } from './oblique.ts';

const rng = makeRng(5);
const shape = [4, 5, 7] as const;
const volume: Volume<Uint8Array<ArrayBuffer>> = { data: Uint8Array.from({ length: 140 }, () => rng.below(256)), shape };
const at = (z: number, y: number, x: number) => volume.data[(z * 5 + y) * 7 + x]!;

const walk = (height: number, width: number, value: (r: number, c: number) => number) => ({
  height,
  width,
  data: Uint8Array.from({ length: height * width }, (_, i) => value(Math.floor(i / width), i % width)),
});
/** Plane 2 across each axis. */
const UPRIGHT = {
  XY: walk(5, 7, (y, x) => at(2, y, x)),
  XZ: walk(4, 7, (z, x) => at(z, 2, x)),
  YZ: walk(5, 4, (y, z) => at(z, y, 2)),
};

describe('oblique planes', () => {
  it('upright are the planes along the axes', () => {
    for (const name of ['XY', 'XZ', 'YZ'] as const) {
      const expected = UPRIGHT[name];
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
    expect(slabsOf(6, 4, 3, { seams: [2] })).toEqual([
      { from: 0, to: 2, readFrom: 0, readTo: 2 },
      { from: 2, to: 6, readFrom: 2, readTo: 6 },
    ]);
  });
});
