// Golden vectors of suite2p and CaImAn for baselines, ΔF, spikes and noise.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { loadGolden } from '../../test/load-npy.ts';
import { maximinBaseline, rollingMaximum, rollingMinimum } from './baseline.ts';
import { deltaF, deltaFOverF, neuropilCorrected, signalToNoise } from './delta-f.ts';
import { bridgeGaps } from './gaps.ts';
import { noiseFft } from './noise-fft.ts';
import { deconvolve } from './oasis.ts';

const PARAMS = JSON.parse(readFileSync(join(import.meta.dirname, '../../test/golden/calcium/traces.params.json'), 'utf8')) as {
  fs: number;
  tau: number;
};

function golden(name: string): Float32Array<ArrayBuffer>[] {
  const { data, shape } = loadGolden(`calcium/traces.${name}.npy`);
  const frames = shape[1]!;
  return Array.from({ length: shape[0]! }, (_, i) => Float32Array.from(data.subarray(i * frames, (i + 1) * frames)));
}

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    expect(a[i]).not.toBeNaN();
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  }
  return largest;
}

const corrected = golden('Fc');

it('subtracts neuropil as suite2p does', () => {
  const neuropil = golden('Fneu');
  for (const [i, trace] of golden('F').entries())
    expect(worst(neuropilCorrected(trace, neuropil[i]!), corrected[i]!)).toBeLessThan(1e-4);
});

it('matches the maximin baselines of suite2p, old and new', () => {
  for (const [i, trace] of corrected.entries()) {
    expect(worst(deltaF(trace, PARAMS.fs), golden('dF_maximin_suite2p')[i]!)).toBeLessThan(1e-3);
    const reflected = maximinBaseline(trace, PARAMS.fs, { ends: 'reflect' });
    expect(worst(reflected, golden('baseline_maximin_reflect')[i]!)).toBeLessThan(1e-3);
    expect(
      worst(
        trace.map((value, t) => value - reflected[t]!),
        golden('dF_maximin_reflect')[i]!,
      ),
    ).toBeLessThan(1e-3);
  }
});

it.each([
  ['dF_maximin_suite2p', 'spks_oasis_suite2p', PARAMS.tau],
  ['dF_maximin_reflect', 'spks_oasis_tau0.7_suite2p', 0.7],
] as const)('matches the spikes of suite2p for %s', (input, output, tau) => {
  for (const [i, trace] of golden(input).entries()) {
    const expected = golden(output)[i]!;
    expect(worst(deconvolve(trace, PARAMS.fs, tau), expected)).toBeLessThan(1e-3 * Math.max(...expected));
  }
});

it('matches the noise of CaImAn', () => {
  const expected = loadGolden('calcium/traces.noise_fft_mean_caiman.npy').data;
  for (const [i, trace] of corrected.entries()) expect(noiseFft(trace)).toBeCloseTo(expected[i]!, 3);
});

it('measures white noise, of any length, and a peak over it', () => {
  const rng = makeRng(4);
  for (const length of [999, 3072, 5000]) {
    const noise = Float64Array.from({ length }, () => 3 * rng.normal());
    expect(Math.abs(noiseFft(noise) - 3)).toBeLessThan(0.25);
  }
  const trace = Float64Array.from({ length: 1000 }, (_, t) => 2 * rng.normal() + 100 * Math.exp(-(((t - 500) / 20) ** 2)));
  expect(Math.abs(signalToNoise(trace) - 50)).toBeLessThan(5);
  expect(signalToNoise(new Float32Array(10))).toBeNaN();
});

it('rolls the minimum over the samples that the window covers', () => {
  const rng = makeRng(8);
  const trace = Float64Array.from({ length: 40 }, () => rng.normal());
  for (const window of [1, 2, 5, 8, 101]) {
    const before = Math.floor(window / 2);
    const inside = (t: number) => trace.slice(Math.max(0, t - before), t - before + window);
    const minimum = rollingMinimum(trace, window, 'replicate');
    const maximum = rollingMaximum(trace, window, 'replicate');
    for (let t = 0; t < trace.length; t++) {
      expect(minimum[t]).toBe(Math.min(...inside(t)));
      expect(maximum[t]).toBe(Math.max(...inside(t)));
    }
  }
});

it('keeps missing samples missing and bridges them meanwhile', () => {
  expect([...bridgeGaps([Number.NaN, 2, Number.NaN, Number.NaN, 8, Number.NaN])!.trace]).toEqual([2, 2, 4, 6, 8, 8]);
  expect(bridgeGaps([Number.NaN, Number.NaN])).toBeNull();
  const trace = corrected[0]!.slice();
  trace[100] = Number.NaN;
  const change = deltaF(trace, PARAMS.fs);
  const spikes = deconvolve(change, PARAMS.fs);
  expect(change[100]).toBeNaN();
  expect(spikes[100]).toBeNaN();
  expect([...change].filter(Number.isNaN)).toHaveLength(1);
  expect([...spikes].filter(Number.isNaN)).toHaveLength(1);
  expect([...deconvolve([Number.NaN], 1)]).toEqual([Number.NaN]);
});

it('relates the change to the fluorescence at rest', () => {
  const neuropil = new Float32Array(300).fill(100);
  const trace = Float32Array.from(neuropil, (_, t) => (t === 150 ? 300 : 200));
  const relative = deltaFOverF(trace, neuropil, 5);
  // At rest Fc = 130, and 0.3 · 100 + 130 = 160.
  expect(relative[0]).toBeCloseTo(0, 5);
  expect(relative[150]).toBeCloseTo(100 / 160, 5);
  expect(deltaFOverF(new Float32Array(10), new Float32Array(10), 5)[0]).toBeNaN();
});
