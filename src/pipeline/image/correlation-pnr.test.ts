import { expect, it } from 'vitest';
import type { NumericArray } from '../../base/ndarray.ts';
import { complete } from '../../base/steps.ts';
import { framesOf, loadGolden } from '../../test/load-npy.ts';
import { correlationPnr, pnrHalo } from './correlation-pnr.ts';
import { correlationStretches, keepLargest, maxCorrelationImage } from './max-correlation.ts';

const CASES = (['f32', 'u16'] as const).flatMap((name) => ([null, 2, 3] as const).map((gSig) => [name, gSig] as const));

function bandOf(name: string) {
  const movie = loadGolden(`calcium/movie_${name}.npy`);
  return { frames: framesOf(movie), height: movie.shape[1]!, width: movie.shape[2]! };
}

function expectClose(found: ArrayLike<number>, golden: NumericArray, tolerance: number): void {
  expect(found.length).toBe(golden.length);
  for (let i = 0; i < golden.length; i++) {
    // A trace that never exceeds the threshold has no correlation there; the reference leaves rounding dust or NaN.
    const expected = Number.isNaN(golden[i]!) ? 0 : golden[i]!;
    expect(Math.abs(found[i]! - expected)).toBeLessThan(tolerance * Math.max(1, Math.abs(expected)));
  }
}

it.each(CASES)('matches CaImAn correlation_pnr on movie %s with gSig %s', (name, gSig) => {
  const { correlation, peakToNoise } = complete(correlationPnr(bandOf(name), gSig));
  expectClose(peakToNoise, loadGolden(`calcium/movie_${name}.pnr_gsig${gSig ?? 'none'}_caiman.npy`).data, 1e-3);
  expectClose(correlation, loadGolden(`calcium/movie_${name}.cnfilt_gsig${gSig ?? 'none'}_caiman.npy`).data, 1e-3);
});

it('gives the same rows from a band as from the whole image', () => {
  const { frames, height, width } = bandOf('u16');
  const whole = complete(correlationPnr({ frames, height, width }, 2));
  const halo = pnrHalo(2);
  const [top, rows] = [9, 5];
  const band = frames.map((frame) => frame.subarray((top - halo) * width, (top + rows + halo) * width));
  const part = complete(correlationPnr({ frames: band, height: rows + 2 * halo, width }, 2, halo, rows));
  expect(part.correlation).toEqual(whole.correlation.slice(top * width, (top + rows) * width));
  expect(part.peakToNoise).toEqual(whole.peakToNoise.slice(top * width, (top + rows) * width));
  expect(height).toBeGreaterThan(top + rows + halo);
});

it('gives 0 for pixels that never vary, and refuses a single image', () => {
  const frames = Array.from({ length: 8 }, () => new Uint16Array(9).fill(5));
  const { correlation, peakToNoise } = complete(correlationPnr({ frames, height: 3, width: 3 }, null));
  expect([...correlation, ...peakToNoise]).toEqual(new Array(18).fill(0));
  expect(() => complete(correlationPnr({ frames: frames.slice(0, 1), height: 3, width: 3 }, null))).toThrow(/two/);
});

it.each(['f32', 'u16'])('matches CaImAn max_correlation_image on movie %s', (name) => {
  const golden = loadGolden(`calcium/movie_${name}.maxcorr_bin50_caiman.npy`).data;
  expectClose(complete(maxCorrelationImage(bandOf(name), 50)), golden, 1e-5);
});

it('spreads a short remainder and leaves out a long one', () => {
  expect(correlationStretches(900)).toEqual({ count: 1, length: 900 });
  expect(correlationStretches(3024)).toEqual({ count: 3, length: 1008 });
  expect(correlationStretches(2600)).toEqual({ count: 2, length: 1000 });
  const into = Float32Array.of(1, Number.NaN, 3);
  keepLargest(into, Float32Array.of(2, 0, 1));
  expect([...into]).toEqual([2, 0, 3]);
});
