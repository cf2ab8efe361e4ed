// The drift of a data set: its spikes over time and depth, the motion that they show, and what was imposed.
import { SomascopeError, toPlain } from '../../../base/errors.ts';
import type { Motion } from '../../../base/motion.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { chainKey } from '../shared/chain.ts';
import type { MotionInput, PeaksInput, SpikePlaces } from '../shared/drift.ts';
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

export function motionOf(dataset: EphysDataset): Motion | null {
  return resources.get<Motion>(motionKey(dataset)) ?? null;
}

/** µm: where on the probe motion is told by one curve. */
export function middleDepth({ electrodes: { y } }: EphysDataset): number {
  return y.length === 0 ? 0 : (y.reduce((least, one) => Math.min(least, one)) + y.reduce((most, one) => Math.max(most, one))) / 2;
}

const peaksKey = ({ id, store, source }: EphysDataset) => `${id}/peaks/${source.key}/${chainKey(store.getState().chain)}`;

/**
 * Where the spikes are: the sorter's own places, else peaks that are found in the recording, each located around its own electrode. Places
 * around a unit's one electrode, which the metrics measure, would follow the motion only half way.
 */
async function findPlaces(dataset: EphysDataset): Promise<SpikePlaces> {
  const own =
    sortingOf(dataset)?.positions || !dataset.recording ? placesOf(dataset) : resources.get<SpikePlaces>(peaksKey(dataset));
  if (own && own.seconds.length > 0) return own;
  if (!dataset.recording) {
    throw new SomascopeError(
      'Unsupported',
      'Nothing says where the spikes of this sorting are.',
      {},
      'Drop the recording with it, or spike_positions.npy.',
    );
  }
  const input: PeaksInput = {
    source: dataset.source,
    frames: dataset.frames,
    rate: dataset.rate,
    chain: dataset.store.getState().chain,
    threshold: PEAK_THRESHOLD,
  };
  const seconds = Math.round(lengthOf(dataset));
  const found = await tracked(
    { label: 'Finding spikes', dataset: dataset.id, unit: 's', total: seconds },
    ({ signal, onProgress }) => runJob<SpikePlaces>('ephys', 'peaks', input, { signal, onProgress }),
  );
  resources.put(peaksKey(dataset), found, 24 * found.seconds.length, true);
  resources.put(placesKey(dataset), found, 0, true);
  bump(dataset.store, 'drift');
  return found;
}

/** After the metrics measured every spike; peaks that were found stay, because they tell the motion better. */
export function forgetPlaces(dataset: EphysDataset): void {
  if (!resources.has(peaksKey(dataset))) resources.delete(placesKey(dataset));
}

export const DRIFT_LABEL = 'Estimating drift';

export async function estimateDrift(dataset: EphysDataset): Promise<void> {
  try {
    const places = await findPlaces(dataset);
    const input: MotionInput = { ...places, length: lengthOf(dataset) || (places.seconds.at(-1) ?? 0) };
    const motion = await tracked({ label: DRIFT_LABEL, dataset: dataset.id }, ({ signal }) =>
      ask<Motion>('ephys', 'motion', input, { signal }),
    );
    resources.put(motionKey(dataset), motion, 16 * motion.times.length, true);
    bump(dataset.store, 'drift');
  } catch (error) {
    if (toPlain(error).tag !== 'Aborted') reportError(error, 'The drift could not be estimated');
  }
}
