// All units with their measures under the chosen definitions, before filter and order: for the table, the keys and the CSV alike.
import type { EphysDataset } from './datasets.ts';
import { listedDepth, measuresOf } from './unit-facts.ts';
import { rowOf, type UnitRow } from './unit-rows.ts';
import { secondsOf, unitsOf } from './units.ts';

export function allRows(dataset: EphysDataset): UnitRow[] {
  const measures = measuresOf(dataset);
  const seconds = secondsOf(dataset);
  const judged = dataset.store.getState();
  return [...unitsOf(dataset).units.values()].map((unit) => {
    const depth = listedDepth(dataset, unit);
    return rowOf(unit, { ...measures.get(unit.id), ...(depth !== null && { depth }) }, seconds, judged);
  });
}
