import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { complete } from '../../base/steps.ts';
import { texture } from '../../test/ring-field.ts';
import { frameShifts, makeReference, measureShifts, motionOf } from './measure-shifts.ts';

const SIDE = 64;
const BIG = 96;

/** Noisy pieces of one texture, each moved by its shift. */
function moved(shifts: readonly (readonly [number, number])[], noise: number) {
  const rng = makeRng(5);
  const field = texture(makeRng(2), BIG).map((value) => 100 + 20 * value);
  const piece = (row: number, col: number) =>
    Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
      const y = 16 + Math.floor(i / SIDE) - row;
      const x = 16 + (i % SIDE) - col;
      const [y0, x0] = [Math.floor(y), Math.floor(x)];
      const at = (dy: number, dx: number) => field[(y0 + dy) * BIG + x0 + dx]!;
      const [fy, fx] = [y - y0, x - x0];
      return (at(0, 0) * (1 - fx) + at(0, 1) * fx) * (1 - fy) + (at(1, 0) * (1 - fx) + at(1, 1) * fx) * fy + noise * rng.normal();
    });
  const images = new Float32Array(shifts.length * SIDE * SIDE);
  for (const [i, [row, col]] of shifts.entries()) images.set(piece(row, col), i * SIDE * SIDE);
  return { images, reference: piece(0, 0) };
}

it('measures shifts to a third of a pixel under noise', () => {
  const shifts = [
    [0, 0],
    [2, -3],
    [-1.5, 0.5],
    [4, 4],
    [0.25, -0.75],
  ] as const;
  const { images, reference } = moved(shifts, 10);
  const { rows, cols } = complete(measureShifts(images, shifts.length, reference, SIDE, SIDE));
  shifts.forEach(([row, col], i) => {
    expect(Math.abs(rows[i]! - row)).toBeLessThan(0.34);
    expect(Math.abs(cols[i]! - col)).toBeLessThan(0.34);
  });
});

it('makes a sharp reference of a movie that moves', () => {
  const shifts = Array.from({ length: 60 }, (_, i): [number, number] => (i % 3 === 2 ? [5, -4] : [0, 0]));
  const { images, reference } = moved(shifts, 10);
  const made = makeReference(images, shifts.length, SIDE * SIDE);
  const mean = reference.reduce((sum, value) => sum + value, 0) / reference.length;
  const power = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value * value, 0);
  const centred = reference.map((value) => value - mean);
  const alike = centred.reduce((sum, value, i) => sum + value * made[i]!, 0) / Math.sqrt(power(centred) * power(made));
  expect(alike).toBeGreaterThan(0.85);
  const found = complete(measureShifts(images, shifts.length, made, SIDE, SIDE));
  expect(motionOf(found)).toBeGreaterThan(6);
  expect(motionOf(found)).toBeLessThan(7);
});

it('tells how much a movie moves, whatever its place', () => {
  const still = { rows: Float32Array.from({ length: 200 }, () => 2), cols: new Float32Array(200) };
  expect(motionOf(still)).toBe(0);
  const jumps = { rows: still.rows.map((v, i) => (i % 50 === 0 ? v + 3 : v)), cols: still.cols };
  expect(motionOf(jumps)).toBe(3);
  expect(motionOf({ rows: new Float32Array(0), cols: new Float32Array(0) })).toBeNaN();
});

it('gives every frame a whole-pixel shift, between images by straight lines', () => {
  const { rows, cols } = frameShifts({ rows: Float32Array.of(0, 0, 0, 4, 4), cols: new Float32Array(5).fill(1) }, 20);
  expect([...rows].every((v, i) => i === 0 || (v >= rows[i - 1]! && v - rows[i - 1]! <= 1))).toBe(true);
  expect(rows[0]).toBe(0);
  expect(rows[19]).toBe(4);
  expect([...cols].every((v) => v === 0)).toBe(true);
});
