// How well units are separated from what lies around them: isolation, L ratio, d′, nearest neighbours and silhouettes in the space of
// the components on the unit's nearest channels. Other spikes count where their features cover those channels.
import type { Job } from '../../../base/job.ts';
import { complete, drive } from '../../../base/steps.ts';
import { featureMetrics } from '../../../pipeline/ephys/metrics/feature-metrics.ts';
import type { MetricTable } from '../../../pipeline/ephys/metrics/table.ts';
import { groupSpikes } from '../../../pipeline/ephys/spikes/unit-trains.ts';
import type { MeasureName } from '../shared/measures.ts';
import type { MeasureColumns, SpikeFeatures } from '../shared/metrics.ts';
import { columnsNamed, ofAllUnits } from './columns.ts';

/** Channels of the space in which units are compared. */
const OWN_CHANNELS = 5;
const UNITS_A_PART = 4;

const COLUMNS = {
  isolation: 'isolation_distance',
  lRatio: 'l_ratio',
  dPrime: 'd_prime',
  nnHit: 'nn_hit_rate',
  nnMiss: 'nn_miss_rate',
  nnHitAllen: 'nn_hit_rate_allen',
  nnMissAllen: 'nn_miss_rate_allen',
  silhouette: 'silhouette',
  silhouetteFull: 'silhouette_full',
} as const satisfies { readonly [K in MeasureName]?: string };

/** Places [from, to) among the units that have features. */
interface Range {
  readonly from: number;
  readonly to: number;
}

const unitsOf = ({ unitOf }: SpikeFeatures) => [...new Set(unitOf)].sort((a, b) => a - b);

export const qualityJob: Job<SpikeFeatures, Range, Range & { readonly table: MetricTable }, never, MeasureColumns> = {
  split: (input) => {
    const count = unitsOf(input).length;
    return Array.from({ length: Math.ceil(count / UNITS_A_PART) }, (_, i) => ({
      from: i * UNITS_A_PART,
      to: Math.min(count, (i + 1) * UNITS_A_PART),
    }));
  },
  run: async (input, { from, to }, { signal, progress }) => {
    const trains = complete(groupSpikes(Array.from(input.unitOf.keys()), input.unitOf));
    const options = { channels: OWN_CHANNELS, spikesPerUnit: Number.POSITIVE_INFINITY };
    const table = await drive(featureMetrics(trains, input, [from, to], options), { signal, onProgress: progress });
    return { from, to, table };
  },
  merger: (input) => {
    const ids = Int32Array.from(unitsOf(input));
    const whole: Record<string, Float64Array<ArrayBuffer>> = {};
    return {
      add: ({ from, to, table }) => {
        for (const [name, column] of Object.entries(table)) {
          whole[name] ??= new Float64Array(ids.length).fill(Number.NaN);
          whole[name].set(column.subarray(from, to), from);
        }
      },
      finish: () => columnsNamed(COLUMNS, ofAllUnits(whole, ids, input.count)),
    };
  },
};
