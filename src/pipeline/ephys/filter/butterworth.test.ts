import { describe, expect, it } from 'vitest';
import { goldenSynth, loadEphysJson } from '../../../test/ephys-golden.ts';
import { butterworth, type FilterBand, magnitudeAt } from './butterworth.ts';
import { steadyStates } from './cascade.ts';
import { filterForward, filterZeroPhase } from './filtfilt.ts';

interface Design {
  readonly params: { readonly N: number; readonly Wn: number | readonly [number, number]; readonly btype: FilterBand['type'] };
  readonly sos: readonly (readonly number[])[];
  readonly sosfilt_zi: readonly (readonly number[])[];
  readonly freq: readonly number[];
  readonly mag: readonly number[];
  readonly sosfiltfilt: readonly (readonly number[])[];
  readonly sosfilt: readonly (readonly number[])[];
}

const golden = loadEphysJson<Record<string, Design>>('filters');
const rate = 30_000;
const channels = [0, 5];
const block = goldenSynth().traces(150_000, 150_600);
const series = channels.map((channel) => Float64Array.from({ length: 600 }, (_, t) => block[t * 32 + channel]!));

function closeTo(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
  expect(worst).toBeLessThanOrEqual(tolerance);
}

describe.each(Object.entries(golden).filter(([, design]) => design.params))('%s', (_, design) => {
  const { N, Wn, btype } = design.params;
  const band: FilterBand =
    btype === 'bandpass'
      ? { type: btype, low: (Wn as [number, number])[0], high: (Wn as [number, number])[1] }
      : { type: btype, cutoff: Wn as number };
  const sections = butterworth(N, band, rate);

  it('has the sections, steady states and magnitudes of the reference', () => {
    closeTo(sections, design.sos.flat(), 1e-9);
    closeTo(steadyStates(sections), design.sosfilt_zi.flat(), 1e-9);
    design.freq.forEach((frequency, i) => {
      expect(Math.abs(magnitudeAt(sections, frequency, rate) - design.mag[i]!)).toBeLessThan(1e-9);
    });
  });

  it('filters raw samples like the reference', () => {
    series.forEach((x, i) => {
      for (const [filter, expected] of [
        [filterZeroPhase, design.sosfiltfilt[i]!],
        [filterForward, design.sosfilt[i]!],
      ] as const) {
        const most = Math.max(...expected.map(Math.abs));
        closeTo(filter(x, sections), expected, 1e-6 * most);
      }
    });
  });
});

it('refuses cut-offs beyond half the rate or out of order', () => {
  expect(() => butterworth(3, { type: 'highpass', cutoff: 15_000 }, rate)).toThrow(/impossible/);
  expect(() => butterworth(3, { type: 'bandpass', low: 6000, high: 300 }, rate)).toThrow(/impossible/);
});

it('keeps slow filters stable: 0.5 Hz at 30 kHz', () => {
  const sections = butterworth(3, { type: 'bandpass', low: 0.5, high: 300 }, rate);
  const wave = Float64Array.from({ length: 120_000 }, (_, t) => Math.sin((2 * Math.PI * 20 * t) / rate));
  const middle = filterZeroPhase(wave, sections).subarray(50_000, 70_000);
  expect(Math.max(...middle)).toBeCloseTo(1, 2);
});

it('filters a series shorter than the padding', () => {
  const sections = butterworth(5, { type: 'bandpass', low: 300, high: 6000 }, rate);
  expect(filterZeroPhase([3, 1, 2], sections).every(Number.isFinite)).toBe(true);
  expect(filterZeroPhase([], sections)).toHaveLength(0);
});
