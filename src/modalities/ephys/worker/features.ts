// Principal components of waveforms on a few electrodes around one unit, the same axes for all units shown.
import type { Waveforms, WaveformWindow } from '../../../pipeline/ephys/template/waveforms.ts';
import type { FeatureAxes } from '../shared/unit-jobs.ts';
import { principalAxes } from './principal-axes.ts';

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
  const mean = new Float64Array(size);
  for (const list of vectors) for (let i = 0; i < list.length; i++) mean[i % size]! += list[i]! / spikes;
  const covariance = new Float64Array(size * size);
  for (const list of vectors) {
    for (let k = 0; k < list.length; k += size) {
      for (let i = 0; i < size; i++) {
        const x = list[k + i]! - mean[i]!;
        for (let j = 0; j <= i; j++) covariance[i * size + j]! += x * (list[k + j]! - mean[j]!);
      }
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) covariance[j * size + i] = covariance[i * size + j]!;
  return { electrodes: near, from, count, mean, axes: principalAxes(covariance, size, 2) };
}

/** Waveforms on the axes, [spike][2]. */
export function projectOn(waves: Waveforms, place: FeatureAxes): Float32Array<ArrayBuffer> {
  const { mean, axes } = place;
  const vectors = cutOut(waves, place);
  const out = new Float32Array(2 * waves.spikes.length);
  for (let k = 0; k < waves.spikes.length; k++) {
    axes.forEach((axis, a) => {
      let sum = 0;
      for (let i = 0; i < mean.length; i++) sum += (vectors[k * mean.length + i]! - mean[i]!) * axis[i]!;
      out[2 * k + a] = sum;
    });
  }
  return out;
}

/** [spike][electrode][sample]. */
function cutOut(
  { data, spikes, samples, channels }: Waveforms,
  { electrodes, from, count }: Pick<FeatureAxes, 'electrodes' | 'from' | 'count'>,
): Float64Array {
  const out = new Float64Array(spikes.length * electrodes.length * count);
  let at = 0;
  for (let k = 0; k < spikes.length; k++) {
    for (const electrode of electrodes)
      for (let t = from; t < from + count; t++) out[at++] = data[(k * samples + t) * channels + electrode]!;
  }
  return out;
}
