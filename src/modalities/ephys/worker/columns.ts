// Columns of the pipeline's tables under the names that the view shows.
import type { MetricTable } from '../../../pipeline/ephys/metrics/table.ts';
import type { MeasureName } from '../shared/measures.ts';
import type { MeasureColumns } from '../shared/metrics.ts';

/** `names`: what the table calls each measure; measures that it does not have are left out. */
export function columnsNamed(names: { readonly [K in MeasureName]?: string }, table: MetricTable): MeasureColumns {
  return Object.fromEntries(
    Object.entries(names).flatMap(([measure, column]) => (table[column] ? [[measure, table[column]]] : [])),
  );
}

/** Columns of some units, spread over all `count` of them: NaN for the others. */
export function ofAllUnits(table: MetricTable, unitIds: Int32Array, count: number): MetricTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, column]) => {
      const out = new Float64Array(count).fill(Number.NaN);
      unitIds.forEach((unit, group) => {
        out[unit] = column[group]!;
      });
      return [name, out];
    }),
  );
}
