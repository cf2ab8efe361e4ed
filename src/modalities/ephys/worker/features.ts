// Principal components of waveforms on a few electrodes around one unit, the same axes for all units shown.
import { joinNumbers } from '../../../base/bytes.ts';
import { principalComponents, projectWaves } from '../../../pipeline/ephys/metrics/features.ts';
import type { Waveforms, WaveformWindow } from '../../../pipeline/ephys/template/waveforms.ts';

const ELECTRODES = 4;
const BEFORE_S = 0.0004;
const AFTER_S = 0.001;
const LEAST_SPIKES = 3;

/** Per unit [spike][2]; zero where there are too few spikes for a direction. */
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
  const spikes = units.reduce((sum, unit) => sum + unit.spikes.length, 0);
  if (spikes < LEAST_SPIKES) return units.map((unit) => new Float32Array(2 * unit.spikes.length));
  const components = principalComponents(joinNumbers(Float64Array, vectors), size, 2);
  return vectors.map((own) => projectWaves(own, components));
}
