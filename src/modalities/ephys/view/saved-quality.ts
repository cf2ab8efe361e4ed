// How well units are separated by the features that the sorter saved: these count before those computed from the recording, and need
// none.
import { ask, runJob } from '../../../workers/client.ts';
import type { MeasureColumns, SpikeFeatures } from '../shared/metrics.ts';
import type { EphysDataset } from './datasets.ts';
import { hasSavedFeatures, savedSpikes } from './spike-planes.ts';
import { unitsOf } from './units.ts';

/** Spikes of each unit that are compared, evenly over its train: as many as Allen takes. */
const SPIKES_A_UNIT = 500;

/** A column a measure, in the order of the units; null where no features were saved. */
export async function savedQuality(dataset: EphysDataset, signal: AbortSignal): Promise<MeasureColumns | null> {
  if (!hasSavedFeatures(dataset)) return null;
  const spikes = [...unitsOf(dataset).units.values()].map(({ spikes: own }) => {
    const count = Math.min(own.length, SPIKES_A_UNIT);
    return Int32Array.from({ length: count }, (_, i) => own[Math.floor(((i + 0.5) * own.length) / count)]!);
  });
  const sample = await ask<SpikeFeatures>('ephys', 'phySample', savedSpikes(dataset, spikes), { signal });
  return runJob<MeasureColumns>('ephys', 'quality', sample, { signal });
}
