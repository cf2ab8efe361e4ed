// What the plots of the selected units ask of workers, and how few spikes are read for them: as many as one can wait for.
import { ask } from '../../../workers/client.ts';
import { type ChainSettings, chainKey } from '../shared/chain.ts';
import type { CorrelogramInput, Correlograms, UnitWaveforms, WaveformInput } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import { rememberWaveforms } from './unit-facts.ts';
import { brushed, type Unit } from './units.ts';

export const CORRELOGRAM_MS = 100;
const BIN_MS = 1;
const MOST_PAIRS = 6;

/** Samples (frames × channels) that are read for one look, and spikes of one unit. */
const LOOK_SAMPLES = 16_000_000;
const MOST_SPIKES = 500;
const LEAST_SPIKES = 20;
/** A spike with the margins that filters need. */
const FRAMES_A_SPIKE = 1100;

const names = (dataset: EphysDataset, units: readonly Unit[]) => {
  const { brush, sorting } = dataset.store.getState();
  return `${sorting} ${units.map(({ id, spikes }) => `${id}.${spikes.length}`).join(' ')} ${brush?.from} ${brush?.to}`;
};

export function correlogramKey(dataset: EphysDataset, units: readonly Unit[]): string {
  return units.length === 0 ? '' : `${dataset.store.getState().convention} ${names(dataset, units)}`;
}

export function askCorrelograms(dataset: EphysDataset, units: readonly Unit[], signal: AbortSignal): Promise<Correlograms> {
  const trains = units.slice(0, MOST_PAIRS).map((unit) => brushed(dataset, unit).slice());
  const { convention } = dataset.store.getState();
  const input: CorrelogramInput = { trains, rate: dataset.rate, windowMs: CORRELOGRAM_MS, binMs: BIN_MS, convention };
  return ask<Correlograms>('ephys', 'correlograms', input, { signal });
}

export function waveformKey(dataset: EphysDataset, units: readonly Unit[], chain: ChainSettings): string {
  if (units.length === 0 || !dataset.recording) return '';
  return `${dataset.source.key} ${chainKey(chain)} ${names(dataset, units)}`;
}

/** Evenly over the train, so that all of the time is seen. */
export function sampleTrain(train: Float64Array<ArrayBuffer>, count: number): Float64Array<ArrayBuffer> {
  if (train.length <= count) return train.slice();
  return Float64Array.from({ length: count }, (_, i) => train[Math.floor(((i + 0.5) * train.length) / count)]!);
}

export async function askWaveforms(
  dataset: EphysDataset,
  units: readonly Unit[],
  signal: AbortSignal,
): Promise<readonly UnitWaveforms[]> {
  const { electrodes, frames, source, store } = dataset;
  const isSmall = frames * electrodes.count <= LOOK_SAMPLES;
  const affordable = Math.floor(LOOK_SAMPLES / units.length / electrodes.count / FRAMES_A_SPIKE);
  const count = isSmall ? MOST_SPIKES : Math.max(LEAST_SPIKES, Math.min(MOST_SPIKES, affordable));
  const trains = units.map((unit) => sampleTrain(brushed(dataset, unit), count));
  const input: WaveformInput = { source, chain: store.getState().chain, trains };
  const found = await ask<readonly UnitWaveforms[]>('ephys', 'waveforms', input, { signal });
  found.forEach((one, i) => {
    rememberWaveforms(units[i]!, one);
  });
  // The traces colour spikes on the electrodes that are known now.
  store.setState(({ versions }) => ({ versions: { ...versions, detected: versions.detected + 1 } }));
  return found;
}
