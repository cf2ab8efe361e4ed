import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { NumericArray } from '../../base/ndarray.ts';
import { makeRng } from '../../base/rng.ts';
import { complete } from '../../base/steps.ts';
import { type BinScheme, binChunk, binFactor, binScheme, type FinishedBins, makeBinMerger } from './binned-movie.ts';

function binned(scheme: BinScheme, frames: readonly (NumericArray | null)[], chunk: number): FinishedBins {
  const merger = makeBinMerger(scheme);
  const taken: FinishedBins[] = [];
  for (let start = 0; start < frames.length; start += chunk) {
    merger.add(complete(binChunk(scheme, frames.slice(start, start + chunk), start)));
    taken.push(merger.take());
  }
  let next = 0;
  for (const { first, good } of taken) {
    expect(first).toBe(next);
    next += good.length;
  }
  return {
    first: 0,
    good: Uint16Array.from(taken.flatMap(({ good }) => [...good])),
    data: Uint16Array.from(taken.flatMap(({ data }) => [...data])),
  };
}

it('chooses half a second, or what fits', () => {
  expect(binFactor(3000, 512, 512, 8)).toBe(7); // 256 MB hold 488 bins
  expect(binFactor(3000, 128, 128, 30)).toBe(15);
  expect(binFactor(3000, 128, 128, null)).toBe(1);
  expect(binFactor(4, 128, 128, 30)).toBe(4);
  expect(binFactor(100, 512, 512, 0, 2 * 512 * 512)).toBe(100);
});

it('gives the same bins for any chunk length, whether or not it is a multiple of the factor', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 64 }),
      (seed, count, factor, chunk) => {
        const rng = makeRng(seed);
        const frames = Array.from({ length: count }, () =>
          rng.uniform() < 0.2 ? null : Uint16Array.from({ length: 6 }, () => rng.below(65536)),
        );
        const scheme = binScheme({ frames: count, height: 2, width: 3, dtype: 'uint16' }, factor);
        expect(scheme.bins).toBe(Math.floor(count / factor));
        const whole = binned(scheme, frames, count);
        expect(binned(scheme, frames, chunk)).toEqual(whole);
        for (let bin = 0; bin < whole.good.length; bin++) {
          const good = frames.slice(bin * factor, (bin + 1) * factor).filter((frame) => frame !== null);
          expect(whole.good[bin]).toBe(good.length);
          if (good.length === 0) continue;
          const mean = good.reduce((total, frame) => total + frame[4]!, 0) / good.length;
          expect(whole.data[bin * 6 + 4]).toBe(Math.round(mean));
        }
      },
    ),
  );
});

it('holds the image over bins without frames and says so', () => {
  const frame = (value: number) => new Uint16Array(1).fill(value);
  const scheme = binScheme({ frames: 8, height: 1, width: 1, dtype: 'uint16' }, 2);
  const { good, data } = binned(scheme, [null, null, frame(10), frame(20), null, null, frame(7), null], 3);
  expect([...good]).toEqual([0, 2, 0, 1]);
  expect([...data]).toEqual([15, 15, 15, 7]);
});

it('keeps fractions of 8-bit movies, signs, and floats within their range', () => {
  const value = (scheme: BinScheme, frames: NumericArray[]) => binned(scheme, frames, 64).data[0]! * scheme.scale + scheme.offset;
  const size = { frames: 4, height: 1, width: 1 };
  expect(
    value(
      binScheme({ ...size, dtype: 'uint8' }, 4),
      [0, 1, 0, 0].map((v) => Uint8Array.of(v)),
    ),
  ).toBe(0.25);
  expect(
    value(
      binScheme({ ...size, dtype: 'int16' }, 4),
      [-5, -7, -9, -7].map((v) => Int16Array.of(v)),
    ),
  ).toBe(-7);
  const float = binScheme({ ...size, dtype: 'float32' }, 4, [-1, 3]);
  expect(
    value(
      float,
      [0.5, 0.25, 0.5, 0.25].map((v) => Float32Array.of(v)),
    ),
  ).toBeCloseTo(0.375, 4);
  expect(
    value(
      float,
      [9, 9, 9, 9].map((v) => Float32Array.of(v)),
    ),
  ).toBeCloseTo(3, 9);
  expect(() => binScheme({ ...size, dtype: 'float32' }, 4)).toThrow(/range/);
});
