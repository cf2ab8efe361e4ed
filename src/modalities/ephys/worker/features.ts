// Principal components of waveforms on a few electrodes around one unit, the same axes for all units shown.
import { joinNumbers } from '../../../base/bytes.ts';
import { principalComponents, projectWaves } from '../../../pipeline/ephys/metrics/features.ts';
import type { Waveforms, WaveformWindow } from '../../../pipeline/ephys/template/waveforms.ts';
import type { FeatureAxes } from '../shared/unit-jobs.ts';

const ELECTRODES = 4;
const BEFORE_S = 0.0004;
const AFTER_S = 0.001;
const LEAST_SPIKES = 3;

/** The two directions in which the spikes of all units vary most; null where there are too few. */
export function featureAxes(
  units: readonly Waveforms[],
  electrodes: Int32Array,
  { before }: WaveformWindow,
  rate: number,
): FeatureAxes | null {
  const near = Int32Array.from(electrodes.slice(0, ELECTRODES));
  const from = Math.max(0, before - Math.round(BEFORE_S * rate));
  const count = Math.min((units[0]?.samples ?? 0) - from, Math.round((BEFORE_S + AFTER_S) * rate));
  const size = near.length * count;
  const spikes = units.reduce((sum, unit) => sum + unit.spikes.length, 0);
  if (spikes < LEAST_SPIKES || size === 0) return null;
  const vectors = units.map((unit) => cutOut(unit, { electrodes: near, from, count }));
  const { mean, axes } = principalComponents(joinNumbers(Float64Array, vectors), size, 2);
  return { electrodes: near, from, count, mean, axes };
}

/** Waveforms on the axes, [spike][2]. */
export function projectOn(waves: Waveforms, place: FeatureAxes): Float32Array<ArrayBuffer> {
  return projectWaves(cutOut(waves, place), place);
}

/** [spike][electrode][sample]. */
function cutOut(
  { data, spikes, samples, channels }: Waveforms,
  { electrodes, from, count }: Pick<FeatureAxes, 'electrodes' | 'from' | 'count'>,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(spikes.length * electrodes.length * count);
  let at = 0;
  for (let k = 0; k < spikes.length; k++) {
    for (const electrode of electrodes)
      for (let t = from; t < from + count; t++) out[at++] = data[(k * samples + t) * channels + electrode]!;
  }
  return out;
}
