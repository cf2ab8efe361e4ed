// Metrics in feature space of every unit, against the units around it: columns for the table.
import { type Steps, within } from '../../../base/steps.ts';
import type { UnitTrains } from '../spikes/unit-trains.ts';
import { chooseSpikes } from '../template/waveforms.ts';
import { dPrime, isolation, silhouetteFull, silhouetteSimplified } from './cluster-quality.ts';
import { pointsOnChannels, type SparseFeatures } from './features.ts';
import { NEIGHBOURS, NEIGHBOURS_ALLEN, neighbourRates } from './nearest-neighbours.ts';
import type { MetricTable } from './table.ts';

export const FEATURE_METRICS = [
  'isolation_distance',
  'l_ratio',
  'd_prime',
  'nn_hit_rate',
  'nn_miss_rate',
  'nn_hit_rate_allen',
  'nn_miss_rate_allen',
  'silhouette',
  'silhouette_full',
] as const;

export interface FeatureMetricOptions {
  /** Channels on which a unit is compared: the nearest that its template has features on. */
  readonly channels: number;
  /** Spikes taken of each unit, chosen at random (seeded). */
  readonly spikesPerUnit: number;
}

/** Allen takes 500 spikes of each unit. */
export const FEATURE_OPTIONS: FeatureMetricOptions = { channels: 4, spikesPerUnit: 500 };

/**
 * Columns for the units [from, to) (the others NaN), so that workers can share them. Spikes of other units take part where their
 * templates have features on the same channels.
 */
export function* featureMetrics(
  trains: UnitTrains,
  features: SparseFeatures,
  [from, to]: readonly [number, number] = [0, trains.unitIds.length],
  { channels, spikesPerUnit }: FeatureMetricOptions = FEATURE_OPTIONS,
): Steps<MetricTable> {
  const units = trains.unitIds.length;
  const columns = Object.fromEntries(FEATURE_METRICS.map((name) => [name, new Float64Array(units).fill(Number.NaN)])) as Record<
    (typeof FEATURE_METRICS)[number],
    Float64Array<ArrayBuffer>
  >;
  const sample = sampleSpikes(trains, features, spikesPerUnit);
  for (let u = from; u < to; u++) {
    const own = channelsOfUnit(trains, features, u).slice(0, channels);
    const near = sharing(sample, features, own);
    const points = pointsOnChannels(
      features,
      near.map((i) => sample.spikes[i]!),
      near.map((i) => sample.units[i]!),
      own,
    );
    const { isolationDistance, lRatio } = isolation(points, u);
    columns.isolation_distance[u] = isolationDistance;
    columns.l_ratio[u] = lRatio;
    columns.d_prime[u] = dPrime(points, u);
    columns.silhouette[u] = silhouetteSimplified(points, u);
    columns.silhouette_full[u] = silhouetteFull(points, u);
    const share = (k: number) => (u - from + k) / (to - from);
    const rates = yield* within(neighbourRates(points, u, NEIGHBOURS), share(0), share(0.5));
    columns.nn_hit_rate[u] = rates.hitRate;
    columns.nn_miss_rate[u] = rates.missRate;
    const allen = yield* within(neighbourRates(points, u, NEIGHBOURS_ALLEN), share(0.5), share(1));
    columns.nn_hit_rate_allen[u] = allen.hitRate;
    columns.nn_miss_rate_allen[u] = allen.missRate;
    yield share(1);
  }
  return columns;
}

interface Sample {
  readonly spikes: readonly number[];
  readonly units: readonly number[];
  /** Places of the spikes of each template. */
  readonly ofTemplate: ReadonlyMap<number, readonly number[]>;
}

function sampleSpikes({ unitIds, start, spikes }: UnitTrains, { templateOf }: SparseFeatures, most: number): Sample {
  const chosen: number[] = [];
  const units: number[] = [];
  const ofTemplate = new Map<number, number[]>();
  for (let u = 0; u < unitIds.length; u++) {
    for (const i of chooseSpikes(start[u + 1]! - start[u]!, most, unitIds[u]!)) {
      const spike = spikes[start[u]! + i]!;
      const place = chosen.push(spike) - 1;
      units.push(u);
      const mates = ofTemplate.get(templateOf[spike]!);
      if (mates) mates.push(place);
      else ofTemplate.set(templateOf[spike]!, [place]);
    }
  }
  return { spikes: chosen, units, ofTemplate };
}

/** Places of the spikes whose templates have features on all of `own`, rising. */
function sharing({ ofTemplate }: Sample, { channels, locals }: SparseFeatures, own: readonly number[]): number[] {
  const places: number[] = [];
  for (const [template, mates] of ofTemplate) {
    const has = (channel: number) => {
      for (let k = 0; k < locals; k++) if (channels[template * locals + k] === channel) return true;
      return false;
    };
    if (own.every(has)) for (const place of mates) places.push(place);
  }
  return places.sort((a, b) => a - b);
}

/** Channels of the template that most of the unit's spikes came from, in its order: sorters put the nearest first. */
function channelsOfUnit({ start, spikes }: UnitTrains, { channels, locals, templateOf }: SparseFeatures, u: number): number[] {
  const counts = new Map<number, number>();
  let best = -1;
  for (let i = start[u]!; i < start[u + 1]!; i++) {
    const template = templateOf[spikes[i]!]!;
    const count = (counts.get(template) ?? 0) + 1;
    counts.set(template, count);
    if (best < 0 || count > counts.get(best)!) best = template;
  }
  // Short lists are filled up with −1.
  return Array.from({ length: best < 0 ? 0 : locals }, (_, k) => channels[best * locals + k]!).filter((channel) => channel >= 0);
}
