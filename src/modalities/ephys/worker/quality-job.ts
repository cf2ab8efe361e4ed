// How well units are separated from what lies around them: isolation, L ratio, d′, nearest neighbours and silhouette in the space of
// the components on the unit's nearest electrodes. Other spikes count where their features cover those electrodes.
import type { Job } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { dPrime, type FeaturePoints, isolation, silhouetteSimplified } from '../../../pipeline/ephys/metrics/cluster-quality.ts';
import { neighbourRates } from '../../../pipeline/ephys/metrics/nearest-neighbours.ts';
import { COMPONENTS, FEATURE_ELECTRODES, type MeasureColumns, type QualityInput } from '../shared/metrics.ts';

/** Electrodes of the space in which units are compared. */
const OWN_ELECTRODES = 5;
const UNITS_A_PART = 4;
const NAMES = ['isolation', 'lRatio', 'dPrime', 'nnHit', 'nnMiss', 'silhouette'] as const;

type Row = Record<(typeof NAMES)[number], number>;

/** Spikes of the unit and of those around it, on the unit's own electrodes. */
export function pointsAround({ featureUnits, features, electrodes, count }: QualityInput, unit: number): FeaturePoints {
  const rowOf = (u: number) => electrodes.subarray(u * FEATURE_ELECTRODES, (u + 1) * FEATURE_ELECTRODES);
  const own = [...rowOf(unit)].filter((electrode) => electrode >= 0).slice(0, OWN_ELECTRODES);
  const places = Array.from({ length: count }, (_, u) => {
    const row = rowOf(u);
    const found = own.map((electrode) => row.indexOf(electrode));
    return found.includes(-1) ? null : found;
  });
  const spikes = Array.from(featureUnits.keys()).filter((spike) => places[featureUnits[spike]!]);
  const dimensions = own.length * COMPONENTS;
  const points = new Float64Array(spikes.length * dimensions);
  const size = COMPONENTS * FEATURE_ELECTRODES;
  spikes.forEach((spike, i) => {
    places[featureUnits[spike]!]!.forEach((place, e) => {
      for (let c = 0; c < COMPONENTS; c++)
        points[i * dimensions + e * COMPONENTS + c] = features[spike * size + place * COMPONENTS + c]!;
    });
  });
  return { points, dimensions, labels: Int32Array.from(spikes, (spike) => featureUnits[spike]!) };
}

export const qualityJob: Job<QualityInput, number, Row[], never, MeasureColumns> = {
  split: ({ count }) => Array.from({ length: Math.ceil(count / UNITS_A_PART) }, (_, i) => i * UNITS_A_PART),
  run: async (input, first, { signal, progress }) => {
    const rows: Row[] = [];
    for (let unit = first; unit < Math.min(input.count, first + UNITS_A_PART); unit++) {
      const points = pointsAround(input, unit);
      const { hit, miss } = await readNeighbours(points, unit, signal);
      const { isolationDistance, lRatio } = isolation(points, unit);
      rows.push({
        isolation: isolationDistance,
        lRatio,
        dPrime: dPrime(points, unit),
        nnHit: hit,
        nnMiss: miss,
        silhouette: silhouetteSimplified(points, unit),
      });
      progress((unit - first + 1) / UNITS_A_PART);
    }
    return rows;
  },
  merger: () => {
    const rows: Row[] = [];
    return {
      add: (part) => {
        rows.push(...part);
      },
      finish: () =>
        Object.fromEntries(NAMES.map((name) => [name, Float64Array.from(rows, (row) => row[name])])) as MeasureColumns,
    };
  },
};

async function readNeighbours(points: FeaturePoints, unit: number, signal: AbortSignal): Promise<{ hit: number; miss: number }> {
  const rates = await drive(neighbourRates(points, unit), { signal });
  return { hit: rates.hitRate, miss: rates.missRate };
}
