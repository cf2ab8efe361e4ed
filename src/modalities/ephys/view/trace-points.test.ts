import { expect, it } from 'vitest';
import type { Strip } from '../shared/strip.ts';
import { levelsOf, linePoints, spikePoints } from './trace-points.ts';

const samples = Float32Array.from([1, 2, 3, 4, 10, 20, 30, 40]);
const raw: Strip = { from: 100, step: 1, columns: 4, channels: 2, low: samples, high: samples, sampled: false };
const folded: Strip = { ...raw, step: 8, high: samples.map((x) => x + 1) };
const lanes = [
  { electrode: 1, colour: 0 },
  { electrode: 0, colour: 2 },
];

it('draws each lane about its own level where it is asked to', () => {
  expect([...levelsOf(raw, lanes, true)]).toEqual([25, 2.5]);
  const points = linePoints(raw, lanes, levelsOf(raw, lanes, true));
  expect(points.length).toBe(4 * 8);
  expect([...points.subarray(0, 8)]).toEqual([0.5, -15, 0, 0, 1.5, -5, 0, 0]);
  expect([...points.subarray(16, 20)]).toEqual([0.5, -1.5, 1, 2]);
});

it('gives a column both its ends, so that no spike is lost', () => {
  const points = linePoints(folded, lanes, new Float64Array(2));
  const values = Array.from({ length: points.length / 4 }, (_, i) => points[4 * i + 1]);
  expect(values).toEqual([10, 11, 21, 20, 30, 31, 41, 40, 1, 2, 3, 2, 3, 4, 5, 4]);
});

it('colours what lies around a spike, on its lanes alone', () => {
  const points = spikePoints(raw, lanes, new Float64Array(2), [{ frame: 101, colour: 3, lanes: [1] }], 1, 1);
  const rows = Array.from({ length: points.length / 4 }, (_, i) => [...points.subarray(4 * i, 4 * i + 4)]);
  expect(rows).toEqual([
    [0.5, 1, 1, 3],
    [1.5, 2, 1, 3],
    [2.5, 3, 1, 3],
    [0, Number.NaN, 1, 3],
  ]);
});
