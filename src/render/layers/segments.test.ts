import { expect, it } from 'vitest';
import { expandRecords, type RecordLayout, vertexLayout } from './segments.ts';

const LAYOUT: RecordLayout = {
  floats: 3,
  attributes: {
    from: { record: 0, float: 0, size: 2 },
    kind: { record: 0, float: 2, size: 1 },
    to: { record: 1, float: 0, size: 2 },
  },
};
const RECORDS = Float32Array.from([1, 2, 7, 3, 4, 8, 5, 6, 9]);

/** What a shader reads: the attributes of one corner of one segment. */
function read(vertices: Float32Array, segment: number, corner: number): Record<string, number[]> {
  const { stride, bytesASegment, places } = vertexLayout(LAYOUT);
  return Object.fromEntries(
    places.map(({ name, offset, size }) => {
      const at = (segment * bytesASegment + offset + corner * stride) / 4;
      return [name, [...vertices.subarray(at, at + size)]];
    }),
  );
}

it('gives every corner of a segment the same ends and its own side', () => {
  const vertices = expandRecords(RECORDS, LAYOUT.floats);
  const corners = [0, 1, 2, 3].map((corner) => read(vertices, 1, corner));
  for (const { from, to, kind } of corners) expect({ from, to, kind }).toEqual({ from: [3, 4], to: [5, 6], kind: [8] });
  expect(corners.map(({ corner }) => corner)).toEqual([
    [0, -1],
    [0, 1],
    [1, -1],
    [1, 1],
  ]);
});

it('takes nothing', () => {
  expect(expandRecords(new Float32Array(0), 3)).toHaveLength(0);
});
