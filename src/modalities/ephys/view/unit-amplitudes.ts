// Amplitudes of a unit's spikes within the time brush, from the best that is known of them.
import { resources } from '../../../state/resources.ts';
import type { UnitWaveforms } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import { placesOfFrames } from './spike-planes.ts';
import { sortingOf, trainOf, type Unit } from './units.ts';

export interface UnitAmplitudes {
  /** Places of the spikes in the unit's list. */
  readonly places: Int32Array;
  readonly seconds: Float64Array;
  readonly values: Float64Array;
  /** "µV", or "a.u." for a sorter's own. */
  readonly unit: string;
}

/** Amplitude in µV of every spike of a sorting, NaN where it was not read: made by the metrics. */
export const spikeAmplitudesKey = ({ id, store }: EphysDataset) => `${id}/spike-amplitudes/${store.getState().sorting}`;

export function amplitudesOf(dataset: EphysDataset, unit: Unit, waveforms: UnitWaveforms | undefined): UnitAmplitudes {
  const measured = resources.get<Float32Array>(spikeAmplitudesKey(dataset));
  const own = sortingOf(dataset)?.amplitudes;
  const train = trainOf(dataset, unit);
  if (measured) return brushedOnly(dataset, train, unit.spikes, (spike) => measured[spike]!, dataset.electrodes.unit);
  if (own) return brushedOnly(dataset, train, unit.spikes, (spike) => own[spike]!, 'a.u.');
  const frames = waveforms?.frames ?? new Float64Array(0);
  const values = Float64Array.from(waveforms?.amplitudes ?? []);
  const places = placesOfFrames(dataset, unit, frames);
  return { places, seconds: frames.map((frame) => frame / dataset.rate), values, unit: dataset.electrodes.unit };
}

function brushedOnly(
  { store, rate }: EphysDataset,
  train: Float64Array,
  spikes: Int32Array,
  amplitudeAt: (spike: number) => number,
  unit: string,
): UnitAmplitudes {
  const { brush } = store.getState();
  const kept: number[] = [];
  for (let i = 0; i < spikes.length; i++) {
    const seconds = train[i]! / rate;
    if (brush && (seconds < brush.from || seconds >= brush.to)) continue;
    if (Number.isFinite(amplitudeAt(spikes[i]!))) kept.push(i);
  }
  return {
    places: Int32Array.from(kept),
    seconds: Float64Array.from(kept, (i) => train[i]! / rate),
    values: Float64Array.from(kept, (i) => amplitudeAt(spikes[i]!)),
    unit,
  };
}
