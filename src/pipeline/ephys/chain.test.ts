import { describe, expect, it } from 'vitest';
import { goldenSynth, loadEphysJson, positionsOf } from '../../test/ephys-golden.ts';
import type { ChannelContext, FloatBlock, TraceBlock } from './block.ts';
import { applyChain, type ChainStep, chainMargin, DEFAULT_STEPS } from './chain.ts';
import { destripe } from './reference/destripe.ts';
import { noiseLevels, standardDeviations } from './reference/noise.ts';
import { covarianceOf, whiteningMatrix } from './reference/whitening.ts';

interface Values {
  readonly channels: readonly number[];
  readonly values: readonly (readonly number[])[];
  readonly mean_abs_all: number;
}

type Stretch = { readonly range: readonly [number, number] } & Readonly<Record<string, Values>>;

const golden = loadEphysJson<
  Record<'start' | 'middle' | 'end', Stretch> & {
    inter_sample_shift: number[];
    noise_mad_full_counts: number[];
    noise_std_full_counts: number[];
    cov_full: number[][];
    'whiten_global_W_eps1e-16': number[][];
  }
>('preprocess');

const synth = goldenSynth();
const total = synth.config.n_samples;
const context: ChannelContext = {
  rate: 30_000,
  positions: positionsOf(synth),
  sampleShifts: Float64Array.from(golden.inter_sample_shift),
};

function read(from: number, to: number): TraceBlock {
  return { data: synth.traces(from, to), frames: to - from, channels: 32 };
}

function run(chain: readonly ChainStep[], from: number, to: number): FloatBlock {
  const margin = chainMargin(chain, context.rate);
  const margins = { before: Math.min(from, margin), after: Math.min(total - to, margin) };
  return applyChain(read(from - margins.before, to + margins.after), chain, margins, context);
}

const band = DEFAULT_STEPS['band-pass'];
const reference = (operator: 'median' | 'mean', scope: 'global' | 'local'): ChainStep => ({
  kind: 'common-reference',
  parameters: { operator, scope, inner: 30, outer: 120, least: 3 },
});

const chains: Readonly<Record<string, readonly ChainStep[]>> = {
  bandpass: [band],
  highpass: [DEFAULT_STEPS['high-pass']],
  bandpass_cmr: [band, reference('median', 'global')],
  bandpass_car: [band, reference('mean', 'global')],
  bandpass_local_median: [band, reference('median', 'local')],
  bandpass_local_average: [band, reference('mean', 'local')],
  raw_cmr_int16: [reference('median', 'global')],
  phase_shift: [DEFAULT_STEPS['phase-shift']],
};

describe.each(['start', 'middle', 'end'] as const)('at the %s', (place) => {
  it.each(Object.keys(chains))('%s is the reference’s', (name) => {
    const { range, [name]: expected } = golden[place];
    const floats = run(chains[name]!, ...range);
    // The reference keeps integers here.
    const data = Float32Array.from((name === 'raw_cmr_int16' ? toInt16(floats) : floats).data);
    let worst = 0;
    expected!.channels.forEach((channel, i) => {
      expected!.values[i]!.forEach((value, t) => {
        worst = Math.max(worst, Math.abs(data[t * 32 + channel]! - value));
      });
    });
    expect(worst).toBeLessThanOrEqual(1e-4);
    const meanAbs = data.reduce((sum, x) => sum + Math.abs(x), 0) / data.length;
    expect(meanAbs).toBeCloseTo(expected!.mean_abs_all, 4);
  });
});

describe('the whole recording in one piece', () => {
  const full = run([band, reference('median', 'global')], 0, total);
  const covariance = covarianceOf([full]);

  it('has the noise of the reference', () => {
    noiseLevels(full).forEach((level, c) => {
      expect(Math.abs(level - golden.noise_mad_full_counts[c]!)).toBeLessThan(1e-5);
    });
    standardDeviations(full).forEach((level, c) => {
      expect(Math.abs(level - golden.noise_std_full_counts[c]!)).toBeLessThan(1e-5);
    });
  });

  it('has its covariance and whitening matrix', () => {
    const matrix = whiteningMatrix(covariance, context.positions, { scope: 'global', epsilon: 1e-16 });
    for (let i = 0; i < 32; i++) {
      for (let j = 0; j < 32; j++) {
        expect(Math.abs(covariance[i * 32 + j]! - golden.cov_full[i]![j]!)).toBeLessThan(1e-6);
        expect(Math.abs(matrix[i * 32 + j]! - golden['whiten_global_W_eps1e-16'][i]![j]!)).toBeLessThan(1e-9);
      }
    }
  });

  it('is white after whitening', () => {
    const matrix = whiteningMatrix(covariance, context.positions, { scope: 'global', epsilon: 1e-16 });
    const white = applyChain(full, [DEFAULT_STEPS.whitening], { before: 0, after: 0 }, { ...context, whitening: matrix });
    const after = covarianceOf([white]);
    // The common reference leaves one direction without variance, so the covariance is the identity but for that.
    for (let i = 0; i < 32; i++) expect(after[i * 32 + i]).toBeGreaterThan(0.8);
    for (let i = 0; i < 32; i++) for (let j = 0; j < i; j++) expect(Math.abs(after[i * 32 + j]!)).toBeLessThan(0.1);
  });
});

describe('windows', () => {
  const chain = [DEFAULT_STEPS['phase-shift'], band, reference('median', 'global')];
  const [from, to] = [60_000, 60_600];

  it('does not depend on more margin than it needs', () => {
    const margin = chainMargin(chain, context.rate);
    const wide = applyChain(
      read(from - margin - 77, to + margin + 5),
      chain,
      { before: margin + 77, after: margin + 5 },
      context,
    );
    expect(wide).toEqual(run(chain, from, to));
  });

  it('hardly depends on where the tiles begin', () => {
    const whole = run(chain, from, to);
    const half = run(chain, from + 300, to);
    for (let i = 0; i < half.data.length; i++) expect(Math.abs(half.data[i]! - whole.data[300 * 32 + i]!)).toBeLessThan(0.02);
  });

  it('returns raw samples for an empty chain', () => {
    expect(run([], 5, 9).data).toEqual(Float32Array.from(synth.traces(5, 9)));
  });
});

it('refers each shank to itself', () => {
  const block: FloatBlock = { data: Float32Array.from([1, 3, 10, 30]), frames: 1, channels: 4 };
  const shanks = Int32Array.from([0, 0, 1, 1]);
  const step: ChainStep = { kind: 'common-reference', parameters: { operator: 'mean', scope: 'shank' } };
  const out = applyChain(block, [step], { before: 0, after: 0 }, { ...context, shanks });
  expect(Array.from(out.data)).toEqual([-1, 1, -10, 10]);
  expect(Array.from(block.data)).toEqual([1, 3, 10, 30]);
});

it('destripes a window with its margins and returns its middle', () => {
  const margin = chainMargin([DEFAULT_STEPS.destripe], context.rate);
  expect(margin).toBe(2000);
  const [from, to] = [100_000, 100_300];
  const whole = destripe(read(from - margin, to + margin), DEFAULT_STEPS.destripe.parameters, context);
  expect(run([DEFAULT_STEPS.destripe], from, to).data).toEqual(whole.data.slice(margin * 32, (margin + 300) * 32));
  const median: ChainStep = { kind: 'destripe', parameters: { ...DEFAULT_STEPS.destripe.parameters, spatial: 'median' } };
  expect(run([median], from, to).frames).toBe(300);
});

it('says what is missing for whitening', () => {
  expect(() => run([DEFAULT_STEPS.whitening], 0, 10)).toThrow(/whitening matrix/);
});

/** Samples as 16-bit counts again, rounded half to even and kept in range: as the reference hands them over. */
function toInt16({ data, frames, channels }: FloatBlock): TraceBlock<Int16Array<ArrayBuffer>> {
  const out = new Int16Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const floor = Math.floor(data[i]!);
    const rest = data[i]! - floor;
    const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
    out[i] = Math.max(-32768, Math.min(32767, rounded));
  }
  return { data: out, frames, channels };
}
