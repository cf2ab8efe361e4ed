import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { goldenSorting, goldenSynth, loadRecording } from './ephys-golden.ts';

it('makes the same bytes as the generator of the golden vectors', () => {
  const golden = loadRecording();
  const synth = goldenSynth();
  expect(synth.trains.map(({ times }) => times.length)).toEqual(golden.n_spikes_per_unit);
  const hash = createHash('sha256');
  for (let from = 0; from < golden.config.n_samples; from += 30_000) {
    const samples = synth.traces(from, Math.min(from + 30_000, golden.config.n_samples));
    hash.update(new Uint8Array(samples.buffer));
  }
  expect(hash.digest('hex')).toBe(golden.sha256_int16_le);
});

it('has the spikes of the golden sorting', () => {
  const { times, labels } = goldenSorting();
  goldenSynth().trains.forEach((train, u) => {
    expect(Array.from(times).filter((_, i) => labels[i] === u)).toEqual(train.times);
  });
});
