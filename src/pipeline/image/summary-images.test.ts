import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type NumericArray, sizeOf } from '../../base/ndarray.ts';
import { framesOf, loadGolden, loadNpy } from '../../test/load-npy.ts';
import { dataPath, goldenPath, itWithData } from '../../test/shared-data.ts';
import { addFrames, makeSums, mergeSums } from './movie-sums.ts';
import { localCorrelation, maxImage, meanImage, minImage, standardDeviation } from './summary-images.ts';

/** Largest |a − b| relative to `scale(b)`. */
function worst(a: ArrayLike<number>, b: ArrayLike<number>, relative = false): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const error = Math.abs(a[i]! - b[i]!) / (relative ? Math.max(1, Math.abs(b[i]!)) : 1);
    largest = Math.max(largest, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  return largest;
}

function sumsInChunks(frames: readonly NumericArray[], height: number, width: number, dtype: 'float32' | 'uint16' | 'int16') {
  const offset = frames[0]!;
  const whole = makeSums(height, width, dtype, { offset });
  for (let start = 0; start < frames.length; start += 64) {
    const part = makeSums(height, width, dtype, { offset, start });
    addFrames(part, frames.slice(start, start + 64));
    mergeSums(whole, part);
  }
  return whole;
}

it.each(['f32', 'u16'] as const)('matches numpy and the exact correlations on the golden movie %s', (name) => {
  const movie = loadGolden(`calcium/movie_${name}.npy`);
  const sums = sumsInChunks(framesOf(movie), movie.shape[1]!, movie.shape[2]!, name === 'f32' ? 'float32' : 'uint16');
  const golden = (image: string) => loadGolden(`calcium/movie_${name}.${image}.npy`).data;
  expect(sums.frames).toBe(200);
  expect(maxImage(sums)).toEqual(golden('max'));
  expect(minImage(sums)).toEqual(golden('min'));
  expect(worst(meanImage(sums), golden('mean'), true)).toBeLessThan(1e-9);
  expect(worst(standardDeviation(sums), golden('std'), true)).toBeLessThan(1e-6);
  expect(worst(localCorrelation(sums, 8), golden('corr8_exact'))).toBeLessThan(1e-6);
  expect(worst(localCorrelation(sums, 4), golden('corr4_exact'))).toBeLessThan(1e-6);
});

itWithData('matches the definition on the real Allen movie', () => {
  const movie = loadNpy(dataPath('calcium-allen-100/movie.npy'));
  expect(sizeOf(movie.shape)).toBe(1_000_000);
  const sums = sumsInChunks(framesOf(movie), movie.shape[1]!, movie.shape[2]!, 'int16');
  const golden = (image: string) => loadNpy(goldenPath(`real/allen.${image}.npy`)).data;
  expect(maxImage(sums)).toEqual(golden('max'));
  expect(worst(meanImage(sums), golden('mean'), true)).toBeLessThan(1e-5);
  expect(worst(standardDeviation(sums), golden('std'), true)).toBeLessThan(1e-5);
  expect(worst(localCorrelation(sums, 8), golden('corr8'))).toBeLessThan(1e-5);
  expect(worst(localCorrelation(sums, 4), golden('corr4'))).toBeLessThan(1e-5);
});

/** The frames of a little-endian TIFF stack of plain uint16, the strips of each frame one after the other. */
function tiffFrames(path: string): Uint16Array<ArrayBuffer>[] {
  const file = readFileSync(path);
  const frames: Uint16Array<ArrayBuffer>[] = [];
  for (let at = file.readUInt32LE(4); at !== 0; ) {
    const entries = file.readUInt16LE(at);
    const tags = new Map<number, number>();
    for (let i = 0; i < entries; i++) {
      const entry = at + 2 + 12 * i;
      const short = file.readUInt16LE(entry + 2) === 3;
      tags.set(file.readUInt16LE(entry), short ? file.readUInt16LE(entry + 8) : file.readUInt32LE(entry + 8));
    }
    const strip = file.readUInt32LE(tags.get(273)!);
    frames.push(new Uint16Array(new Uint8Array(file.subarray(strip, strip + 2 * tags.get(256)! * tags.get(257)!)).buffer));
    at = file.readUInt32LE(at + 2 + 12 * entries);
  }
  return frames;
}

itWithData('matches the definition on the real sima movie', () => {
  const frames = tiffFrames(dataPath('calcium-sima/example.tif'));
  expect(frames).toHaveLength(20);
  const sums = sumsInChunks(frames, 128, 256, 'uint16');
  const golden = (image: string) => loadNpy(goldenPath(`real/sima.${image}.npy`)).data;
  expect(maxImage(sums)).toEqual(golden('max'));
  expect(worst(meanImage(sums), golden('mean'), true)).toBeLessThan(1e-5);
  expect(worst(standardDeviation(sums), golden('std'), true)).toBeLessThan(1e-5);
  expect(worst(localCorrelation(sums, 8), golden('corr8'))).toBeLessThan(1e-5);
  expect(worst(localCorrelation(sums, 4), golden('corr4'))).toBeLessThan(1e-5);
});
