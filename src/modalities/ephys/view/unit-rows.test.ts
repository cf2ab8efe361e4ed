import { describe, expect, it } from 'vitest';
import { parseFilter, rowOf, sortRows } from './unit-rows.ts';
import type { Unit } from './units.ts';

const unit = (id: number, spikes: number, label: Unit['label'] = 'unsorted'): Unit => ({
  id,
  name: String(id),
  spikes: new Int32Array(spikes),
  label,
});
const JUDGED = { preset: 'none', definitions: 'corrected' } as const;
const rows = [
  rowOf(unit(3, 10, 'good'), { snr: 5, isi: 0.2 }, 2, JUDGED),
  rowOf(unit(1, 30, 'noise'), undefined, 2, JUDGED),
  rowOf(unit(12, 20, 'mua'), { snr: 2.5, isi: 0 }, 2, JUDGED),
];
const ids = (list: readonly { unit: Unit }[]) => list.map(({ unit: one }) => one.id);

it('counts spikes and rate without a computation', () => {
  expect(rows[1]!.measures).toEqual({ spikes: 30, rate: 15 });
});

describe('parseFilter', () => {
  it.each([
    ['', [3, 1, 12]],
    ['good', [3]],
    ['12', [12]],
    ['snr > 3', [3]],
    ['SNR>=2.5 isi<0.1', [12]],
    ['snr < 100', [3, 12]],
    ['noise snr > 0', []],
    ['unknown > 3', []],
  ])('%s', (text, expected) => expect(ids(rows.filter(parseFilter(text)))).toEqual(expected));
});

it('sorts with missing values last', () => {
  expect(ids(sortRows(rows, { column: 'snr', descending: true }))).toEqual([3, 12, 1]);
  expect(ids(sortRows(rows, { column: 'snr', descending: false }))).toEqual([12, 3, 1]);
  expect(ids(sortRows(rows, null))).toEqual([1, 3, 12]);
});
