// The table Regions in the order in which it stands: rows of the chosen scope, within the live thresholds, sorted. Keys and tools
// walk through the same list.
import type { CalciumDataset } from './datasets.ts';
import { MEASURES, type MeasureName, type MeasureRange, type Scope } from './edit-state.ts';
import { measureOf } from './measures.ts';
import { type RegionRow, regionRows } from './region-rows.ts';

/** Sorting keys besides the measures. */
const KEYS: Readonly<Record<string, (row: RegionRow) => number | string>> = {
  region: (row) => (row.layer === 'truth' ? 1e6 : 0) + row.index,
  found: (row) => row.kind,
};

const isMeasure = (name: string): name is MeasureName => (MEASURES as readonly string[]).includes(name);

/** Whether a row is within the live thresholds; one that cannot be measured passes. */
export function isWithin(dataset: CalciumDataset, row: RegionRow): boolean {
  const ranges = Object.entries(dataset.store.getState().edit.ranges) as [MeasureName, MeasureRange][];
  return ranges.every(([name, [low, high]]) => {
    const value = measureOf(dataset, row, name);
    return !(value < low || value > high);
  });
}

/** Rows as they are listed. */
export function listedRows(dataset: CalciumDataset): readonly RegionRow[] {
  const { scope, sort, ranges } = dataset.store.getState().edit;
  const rows = regionRows(dataset, scope);
  const within = Object.keys(ranges).length > 0 ? rows.filter((row) => isWithin(dataset, row)) : rows;
  const { column, descending } = sort;
  const missing = descending ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const key = isMeasure(column)
    ? (row: RegionRow) => {
        const value = measureOf(dataset, row, column);
        // What cannot be measured goes last.
        return Number.isNaN(value) ? missing : value;
      }
    : KEYS[column];
  if (!key) return within;
  const sign = descending ? -1 : 1;
  const keyed = within.map((row) => ({ row, value: key(row) }));
  keyed.sort((a, b) => (a.value < b.value ? -sign : a.value > b.value ? sign : 0));
  return keyed.map(({ row }) => row);
}

/** The values that the ends of the colours stand for; thresholds leave them as they are, so a colour keeps its meaning. */
export function colourRange(dataset: CalciumDataset): MeasureRange {
  const { measure, scope } = dataset.store.getState().edit;
  return measureExtent(dataset, measure, scope) ?? [0, 1];
}

/** Smallest and largest value of a measure over the rows of a scope, whatever the thresholds; null where none is known. */
export function measureExtent(dataset: CalciumDataset, name: MeasureName, scope: Scope): MeasureRange | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of regionRows(dataset, scope)) {
    const value = measureOf(dataset, row, name);
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}
