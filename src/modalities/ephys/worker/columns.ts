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
