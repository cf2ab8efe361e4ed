import { expect, it } from 'vitest';
import { goldenSynth, loadEphysJson, positionsOf } from '../../../test/ephys-golden.ts';
import { type ChannelContext, type FloatBlock, toFloatBlock } from '../block.ts';
import { shiftPeriodic } from '../filter/phase-shift.ts';
import { subtractReference } from './common-reference.ts';
import { destripe, spatialFilter } from './destripe.ts';

interface Golden {
  readonly input: { readonly sample_shift: readonly number[]; readonly channels: readonly number[] };
  readonly fshift: readonly (readonly number[])[];
  readonly kfilt_agc3000_pad60: readonly (readonly number[])[];
  readonly car_median: readonly (readonly number[])[];
  readonly destripe_kfilter_uV: readonly (readonly number[])[];
  readonly destripe_car_uV: readonly (readonly number[])[];
}

const golden = loadEphysJson<Golden>('ibl_destripe');
const synth = goldenSynth();
const counts = synth.traces(150_000, 153_000);
const block: FloatBlock = {
  data: Float32Array.from(counts, (count) => count * synth.config.gain_uV),
  frames: 3000,
  channels: 32,
};
const sampleShifts = Float64Array.from(golden.input.sample_shift);
const context: ChannelContext = { rate: 30_000, positions: positionsOf(synth), sampleShifts };

function expectGolden({ data }: FloatBlock, expected: readonly (readonly number[])[]): void {
  let worst = 0;
  golden.input.channels.forEach((channel, i) => {
    expected[i]!.forEach((value, k) => {
      worst = Math.max(worst, Math.abs(data[(1000 + k) * 32 + channel]! - value));
    });
  });
  expect(worst).toBeLessThan(1e-4);
}

it('shifts by fractions of a sample', () => {
  expectGolden(shiftPeriodic(block, sampleShifts), golden.fshift);
});

it('filters along the channels', () => {
  expectGolden(spatialFilter(block, 3000), golden.kfilt_agc3000_pad60);
});

it('takes the median away', () => {
  const copy = toFloatBlock(block);
  subtractReference(copy, { operator: 'median', scope: 'global' }, context);
  expectGolden(copy, golden.car_median);
});

it('destripes', () => {
  expectGolden(destripe(block, { cutoff: 300, order: 3, spatial: 'k-filter' }, context), golden.destripe_kfilter_uV);
  expectGolden(destripe(block, { cutoff: 300, order: 3, spatial: 'median' }, context), golden.destripe_car_uV);
});

it('leaves silent channels silent', () => {
  const silent = { data: new Float32Array(3 * 200), frames: 200, channels: 3 };
  expect(spatialFilter(silent, 100).data.every((x) => x === 0)).toBe(true);
});
