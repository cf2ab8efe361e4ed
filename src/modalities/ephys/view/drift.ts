// The drift of a data set: its spikes over time and depth, the motion that they show, and what was imposed.
import { toPlain } from '../../../base/errors.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import type { Motion, MotionInput, PeaksInput, SpikePlaces } from '../shared/drift.ts';
import { type EphysDataset, lengthOf } from './datasets.ts';
import { bump } from './store.ts';
import { spikeAmplitudesKey } from './unit-amplitudes.ts';
import { sortingOf } from './units.ts';

const placesKey = ({ id, store }: EphysDataset) => `${id}/places/${store.getState().sorting}`;
const motionKey = ({ id, store }: EphysDataset) => `${id}/motion/${store.getState().sorting}`;
export const spikeDepthsKey = ({ id, store }: EphysDataset) => `${id}/spike-depths/${store.getState().sorting}`;

const PEAK_THRESHOLD = 6;

/** What there is without asking: the sorter's own places, else those that the metrics measured, else found peaks. */
export function placesOf(dataset: EphysDataset): SpikePlaces | null {
  const known = resources.get<SpikePlaces>(placesKey(dataset));
  if (known) return known;
  const sorting = sortingOf(dataset);
  if (!sorting) return null;
  const { times, positions, amplitudes } = sorting;
  const measured = resources.get<Float32Array>(spikeDepthsKey(dataset));
  if (!positions && !measured) return null;
  const depthAt = (spike: number) => (positions ? positions[2 * spike + 1]! : measured![spike]!);
  const seen = resources.get<Float32Array>(spikeAmplitudesKey(dataset));
  const amplitudeAt = (spike: number) => Math.abs(amplitudes?.[spike] ?? seen?.[spike] ?? 1);
  const kept: number[] = [];
  for (let spike = 0; spike < times.length; spike++) if (Number.isFinite(depthAt(spike))) kept.push(spike);
  const places: SpikePlaces = {
    seconds: Float64Array.from(kept, (spike) => times[spike]! / dataset.rate),
    depths: Float64Array.from(kept, depthAt),
    amplitudes: Float64Array.from(kept, amplitudeAt),
  };
  resources.put(placesKey(dataset), places, 24 * kept.length);
  return places;
}

export function forgetPlaces(dataset: EphysDataset): void {
  resources.delete(placesKey(dataset));
}

export function motionOf(dataset: EphysDataset): Motion | null {
  return resources.get<Motion>(motionKey(dataset)) ?? null;
}

/** Finds peaks over the recording where nothing says where the spikes are. */
async function findPlaces(dataset: EphysDataset): Promise<SpikePlaces> {
  const known = placesOf(dataset);
  if (known && known.seconds.length > 0) return known;
  const input: PeaksInput = {
    source: dataset.source,
    frames: dataset.frames,
    rate: dataset.rate,
    chain: dataset.store.getState().chain,
    threshold: PEAK_THRESHOLD,
  };
  const seconds = Math.round(lengthOf(dataset));
  const found = await tracked({ label: 'Finding spikes', dataset: dataset.id, unit: 's', total: seconds }, ({ signal, onProgress }) =>
    runJob<SpikePlaces>('ephys', 'peaks', input, { signal, onProgress }),
  );
  resources.put(placesKey(dataset), found, 24 * found.seconds.length, true);
  bump(dataset.store, 'drift');
  return found;
}

export const DRIFT_LABEL = 'Estimating drift';

export async function estimateDrift(dataset: EphysDataset): Promise<void> {
  try {
    const places = await findPlaces(dataset);
    const input: MotionInput = { ...places, length: lengthOf(dataset) || (places.seconds.at(-1) ?? 0) };
    const motion = await tracked({ label: DRIFT_LABEL, dataset: dataset.id }, ({ signal }) => ask<Motion>('ephys', 'motion', input, { signal }));
    resources.put(motionKey(dataset), motion, 16 * motion.times.length, true);
    bump(dataset.store, 'drift');
  } catch (error) {
    if (toPlain(error).tag !== 'Aborted') reportError(error, 'The drift could not be estimated');
  }
}
