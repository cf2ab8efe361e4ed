import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { complete } from '../../base/steps.ts';
import { texture } from '../../test/ring-field.ts';
import { clearImages, frameShifts, makeReference, measureShifts, motionOf } from './measure-shifts.ts';

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
  const { image: made, from } = makeReference(images, shifts.length, SIDE * SIDE);
  expect(from).toHaveLength(10);
  expect(from.every((n) => n % 3 !== 2)).toBe(true);
  const mean = reference.reduce((sum, value) => sum + value, 0) / reference.length;
  const power = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value * value, 0);
  const centred = reference.map((value) => value - mean);
  const alike = centred.reduce((sum, value, i) => sum + value * made[i]!, 0) / Math.sqrt(power(centred) * power(made));
  expect(alike).toBeGreaterThan(0.85);
  const found = complete(measureShifts(images, shifts.length, made, SIDE, SIDE));
  const clear = clearImages(found, from)!;
  expect(clear).toHaveLength(shifts.length);
  expect(motionOf(found, clear)).toBeGreaterThan(6);
  expect(motionOf(found, clear)).toBeLessThan(7);
});

/** What is measured on some images against a reference made of them. */
function measured(images: Float32Array, count: number) {
  const { image, from } = makeReference(images, count, SIDE * SIDE);
  const shifts = complete(measureShifts(images, count, image, SIDE, SIDE));
  return { shifts, clear: clearImages(shifts, from) };
}

it('does not claim to know how images move that show no texture, hold light alone, or stand still at one value', () => {
  const rng = makeRng(9);
  const count = 40;
  const pixels = SIDE * SIDE;
  const noise = Float32Array.from({ length: count * pixels }, () => 100 + 10 * rng.normal());
  expect(measured(noise, count).clear).toBeNull();
  const light = noise.map((value, i) => value + 60 * Math.exp(-(((i % SIDE) - 32) ** 2) / 800));
  expect(measured(light, count).clear).toBeNull();
  expect(measured(new Float32Array(count * pixels).fill(7), count).clear).toBeNull();
});

it('knows how few and noisy images move, where they show texture', () => {
  const shifts = Array.from({ length: 8 }, (_, i): [number, number] => (i === 5 ? [3, 1] : [0, 0]));
  const { images } = moved(shifts, 20);
  const { shifts: found, clear } = measured(images, shifts.length);
  expect(clear).toHaveLength(8);
  expect(motionOf(found, clear!)).toBeGreaterThan(2.5);
});

const ALL = Array.from({ length: 200 }, (_, n) => n);
const CLEAR = new Float32Array(200).fill(20);

it('tells how much a movie moves, whatever its place', () => {
  const still = { rows: Float32Array.from({ length: 200 }, () => 2), cols: new Float32Array(200), clarity: CLEAR };
  expect(motionOf(still, ALL)).toBe(0);
  const jumps = { ...still, rows: still.rows.map((v, i) => (i % 50 === 0 ? v + 3 : v)) };
  expect(motionOf(jumps, ALL)).toBe(3);
  expect(
    motionOf(
      jumps,
      ALL.filter((n) => n % 50 !== 0),
    ),
  ).toBe(0);
  expect(motionOf(still, [])).toBeNaN();
});

it('gives every frame a shift, between images by straight lines, over those that are not known', () => {
  const shifts = { rows: Float32Array.of(0, 0, 0, 4, 4), cols: new Float32Array(5).fill(1), clarity: CLEAR.slice(0, 5) };
  const { rows, cols } = frameShifts(shifts, [0, 1, 2, 3, 4], 20);
  expect([...rows].every((v, i) => i === 0 || (v >= rows[i - 1]! && v - rows[i - 1]! <= 1.01))).toBe(true);
  expect(rows[0]).toBe(0);
  expect(rows[11]).toBeCloseTo(1.5, 5);
  expect(rows[19]).toBe(4);
  expect([...cols].every((v) => v === 0)).toBe(true);
  const wild = { ...shifts, rows: Float32Array.of(0, 0, 99, 4, 4) };
  const over = frameShifts(wild, [0, 1, 3, 4], 20).rows;
  expect(over[10]! - over[0]!).toBeCloseTo(2.25, 5);
});
