// Every sample type against the one definition of how a value becomes a colour.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { NumericArray } from '../base/ndarray.ts';
import { COLORMAPS, colourOf, type Look } from './colormap.ts';
import { makePlanePainter } from './paint-plane.ts';

const looks: fc.Arbitrary<Look> = fc.record({
  low: fc.double({ min: -500, max: 500, noNaN: true }),
  high: fc.double({ min: -500, max: 500, noNaN: true }),
  gamma: fc.constantFrom(0.5, 1, 2.2),
  map: fc.constantFrom(...COLORMAPS),
});
const planes: fc.Arbitrary<NumericArray> = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc.int8Array({ maxLength: 20 }),
  fc.uint16Array({ maxLength: 20 }),
  fc.int16Array({ maxLength: 20 }),
  fc.float32Array({ maxLength: 20, min: -1000, max: 1000, noNaN: true }),
) as fc.Arbitrary<NumericArray>;

it('paints what colourOf says, opaque', () => {
  fc.assert(
    fc.property(looks, planes, (look, data) => {
      const rgba = new Uint32Array(data.length);
      expect(makePlanePainter(look).paint(data, rgba)).toBe(false);
      const bytes = new Uint8Array(rgba.buffer);
      data.forEach((value: number, i: number) => {
        expect([...bytes.subarray(4 * i, 4 * i + 4)]).toEqual([...colourOf(value, look), 255]);
      });
    }),
  );
});

it('leaves missing samples transparent and says so', () => {
  const rgba = new Uint32Array(2).fill(7);
  const look: Look = { low: 0, high: 1, gamma: 1, map: 'gray' };
  expect(makePlanePainter(look).paint(Float32Array.of(Number.NaN, 1), rgba)).toBe(true);
  expect([...rgba]).toEqual([0, 0xffffffff]);
});
