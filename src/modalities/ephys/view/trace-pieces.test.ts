import { expect, it } from 'vitest';
import type { HeldStrip } from './strips.ts';
import { piecesOf, valueAt } from './trace-pieces.ts';

const strip = (from: number, columns: number, step = 1): HeldStrip => {
  const low = new Float32Array(columns).fill(-3);
  return { key: `${from}/${step}`, strip: { from, step, columns, channels: 1, low, high: low.map(() => 2), sampled: false } };
};

it('draws the fitting strips, and another level in the gaps between them', () => {
  const [first, second, coarse] = [strip(0, 40), strip(60, 40), strip(0, 10, 16)];
  const pieces = piecesOf({ fitting: [first, second], others: [coarse], step: 1, sampled: false }, { from: 10, span: 100 });
  expect(pieces.map(({ from, to, held }) => [from, to, held.key])).toEqual([
    [10, 40, '0/1'],
    [40, 60, '0/16'],
    [60, 100, '60/1'],
    [100, 110, '0/16'],
  ]);
  expect(piecesOf({ fitting: [], others: [], step: 1, sampled: false }, { from: 0, span: 10 })).toEqual([]);
});

it('says what is furthest from zero, and nothing where nothing is', () => {
  const { strip: held } = strip(100, 4, 8);
  expect(valueAt(held, 0, 115)).toBe(-3);
  expect(valueAt(held, 0, 99)).toBeNull();
  held.low.fill(Number.NaN);
  held.high.fill(Number.NaN);
  expect(valueAt(held, 0, 115)).toBeNull();
});
