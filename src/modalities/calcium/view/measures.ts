// Measures of regions for sorting, filtering and colouring. What needs a trace comes from the binned movie: the traces are
// gathered here in slices, a worker measures them. Kept with the region itself, so an edit measures only what is new.

import type { Region } from '../../../base/region.ts';
import { drive, type Steps } from '../../../base/steps.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { MeasuresInput, MeasuresOutput } from '../shared/edit.ts';
import type { BinnedMovie } from './binned.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import type { MeasureName } from './edit-state.ts';
import type { RegionRow } from './region-rows.ts';
import { bump } from './store.ts';
import { summaryDone } from './summary.ts';

export interface MeasureText {
  /** As the head of a column. */
  readonly head: string;
  readonly title: string;
  readonly decimals: number;
}

export const MEASURE_TEXTS: Readonly<Record<MeasureName, MeasureText>> = {
  confidence: { head: 'Conf.', title: 'Confidence', decimals: 2 },
  area: { head: 'Area px', title: 'Area, px', decimals: 0 },
  distance: { head: 'Distance', title: 'Distance, px', decimals: 1 },
  snr: { head: 'SNR', title: 'Signal to noise', decimals: 1 },
  skewness: { head: 'Skew', title: 'Skewness', decimals: 1 },
  rise: { head: 'Rise', title: 'Largest rise, ΔF/F', decimals: 2 },
  roundness: { head: 'Round', title: 'Roundness', decimals: 2 },
};

type Measured = Readonly<Record<Exclude<MeasureName, 'confidence' | 'area' | 'distance'>, number>>;

const known = new WeakMap<Region, Measured>();
const SLICE_MS = 8;

/** NaN where it is not known (yet). */
export function measureOf(dataset: CalciumDataset, row: RegionRow, name: MeasureName): number {
  if (name === 'confidence' || name === 'area' || name === 'distance') return row[name];
  const region = row.layer === 'truth' ? truthOf(dataset)?.regions[row.index] : detectionsOf(dataset)[row.index]?.region;
  return (region && known.get(region)?.[name]) ?? Number.NaN;
}

/** Measures what is not measured yet, once the movie was read to its end. */
export async function measureRegions(dataset: CalciumDataset): Promise<void> {
  const binned = resources.get<BinnedMovie>(`${dataset.id}/bins`);
  if (!binned || !summaryDone(dataset)) return;
  const regions = [...detectionsOf(dataset).map(({ region }) => region), ...(truthOf(dataset)?.regions ?? [])].filter(
    (region) => !known.has(region),
  );
  if (regions.length === 0) return;
  try {
    const traces = await drive(binnedTraces(binned, regions), { slice: SLICE_MS });
    const input: MeasuresInput = { regions, traces, bins: binned.images.length };
    const { snr, skewness, rise, roundness } = await ask<MeasuresOutput>('calcium', 'measures', input);
    regions.forEach((region, i) => {
      known.set(region, { snr: snr[i]!, skewness: skewness[i]!, rise: rise[i]!, roundness: roundness[i]! });
    });
    bump(dataset.store, 'measures');
  } catch (error) {
    reportError(error, `${dataset.name}: the regions could not be measured`);
  }
}

/** [region, bin], grey values; one yield a bin. */
export function* binnedTraces(
  { images, scale, offset, width, height }: BinnedMovie,
  regions: readonly Region[],
): Steps<Float32Array<ArrayBuffer>> {
  const starts = new Int32Array(regions.length + 1);
  const pixels: number[] = [];
  regions.forEach(({ points, dims }, i) => {
    for (let k = 0; k + 1 < points.length; k += dims) {
      const row = Math.floor(points[k]!);
      const col = Math.floor(points[k + 1]!);
      if (row >= 0 && col >= 0 && row < height && col < width) pixels.push(row * width + col);
    }
    starts[i + 1] = pixels.length;
  });
  const list = Int32Array.from(pixels);
  const bins = images.length;
  const traces = new Float32Array(regions.length * bins);
  for (let bin = 0; bin < bins; bin++) {
    const image = images[bin]!;
    for (let i = 0; i < regions.length; i++) {
      const count = starts[i + 1]! - starts[i]!;
      let sum = 0;
      for (let k = starts[i]!; k < starts[i + 1]!; k++) sum += image[list[k]!]!;
      traces[i * bins + bin] = count > 0 ? (sum / count) * scale + offset : Number.NaN;
    }
    yield (bin + 1) / bins;
  }
  return traces;
}
