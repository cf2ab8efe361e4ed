import { expect, it } from 'vitest';
import { readShifts } from './kept-edits.ts';

it('takes back the shifts of every frame, and refuses what does not fit the movie', () => {
  const shifts = { rows: Float32Array.of(0, 1.5, -0.25), cols: Float32Array.of(0, 0, 2) };
  expect(readShifts(shifts, 3)).toEqual(shifts);
  expect(readShifts(undefined, 3)).toBeNull();
  for (const wrong of [shifts.rows, { rows: shifts.rows }, { ...shifts, cols: Float32Array.of(0, Number.NaN, 1) }, null])
    expect(() => readShifts(wrong, 3)).toThrow(/motion correction does not fit/);
  expect(() => readShifts(shifts, 4)).toThrow(expect.objectContaining({ tag: 'Invalid' }));
});
