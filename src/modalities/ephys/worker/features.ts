// Principal components of waveforms on a few electrodes around one unit, the same axes for all units shown.

import type { Waveforms, WaveformWindow } from '../../../pipeline/ephys/template/waveforms.ts';
import { principalAxes } from './principal-axes.ts';

const ELECTRODES = 4;
const BEFORE_S = 0.0004;
const AFTER_S = 0.001;

/** Per unit [spike][2]. */
export function principalFeatures(
  units: readonly Waveforms[],
  electrodes: Int32Array,
  { before }: WaveformWindow,
  rate: number,
): Float32Array<ArrayBuffer>[] {
  const near = electrodes.slice(0, ELECTRODES);
  const from = Math.max(0, before - Math.round(BEFORE_S * rate));
  const count = Math.min((units[0]?.samples ?? 0) - from, Math.round((BEFORE_S + AFTER_S) * rate));
  const size = near.length * count;
  const vectors = units.map(({ data, spikes, samples, channels }) => {
    const out = new Float64Array(spikes.length * size);
    let at = 0;
    for (let k = 0; k < spikes.length; k++) {
      for (const electrode of near)
        for (let t = from; t < from + count; t++) out[at++] = data[(k * samples + t) * channels + electrode]!;
    }
    return out;
  });
  const spikes = vectors.reduce((sum, list) => sum + list.length / size, 0);
  if (spikes < 3) return units.map((unit) => new Float32Array(2 * unit.spikes.length));
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
  const [first, second] = principalAxes(covariance, size, 2) as [Float64Array, Float64Array];
  return vectors.map((list) => {
    const out = new Float32Array((2 * list.length) / size);
    for (let k = 0; k * size < list.length; k++) {
      for (let i = 0; i < size; i++) {
        const x = list[k * size + i]! - mean[i]!;
        out[2 * k]! += x * first[i]!;
        out[2 * k + 1]! += x * second[i]!;
      }
    }
    return out;
  });
}
