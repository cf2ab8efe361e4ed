import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { describeLane } from './describe-lane.ts';
import { curvesOf, eventFrames, kindsOf, peakOf } from './lane-curves.ts';
import type { RegionTrace } from './traces.ts';

const floats = (...values: number[]) => Float32Array.from(values);
const processed = {
  corrected: floats(10, 11, 10, 11),
  deltaFOverF: floats(0, 0.5, 2, Number.NaN),
  denoised: floats(0, 0.4, 1.9, Number.NaN),
  events: floats(0, 0, 30, 0),
  snr: 6.14,
};
const exact: RegionTrace = { step: 1 / 7, exact: true, raw: floats(1, 2, 3, 4), neuropil: floats(2, 2, 4, 4), processed };
const binned: RegionTrace = { step: 4 / 7, exact: false, raw: floats(1, 2, 3), neuropil: null, processed: null };

it('draws ΔF/F where it is known, else raw, and raw for what a trace lacks', () => {
  expect(curvesOf(exact, null, 7)).toMatchObject({ kind: 'dff', main: processed.deltaFOverF, unit: 'ΔF/F', step: 1, start: 0 });
  expect(curvesOf(binned, null, 7)).toMatchObject({ kind: 'raw', main: binned.raw, unit: 'grey values', eventFrames: null });
  expect(curvesOf(binned, 'events', 7).kind).toBe('raw');
  expect(curvesOf(exact, 'corrected', 7)).toMatchObject({ main: processed.corrected, neuropil: null, unit: 'grey values' });
  expect(curvesOf(exact, 'denoised', 7)).toMatchObject({ main: processed.denoised, unit: 'ΔF/F' });
  expect(curvesOf(exact, 'raw', 7)).toMatchObject({ main: exact.raw, neuropil: exact.neuropil });
  const lost = { ...exact, processed: { ...processed, deltaFOverF: new Float32Array(4).fill(Number.NaN) } };
  expect(kindsOf(lost)).toEqual(['raw', 'corrected', 'events']);
  expect(curvesOf(lost, null, 7).kind).toBe('raw');
});

it('lays a bin over the middle of its frames', () => {
  // Bins of four frames: the first covers frames 0…3, so its middle is 1.5.
  const { step, start } = curvesOf(binned, null, 7);
  expect([step, start]).toEqual([4, 1.5].map((value) => expect.closeTo(value, 9)));
});

it('brings the neuropil to the unit of ΔF/F', () => {
  expect([...curvesOf(exact, 'dff', 7).neuropil!]).toEqual([-0.5, -0.5, 0, 0]);
  expect(curvesOf({ ...exact, neuropil: floats(0, 0, 0, 0) }, 'dff', 7).neuropil).toBeNull();
});

it('ticks events above three standard deviations of the noise', () => {
  const { normal } = makeRng(4);
  const corrected = Float32Array.from({ length: 4000 }, () => 100 + 5 * normal());
  const events = new Float32Array(4000);
  events[10] = 12;
  events[20] = 18;
  events[30] = 400;
  events[40] = Number.NaN;
  expect([...eventFrames({ corrected, events })]).toEqual([20, 30]);
});

it('finds the peak and says it in words', () => {
  const curves = curvesOf(exact, null, 7);
  expect(peakOf(curves)).toEqual({ value: 2, frame: 2 });
  expect(peakOf({ ...curves, main: floats(Number.NaN) })).toBeNull();
  const lane = { title: 'Region 112', text: 'matches truth, 1.8 px', trace: exact };
  expect(describeLane(lane, curves, 7)).toBe(
    'Region 112, matches truth, 1.8 px: ΔF/F, peak 2.00 ΔF/F at 0.3 s, SNR 6.1, 1 event.',
  );
  expect(describeLane({ ...lane, trace: binned }, curvesOf(binned, null, 7), null)).toBe(
    'Region 112, matches truth, 1.8 px: Raw F, binned, peak 3.0 grey values at frame 10.',
  );
  expect(describeLane({ ...lane, trace: null }, null, 7)).toContain('not read yet');
});
