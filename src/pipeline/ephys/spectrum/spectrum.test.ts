import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import type { FloatBlock } from '../block.ts';
import { decibels, decimateBlock, powerSpectra } from './power-spectra.ts';

const rate = 1000;
const EXPECTED = [
  0.0657485879563068, 0.21809750957418728, 0.1433957680722778, 0.050680132213425204, 0.03673342330129198, 0.023495856716346467,
  0.06905384206759273, 0.04299331732129177, 0.009243272650397457,
];

function waves(frames: number, channels: number, sample: (t: number, c: number) => number): FloatBlock {
  return {
    data: Float32Array.from({ length: frames * channels }, (_, i) => sample(Math.floor(i / channels), i % channels)),
    frames,
    channels,
  };
}

describe('power spectra', () => {
  it('are scipy’s', () => {
    // scipy.signal.welch of x = (7 t² mod 23) − 11 + 0.25 t mod 5 at 1000 Hz, nperseg 16, 64 samples.
    const block = waves(64, 1, (t) => ((7 * t * t) % 23) - 11 + ((0.25 * t) % 5));
    const { density, frequencies } = complete(powerSpectra(block, rate, 16));
    EXPECTED.forEach((value, k) => {
      expect(density[k]! / value).toBeCloseTo(1, 5);
    });
    expect(frequencies[1]).toBe(62.5);
  });

  it('hold the variance of noise, a line of a wave, channel by channel', () => {
    const rng = makeRng(1);
    const block = waves(20_000, 3, (t, c) =>
      c === 0 ? 3 * rng.normal() : c === 1 ? 2 * Math.sin((2 * Math.PI * 50 * t) / rate) : 0,
    );
    const { density, frequencies } = complete(powerSpectra(block, rate, 500));
    const bins = frequencies.length;
    const total = (c: number) => density.subarray(c * bins, (c + 1) * bins).reduce((sum, x) => sum + x, 0) * frequencies[1]!;
    expect(total(0)).toBeCloseTo(9, 0);
    expect(total(1)).toBeCloseTo(2, 2);
    expect(total(2)).toBe(0);
    const line = density.subarray(bins, 2 * bins);
    expect(frequencies[line.indexOf(Math.max(...line))]).toBe(50);
  });

  it('stop at the highest frequency asked for', () => {
    const { frequencies } = complete(
      powerSpectra(
        waves(1000, 1, () => 1),
        rate,
        500,
        300,
      ),
    );
    expect(frequencies.at(-1)).toBe(300);
  });
});

it('decimates without folding high frequencies back', () => {
  const high = decimateBlock(
    waves(8000, 1, (t) => Math.sin((2 * Math.PI * 190 * t) / rate)),
    rate,
    10,
  );
  expect(high.frames).toBe(800);
  expect(Math.max(...high.data.subarray(100, 700))).toBeLessThan(1e-3);
  const low = decimateBlock(
    waves(8000, 1, (t) => Math.sin((2 * Math.PI * 5 * t) / rate)),
    rate,
    10,
  );
  expect(Math.max(...low.data)).toBeCloseTo(1, 2);
});

it('shows nothing as nothing', () => {
  expect(Array.from(decibels([100, 0, Number.NaN]))).toEqual([20, -Infinity, Number.NaN]);
});
