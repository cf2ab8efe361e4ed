import { expect, it } from 'vitest';
import { codesOf, MISSING_CODE, quantise, valueAt } from './quantise.ts';

it('passes 8- and 16-bit samples on as they are', () => {
  const data = Int16Array.from([-5, 0, 7, 9]);
  expect(codesOf({ data, height: 2, width: 2 })).toEqual({ data, height: 2, width: 2, scale: 1, offset: 0, missing: null });
});

it('maps floats to codes and back within half a step', () => {
  const data = Float32Array.from([-2.5, 0, 0.1, 3, 7.25, 100]);
  const coded = quantise({ data, height: 2, width: 3 });
  expect(coded.offset).toBe(-2.5);
  expect(coded.scale).toBeCloseTo(102.5 / 65534, 12);
  for (let i = 0; i < 6; i++) {
    expect(Math.abs(valueAt(coded, Math.floor(i / 3), i % 3) - data[i]!)).toBeLessThanOrEqual(coded.scale / 2 + 1e-9);
  }
});

it('flags NaN as missing, also when there is nothing else', () => {
  const coded = quantise({
    data: Float64Array.from([1, Number.NaN, 2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]),
    height: 1,
    width: 5,
  });
  expect([...coded.data]).toEqual([0, MISSING_CODE, 65534, 0, 65534]);
  expect(coded.missing).toBe(MISSING_CODE);
  expect(valueAt(coded, 0, 1)).toBeNaN();
  const nothing = quantise({ data: Float32Array.from([Number.NaN]), height: 1, width: 1 });
  expect([nothing.data[0], nothing.offset]).toEqual([MISSING_CODE, 0]);
});

it('keeps integers exact while their span allows it', () => {
  const small = quantise({ data: Int32Array.from([-70_000, -69_999, -10_000]), height: 1, width: 3 });
  expect([small.scale, small.offset, small.missing]).toEqual([1, -70_000, null]);
  expect([...small.data]).toEqual([0, 1, 60_000]);
  const large = quantise({ data: Uint32Array.from([0, 4_294_967_295]), height: 1, width: 2 });
  expect([...large.data]).toEqual([0, 65534]);
  expect(valueAt(large, 0, 1)).toBeCloseTo(4_294_967_295, 3);
});

it('keeps a constant plane and a chosen range', () => {
  const flat = quantise({ data: Float32Array.from([0.5, 0.5]), height: 1, width: 2 });
  expect([flat.scale, flat.offset, ...flat.data]).toEqual([1, 0.5, 0, 0]);
  const chosen = quantise({ data: Float32Array.from([-10, 0.5, 10]), height: 1, width: 3 }, { min: 0, max: 1 });
  expect([...chosen.data]).toEqual([0, 32767, 65534]);
});
