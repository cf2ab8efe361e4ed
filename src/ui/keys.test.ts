// Key names, numbers as typed, histogram bars: the parts' plain functions.
import { expect, it } from 'vitest';
import { barPath } from './histogram.tsx';
import { ariaKeys, isSingleKey, parseKeys, sameKeys, showKeys } from './keys.ts';
import { decimalsOf, readNumber, showNumber } from './number-field.tsx';
import { nextSort } from './table-parts.tsx';
import { moveSelection } from './virtual-table.tsx';

const press = (key: string, ctrl = false, shift = false, alt = false) => ({ key, ctrl, shift, alt });

it('reads and shows keys', () => {
  expect(parseKeys('Ctrl+Shift+Z')).toEqual(press('z', true, true));
  expect(parseKeys('+')).toEqual(press('+'));
  expect(showKeys('Ctrl+Enter')).toBe('Ctrl ⏎');
  expect(showKeys('Shift+ArrowLeft')).toBe('Shift ←');
  expect(ariaKeys('Ctrl+Enter')).toBe('Control+Enter');
});

it('counts Shift for letters and named keys, not for signs', () => {
  expect(sameKeys(parseKeys('?'), press('?', false, true))).toBe(true);
  expect(sameKeys(parseKeys('c'), press('c', false, true))).toBe(false);
  expect(sameKeys(parseKeys('Shift+c'), press('c', false, true))).toBe(true);
  expect(sameKeys(parseKeys('ArrowLeft'), press('ArrowLeft', false, true))).toBe(false);
});

it('knows single keys', () => {
  expect(['a', '1', '?', 'Shift+c', 'Space', 'ArrowUp', 'Ctrl+k'].map(isSingleKey)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('reads numbers as people type them', () => {
  expect(readNumber('3,480', 0, 65535, 0)).toBe(3480);
  expect(readNumber(' −1.5 ', -2, 2, 1)).toBe(-1.5);
  expect(readNumber('', 0, 1, 2)).toBe('Not a number');
  expect(readNumber('1.2.3', 0, 1, 2)).toBe('Not a number');
  expect(readNumber('2', 0, 1, 2)).toBe('From 0.00 to 1.00');
  expect(readNumber('-1', 0, Number.POSITIVE_INFINITY, 0)).toBe('At least 0');
  expect([decimalsOf(1), decimalsOf(0.05), decimalsOf(1e-7)]).toEqual([0, 2, 7]);
  expect(showNumber(12345.6, 0)).toBe('12,346');
});

it('draws one bar per filled bin within its limits', () => {
  const path = barPath([0, 10, 5, 0, 7], 1, 4);
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path.startsWith('M1 ')).toBe(true);
  expect(barPath([0, 0], 0, 2)).toBe('');
});

it('turns a sort round on the same column', () => {
  expect(nextSort(null, 'area')).toEqual({ column: 'area', descending: true });
  expect(nextSort({ column: 'area', descending: true }, 'area')).toEqual({ column: 'area', descending: false });
  expect(nextSort({ column: 'area', descending: false }, 'snr')).toEqual({ column: 'snr', descending: true });
});

it('moves a selection within its rows', () => {
  expect(['ArrowDown', 'k', 'Home', 'End', 'PageDown', 'x'].map((key) => moveSelection(key, 5, 12))).toEqual([
    6,
    4,
    0,
    11,
    11,
    null,
  ]);
  expect([moveSelection('ArrowDown', -1, 12), moveSelection('ArrowUp', -1, 12), moveSelection('End', 0, 0)]).toEqual([
    0,
    11,
    null,
  ]);
});
