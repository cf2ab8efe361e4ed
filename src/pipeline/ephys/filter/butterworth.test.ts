import { describe, expect, it } from 'vitest';
import { goldenSynth, loadEphysJson } from '../../../test/ephys-golden.ts';
import { butterworth, type FilterBand, SECTION, type Sections } from './butterworth.ts';
import { runCascade, steadyStates } from './cascade.ts';
import { zeroPhase } from './filtfilt.ts';

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

/** One series, filtered forward and backward. */
function filterZeroPhase(series: ArrayLike<number>, sections: Sections): Float64Array<ArrayBuffer> {
  const filter = zeroPhase(sections);
  const x = new Float64Array(series.length + 2 * filter.padding);
  x.set(series, filter.padding);
  filter.apply(x, series.length);
  return x.slice(filter.padding, filter.padding + series.length);
}

function closeTo(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
  expect(worst).toBeLessThanOrEqual(tolerance);
}

function filterForward(x: Float64Array, sections: Sections): Float64Array {
  const out = new Float64Array(x);
  runCascade(out, 0, out.length, 1, sections, steadyStates(sections), 0);
  return out;
}

/** |H| from the sections: each numerator and denominator at z = exp(i 2π f / rate). */
function magnitudeAt(sections: Sections, frequency: number): number {
  const angle = (2 * Math.PI * frequency) / rate;
  const size = (c: Float64Array) =>
    Math.hypot(
      c[0]! + c[1]! * Math.cos(angle) + c[2]! * Math.cos(2 * angle),
      c[1]! * Math.sin(angle) + c[2]! * Math.sin(2 * angle),
    );
  let product = 1;
  for (let s = 0; s < sections.length; s += SECTION) {
    product *= size(sections.subarray(s, s + 3)) / size(sections.subarray(s + 3, s + SECTION));
  }
  return product;
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
      expect(Math.abs(magnitudeAt(sections, frequency) - design.mag[i]!)).toBeLessThan(1e-9);
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
