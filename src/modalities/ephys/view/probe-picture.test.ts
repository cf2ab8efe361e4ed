import { expect, it } from 'vitest';
import type { Electrodes } from './electrodes.ts';
import { probeMap } from './probe-picture.ts';

/** Columns at `x`, each on its shank, with two electrodes a column. */
function electrodes(x: readonly number[], shank: readonly number[]): Electrodes {
  const both = <T>(list: readonly T[]) => [...list, ...list];
  const ids = both(x).map(String);
  return {
    count: ids.length,
    ids,
    x: Float64Array.from(both(x)),
    y: Float64Array.from(ids, (_, i) => (i < x.length ? 0 : 40)),
    shank: Int32Array.from(both(shank)),
    placed: true,
    unit: 'µV',
    byDepth: [...ids.keys()],
    byFile: [...ids.keys()],
  };
}

it('shanks lie side by side, with a gap between them', () => {
  const map = probeMap({ electrodes: electrodes([0, 32, 250, 282], [0, 0, 1, 1]) }, 200, 300);
  const x = [0, 1, 2, 3].map((electrode) => map.place(electrode).x);
  const [inner, gap, other] = [x[1]! - x[0]!, x[2]! - x[1]!, x[3]! - x[2]!];
  expect(other).toBeCloseTo(inner, 9);
  expect(gap).toBeCloseTo(1.8 * inner, 9);
  // The sides of each hold its own columns and nothing of the other's.
  const [[left, right], [next, end]] = [map.sides(0), map.sides(1)];
  expect([left < x[0]!, x[1]! < right, right < next, next < x[2]!, x[3]! < end]).toEqual(Array(5).fill(true));
  expect(end).toBeCloseTo(map.right, 9);
  expect(map.place(4).x).toBe(x[0]);
  expect(map.place(4).y).toBeLessThan(map.place(0).y);
});

it('one shank fills the width, however its columns are staggered', () => {
  const map = probeMap({ electrodes: electrodes([11, 27, 43, 59], [0, 0, 0, 0]) }, 200, 300);
  const x = [0, 1, 2, 3].map((electrode) => map.place(electrode).x);
  expect(x[3]! - x[2]!).toBeCloseTo(x[1]! - x[0]!, 9);
  expect(map.sides(0)[1]).toBeCloseTo(map.right, 9);
});
