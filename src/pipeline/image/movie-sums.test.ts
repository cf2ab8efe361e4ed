import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { type DType, makeArray, type NumericArray } from '../../base/ndarray.ts';
import { makeRng } from '../../base/rng.ts';
import { addFrames, type MovieSums, makeSums, mergeSums, needsOffset } from './movie-sums.ts';
import { halfMeans, localCorrelation, maxImage, meanImage, minImage, noiseImage, standardDeviation } from './summary-images.ts';

function randomFrames(
  seed: number,
  count: number,
  height: number,
  width: number,
  dtype: DType,
  damaged = 0,
): (NumericArray | null)[] {
  const rng = makeRng(seed);
  return Array.from({ length: count }, () => {
    const frame = makeArray(dtype, height * width);
    for (let i = 0; i < frame.length; i++)
      frame[i] = dtype === 'float32' ? 100 + rng.normal() : rng.below(dtype === 'uint8' ? 256 : 60000);
    return rng.uniform() < damaged ? null : frame;
  });
}

function sumsOf(frames: readonly (NumericArray | null)[], height: number, width: number, dtype: DType, start = 0): MovieSums {
  const offset = needsOffset(dtype) ? frames.find((frame) => frame !== null) : undefined;
  const sums = makeSums(height, width, dtype, offset ? { start, offset } : { start });
  addFrames(sums, frames);
  return sums;
}

/** Each chunk summed on its own, merged in order, as the workers do. */
function chunked(
  frames: readonly (NumericArray | null)[],
  height: number,
  width: number,
  dtype: DType,
  chunk: number,
): MovieSums {
  const options = needsOffset(dtype) ? { offset: frames.find((frame) => frame !== null)! } : {};
  const parts: MovieSums[] = [];
  for (let start = 0; start < frames.length; start += chunk) {
    const part = makeSums(height, width, dtype, { ...options, start });
    addFrames(part, frames.slice(start, start + chunk));
    parts.push(part);
  }
  const whole = makeSums(height, width, dtype, options);
  for (const part of parts) mergeSums(whole, part);
  return whole;
}

const images = (sums: MovieSums) => [
  meanImage(sums),
  maxImage(sums),
  minImage(sums),
  standardDeviation(sums),
  localCorrelation(sums, 8),
  localCorrelation(sums, 4),
  noiseImage(sums),
  halfMeans(sums),
];

it('gives the same bytes for integer movies however they are cut', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 3, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom<DType>('uint8', 'uint16', 'int16'),
      fc.constantFrom(4, 8, 16, 64),
      (seed, count, height, width, dtype, chunk) => {
        const frames = randomFrames(seed, count, height, width, dtype, 0.15);
        fc.pre(frames.some((frame) => frame !== null));
        expect(chunked(frames, height, width, dtype, chunk)).toEqual(sumsOf(frames, height, width, dtype));
      },
    ),
    { numRuns: 60 },
  );
});

it('agrees with the plain definitions when frames are missing', () => {
  const [height, width] = [3, 4];
  const frames = randomFrames(5, 30, height, width, 'uint16', 0.3);
  const sums = sumsOf(frames, height, width, 'uint16');
  const good = frames.filter((frame) => frame !== null);
  expect(sums.frames).toBe(good.length);
  expect(good.length).toBeLessThan(frames.length);
  const pixel = 7;
  const values = good.map((frame) => frame[pixel]!);
  const mean = values.reduce((a, b) => a + b) / values.length;
  expect(meanImage(sums)[pixel]).toBeCloseTo(mean, 9);
  expect(maxImage(sums)[pixel]).toBe(Math.max(...values));
  expect(minImage(sums)[pixel]).toBe(Math.min(...values));
  expect(standardDeviation(sums)[pixel]).toBeCloseTo(
    Math.sqrt(values.reduce((a, v) => a + (v - mean) ** 2, 0) / values.length),
    2,
  );
  const pairs = frames.flatMap((frame, t) => {
    const next = frames[t + 1];
    return frame && next ? [(next[pixel]! - frame[pixel]!) ** 2] : [];
  });
  expect(sums.pairs).toBe(pairs.length);
  expect(noiseImage(sums)[pixel]).toBeCloseTo(Math.sqrt(pairs.reduce((a, b) => a + b, 0) / pairs.length / 2), 2);
  const even = frames.flatMap((frame, t) => (frame && t % 2 === 0 ? [frame[pixel]!] : []));
  const odd = frames.flatMap((frame, t) => (frame && t % 2 === 1 ? [frame[pixel]!] : []));
  expect(halfMeans(sums).even[pixel]).toBeCloseTo(even.reduce((a, b) => a + b) / even.length, 9);
  expect(halfMeans(sums).odd[pixel]).toBeCloseTo(odd.reduce((a, b) => a + b) / odd.length, 9);
});

it('takes float frames in batches of four with the same bytes, and keeps precision far from zero', () => {
  const frames = randomFrames(9, 64, 4, 5, 'float32', 0.1).map((frame) => frame?.map((v) => v + 1e6) ?? null);
  const whole = sumsOf(frames, 4, 5, 'float32');
  const batches = makeSums(4, 5, 'float32', { offset: frames.find((frame) => frame !== null)! });
  for (let i = 0; i < frames.length; i += 4) addFrames(batches, frames.slice(i, i + 4));
  expect(batches).toEqual(whole);
  const values = frames.flatMap((frame) => (frame ? [frame[3]!] : []));
  const mean = values.reduce((a, b) => a + b) / values.length;
  const deviation = Math.sqrt(values.reduce((a, v) => a + (v - mean) ** 2, 0) / values.length);
  expect(standardDeviation(whole)[3]).toBeCloseTo(deviation, 6);
});

it('does not depend on which worker finished first: float chunks merged in chunk order give the same bytes', () => {
  const frames = randomFrames(2, 200, 5, 6, 'float32');
  const offset = frames[0]!;
  const part = (start: number) => {
    const sums = makeSums(5, 6, 'float32', { start, offset });
    addFrames(sums, frames.slice(start, start + 64));
    return sums;
  };
  const merged = (order: readonly number[]) => {
    const done = new Map(order.map((start) => [start, part(start)]));
    const whole = makeSums(5, 6, 'float32', { offset });
    for (const start of [0, 64, 128, 192]) mergeSums(whole, done.get(start)!);
    return whole;
  };
  expect(merged([192, 64, 0, 128])).toEqual(merged([0, 64, 128, 192]));
  expect(() => mergeSums(part(0), part(128))).toThrow(/cannot follow/);
});

it('transposes with the movie', () => {
  const [height, width] = [6, 9];
  const transpose = <T extends ArrayLike<number>>(data: T) =>
    Array.from({ length: height * width }, (_, i) => data[(i % height) * width + Math.floor(i / height)]!);
  const frames = randomFrames(11, 50, height, width, 'uint16');
  const turned = frames.map((frame) => Uint16Array.from(transpose(frame!)));
  const before = localCorrelation(sumsOf(frames, height, width, 'uint16'), 8);
  const after = localCorrelation(sumsOf(turned, width, height, 'uint16'), 8);
  const expected = transpose(before);
  for (let i = 0; i < expected.length; i++) expect(after[i]).toBeCloseTo(expected[i]!, 6);
});

it('changes nothing but mean and extremes when a constant is added', () => {
  const frames = randomFrames(21, 40, 4, 4, 'uint8').map((frame) => Uint16Array.from(frame!));
  const shifted = frames.map((frame) => frame.map((v) => v + 1000));
  const [mean, max, min, ...rest] = images(sumsOf(frames, 4, 4, 'uint16')) as Float64Array[];
  const [mean2, max2, min2, ...rest2] = images(sumsOf(shifted, 4, 4, 'uint16')) as Float64Array[];
  expect(mean2!.map((v) => v - 1000)).toEqual(mean!.map((v) => v + 1000 - 1000));
  expect(max2).toEqual(max!.map((v) => v + 1000));
  expect(min2).toEqual(min!.map((v) => v + 1000));
  for (let k = 0; k < 4; k++) for (let i = 0; i < 16; i++) expect(rest2[k]![i]).toBeCloseTo(rest[k]![i]!, 5);
});

it('gives 0 beside a pixel that never varies and leaves out a pixel without values', () => {
  const rng = makeRng(3);
  const frames = Array.from({ length: 20 }, () => {
    const signal = rng.normal();
    return Float32Array.from({ length: 9 }, (_, i) => (i === 0 ? 7 : i === 8 ? Number.NaN : signal + 0.01 * rng.normal()));
  });
  const sums = sumsOf(frames, 3, 3, 'float32');
  const image = localCorrelation(sums, 4);
  expect(image[0]).toBe(0);
  expect(image[1]).toBeCloseTo(2 / 3, 2);
  expect(image[5]).toBeGreaterThan(0.99);
  expect(image[8]).toBeNaN();
  expect(maxImage(sums)[8]).toBeNaN();
  expect(meanImage(sums)[8]).toBeNaN();
});

it('names the frame of a wrong size, and has no images without frames', () => {
  const sums = makeSums(2, 3, 'uint16');
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      return error;
    }
    return null;
  };
  const error = attempt(() => addFrames(sums, [new Uint16Array(6), new Uint16Array(5)]));
  expect(isSomascopeError(error, 'Invalid') && error.place.index).toBe(1);
  expect(
    isSomascopeError(
      attempt(() => meanImage(makeSums(2, 2, 'uint8'))),
      'Invalid',
    ),
  ).toBe(true);
  expect(
    isSomascopeError(
      attempt(() => makeSums(2, 2, 'float32')),
      'Bug',
    ),
  ).toBe(true);
  expect(
    isSomascopeError(
      attempt(() => addFrames(makeSums(2, 3, 'uint16'), [new Int16Array(6)])),
      'Bug',
    ),
  ).toBe(true);
});
