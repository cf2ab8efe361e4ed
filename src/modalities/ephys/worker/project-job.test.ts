import { expect, it } from 'vitest';
import type { Recording } from '../../../formats/recording.ts';
import { waveformWindow } from '../../../pipeline/ephys/template/waveforms.ts';
import { goldenSynth } from '../../../test/ephys-golden.ts';
import { RAW_CHAIN } from '../shared/chain.ts';
import { featureAxes, projectOn } from './features.ts';
import { readWaveforms } from './waveform-job.ts';

const synth = goldenSynth();
const context = { signal: new AbortController().signal, progress: () => {} };

it('spikes that did not take part in finding the axes lie on the same plane', async () => {
  const recording: Recording = recordingOfSynth();
  const window = waveformWindow(30_000);
  const times = Float64Array.of(1000, 2500, 7000, 9000, 12_000, 15_000);
  const all = await readWaveforms(recording, RAW_CHAIN, times, window, context);
  const few = await readWaveforms(recording, RAW_CHAIN, times.slice(0, 4), window, context);
  const axes = featureAxes([few], Int32Array.of(3, 4, 5, 6, 7), window, 30_000)!;
  expect([...axes.electrodes]).toEqual([3, 4, 5, 6]);
  expect(axes.mean).toHaveLength(axes.electrodes.length * axes.count);
  const some = projectOn(few, axes);
  const every = projectOn(all, axes);
  expect([...every.subarray(0, 8)]).toEqual([...some]);
  // About the mean of those few.
  expect(some[0]! + some[2]! + some[4]! + some[6]!).toBeCloseTo(0, 2);
  expect(featureAxes([], new Int32Array(0), window, 30_000)).toBeNull();
});

function recordingOfSynth(): Recording {
  const channels = synth.config.geometry.length;
  return {
    name: 'synth',
    format: 'made',
    channels,
    frames: 20_000,
    samplingRate: 30_000,
    dtype: 'int16',
    gain: new Float64Array(channels).fill(1),
    offset: new Float64Array(channels),
    sync: [],
    channelIds: Array.from({ length: channels }, (_, i) => String(i)),
    probe: undefined,
    firstSample: 0,
    notices: [],
    read: async (start, end) => synth.traces(start, end),
  };
}
