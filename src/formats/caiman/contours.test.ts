import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { parseJson } from '../neurofinder/json.ts';
import { findContours, readContours } from './contours.ts';

const TEXT = `[
  {"coordinates": [[NaN, NaN], [10.0, 3.5], [12.5, 4.0], [10.0, 6.0], [10.0, 3.5], [NaN, NaN], [20.0, 3.0], [22.0, 3.0], [20.0, 5.0], [NaN, NaN]],
   "CoM": [4.1, 14.2], "neuron_id": 1, "bbox": [3, 7, 10, 23]},
  {"coordinates": [[NaN, NaN]], "CoM": [NaN, NaN], "neuron_id": 2},
  {"coordinates": [[1, 2], [3], [4, 5]], "neuron_id": 3},
  {"coordinates": [[30, 1], [32, 1], [30, 3]], "CoM": [1.7, 30.7], "neuron_id": 4}
]`;

const read = (text: string) => readContours(findContours(parseJson(text))!, { file: 'contours.json' });

it('reads parts between NaN, columns before rows, pixel centres as edges plus a half', () => {
  const { cells, ids, bad, rowFirst } = read(TEXT);
  expect(rowFirst).toBe(false);
  expect(cells.map((parts) => parts.map((part) => [...part]))).toEqual([
    [
      [4, 10.5, 4.5, 13, 6.5, 10.5, 4, 10.5],
      [3.5, 20.5, 3.5, 22.5, 5.5, 20.5],
    ],
    [[1.5, 30.5, 1.5, 32.5, 3.5, 30.5]],
  ]);
  expect(ids).toEqual([1, 4]);
  expect(bad).toEqual([
    { index: 1, reason: 'has no contour of three points' },
    { index: 2, reason: 'has no pair of numbers as point 1' },
  ]);
});

it('takes rows first where the centres of the file say so', () => {
  const { cells, rowFirst } = read('[{"coordinates": [[1, 30], [1, 32], [3, 30]], "CoM": [1.7, 30.7], "neuron_id": 1}]');
  expect(rowFirst).toBe(true);
  expect([...cells[0]![0]!]).toEqual([1.5, 30.5, 1.5, 32.5, 3.5, 30.5]);
});

it('counts from one where it is told so', () => {
  const list = findContours(parseJson('[{"coordinates": [[1, 30], [1, 32], [3, 30]], "neuron_id": 1}]'))!;
  expect([...readContours(list, {}, { oneBased: true }).cells[0]![0]!]).toEqual([29.5, 0.5, 31.5, 0.5, 29.5, 2.5]);
});

it('leaves lists of pixels and everything else alone', () => {
  for (const text of ['[{"coordinates": [[1, 2], [3, 4]]}]', '[]', '{}', '3', '[[1, 2]]', '[{"id": 1}]', '{"regions": []}']) {
    expect(findContours(parseJson(text)), text).toBeNull();
  }
  expect(findContours(parseJson('[{"coordinates": [[NaN, NaN], [1, 2]]}]'))).toHaveLength(1);
  expect(findContours(parseJson(`{"contours": ${TEXT}}`))).toHaveLength(4);
});

it('names contours of volumes, and refuses too many', () => {
  const planes = read('[{"coordinates": [[[1, 2], [3, 4], [5, 6]], []], "neuron_id": 1}]');
  expect(planes.bad[0]!.reason).toContain('each plane of a volume');
  expect(() =>
    readContours(
      Array.from({ length: 20_001 }, () => ({ coordinates: [] })),
      {},
    ),
  ).toThrow(/20,001/);
});

it('cut anywhere it is refused; with bytes replaced it gives contours or a typed error', () => {
  const bytes = new TextEncoder().encode(TEXT);
  const isRead = (given: Uint8Array) => {
    try {
      const list = findContours(parseJson(given));
      if (list) readContours(list, {});
      return true;
    } catch (error) {
      if (isSomascopeError(error) && error.tag !== 'Bug') return false;
      throw error;
    }
  };
  for (let length = 0; length < bytes.length; length++) expect(isRead(bytes.slice(0, length)), `${length}`).toBe(false);
  const rng = makeRng(8);
  const tokens = new TextEncoder().encode('{}[],:"0.-eNaN \\');
  for (let trial = 0; trial < 4000; trial++) {
    const copy = bytes.slice();
    for (let k = 0; k <= rng.below(4); k++) copy[rng.below(copy.length)] = tokens[rng.below(tokens.length)]!;
    isRead(copy);
  }
});
