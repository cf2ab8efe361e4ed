import { expect, it } from 'vitest';
import { packContours, RECORD_FLOATS } from './contours.ts';

const square = [0, 0, 0, 2, 2, 2, 2, 0];
const record = (records: Float32Array, i: number) => [...records.subarray(i * RECORD_FLOATS, (i + 1) * RECORD_FLOATS)];

it('closes each contour and repeats three of its points', () => {
  const { records, segments } = packContours({ points: Float32Array.from(square), starts: [0], regions: [6] });
  expect(segments).toBe(4);
  expect(Array.from({ length: 7 }, (_, i) => record(records, i))).toEqual([
    [2, 0, 0, 8, -1],
    [0, 0, 0, 8, 6],
    [0, 2, 2, 8, 6],
    [2, 2, 4, 8, 6],
    [2, 0, 6, 8, 6],
    [0, 0, 8, 8, -1],
    [0, 2, 8, 8, -1],
  ]);
});

it('draws as many segments as there are points, also over several contours of a region', () => {
  const points = Float32Array.from([...square, ...square.map((v) => v + 5), 9, 9, ...square.map((v) => v + 10)]);
  const { records, segments, spans } = packContours({ points, starts: [0, 4, 8, 9], regions: [0, 1, 2, 1] });
  const shown = Array.from({ length: segments }, (_, k) => record(records, k + 1)[4]).filter((region) => region! >= 0);
  expect(shown).toHaveLength(12);
  expect(spans.get(1)).toEqual([
    [7, 4],
    [14, 4],
  ]);
  for (const [first, count] of spans.get(1)!) {
    for (let k = first; k < first + count; k++) expect(record(records, k + 1)[4]).toBe(1);
  }
  expect(spans.has(2), 'a single point has no outline').toBe(false);
});

it('takes starts with or without the end', () => {
  const points = Float32Array.from([...square, ...square]);
  expect(packContours({ points, starts: [0, 4, 8], regions: [0, 1] })).toEqual(
    packContours({ points, starts: [0, 4], regions: [0, 1] }),
  );
});

it('takes nothing', () => {
  expect(packContours({ points: new Float32Array(0), starts: [0], regions: [] }).segments).toBe(0);
});
