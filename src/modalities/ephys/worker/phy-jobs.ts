// What saved features give: a plane for the scatter of a few units, and a sample of all units for the measures of separation.
import { singleJob } from '../../../base/job.ts';
import type { SpikeFeatures } from '../shared/metrics.ts';
import type { PhyPlane, PhyPlaneInput, PhySpikes } from '../shared/phy-features.ts';
import { readPhySample } from './phy-features.ts';

export const phyPlaneJob = singleJob<PhyPlaneInput, PhyPlane>(async (input, { signal }) => {
  const sample = await readPhySample(input, signal);
  const channel = input.channel ?? largestChannel(sample);
  let first = 0;
  const units = input.units.map(({ length }) => {
    const from = first;
    first += length;
    const component = (which: 0 | 1) => Float32Array.from({ length }, (_, i) => featureOf(sample, from + i, which, channel));
    return { x: component(0), y: component(1) };
  });
  return { channel, units };
});

/** NaN where the spike's template has no features on the channel. */
function featureOf(
  { data, components, locals, channels, templateOf }: SpikeFeatures,
  spike: number,
  component: number,
  channel: number,
): number {
  const row = templateOf[spike]! * locals;
  for (let k = 0; k < locals; k++) {
    if (channels[row + k] === channel) return component < components ? data[(spike * components + component) * locals + k]! : 0;
  }
  return Number.NaN;
}

/** Of the first unit, by the squares of its first component. */
function largestChannel({ data, components, locals, channels, templateOf, unitOf }: SpikeFeatures): number {
  const sums = new Map<number, number>();
  for (let spike = 0; spike < unitOf.length && unitOf[spike] === 0; spike++) {
    for (let k = 0; k < locals; k++) {
      const channel = channels[templateOf[spike]! * locals + k]!;
      sums.set(channel, (sums.get(channel) ?? 0) + data[spike * components * locals + k]! ** 2);
    }
  }
  return [...sums].reduce((best, one) => (one[1] > best[1] ? one : best), [0, -1])[0];
}

/** The features of the spikes of which the measures are computed. */
export const phySampleJob = singleJob<PhySpikes, SpikeFeatures>((input, { signal }) => readPhySample(input, signal));
