// What saved features give: a plane for the scatter of a few units, and how well all units are separated.
import { type Job, singleJob } from '../../../base/job.ts';
import { complete, drive } from '../../../base/steps.ts';
import { type FEATURE_METRICS, featureMetrics } from '../../../pipeline/ephys/metrics/feature-metrics.ts';
import { groupSpikes } from '../../../pipeline/ephys/spikes/unit-trains.ts';
import type { MeasureName } from '../shared/measures.ts';
import type { MeasureColumns } from '../shared/metrics.ts';
import type { PhyPlane, PhyPlaneInput, PhySample, PhySpikes } from '../shared/phy-features.ts';
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
  { data, components, locals, channels, templateOf }: PhySample,
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
function largestChannel({ data, components, locals, channels, templateOf, unitOf }: PhySample): number {
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
export const phySampleJob = singleJob<PhySpikes, PhySample>((input, { signal }) => readPhySample(input, signal));

const UNITS_A_PART = 8;
/** Channels of the space in which units are compared, as where features are computed from the recording. */
const OWN_CHANNELS = 5;

const COLUMNS: readonly (readonly [MeasureName, (typeof FEATURE_METRICS)[number]])[] = [
  ['isolation', 'isolation_distance'],
  ['lRatio', 'l_ratio'],
  ['dPrime', 'd_prime'],
  ['nnHit', 'nn_hit_rate'],
  ['nnMiss', 'nn_miss_rate'],
  ['silhouette', 'silhouette'],
];

type Part = { readonly from: number; readonly columns: MeasureColumns };

export const phyQualityJob: Job<PhySample, number, Part, never, MeasureColumns> = {
  split: ({ count }) => Array.from({ length: Math.ceil(count / UNITS_A_PART) }, (_, i) => i * UNITS_A_PART),
  run: async (sample, from, { signal, progress }) => {
    const { unitOf, count } = sample;
    const to = Math.min(count, from + UNITS_A_PART);
    const trains = complete(groupSpikes(Array.from(unitOf.keys()), unitOf));
    const groups = Array.from({ length: to - from }, (_, i) => trains.unitIds.indexOf(from + i));
    const there = groups.filter((group) => group >= 0);
    const range = [there[0] ?? 0, (there.at(-1) ?? -1) + 1] as const;
    const options = { channels: OWN_CHANNELS, spikesPerUnit: Number.POSITIVE_INFINITY };
    const table = await drive(featureMetrics(trains, sample, range, options), { signal, onProgress: progress });
    const column = (name: (typeof FEATURE_METRICS)[number]) =>
      Float64Array.from(groups, (group) => (group < 0 ? Number.NaN : table[name]![group]!));
    return { from, columns: Object.fromEntries(COLUMNS.map(([name, source]) => [name, column(source)])) };
  },
  merger: ({ count }) => {
    const columns = Object.fromEntries(COLUMNS.map(([name]) => [name, new Float64Array(count).fill(Number.NaN)]));
    return {
      add: (part) => {
        for (const [name] of COLUMNS) columns[name]!.set(part.columns[name]!, part.from);
      },
      finish: () => columns as MeasureColumns,
    };
  },
};
