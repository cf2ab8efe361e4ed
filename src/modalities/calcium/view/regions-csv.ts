// The table Regions as CSV: a row per listed region in the order of the list, every number in full, empty cells where there is none.
// Places are [row, column] in pixels, counted from 0.
import { centre } from '../../../base/region.ts';
import { csvText } from './csv.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import type { MeasureName } from './edit-state.ts';
import { measureOf } from './measures.ts';
import { listedRows } from './region-list.ts';
import { keptScore, type RegionRow } from './region-rows.ts';

/** What a row of the file says. */
export interface RegionLine extends Omit<RegionRow, 'key' | 'line' | 'evidence'> {
  /** Centre, px. */
  readonly row: number;
  readonly col: number;
  /** Name of the truth region that it matches, '' for none. */
  readonly match: string;
  /** In the order of `MEASURED`; NaN where one is not known. */
  readonly measures: readonly number[];
}

const MEASURED: readonly MeasureName[] = ['snr', 'skewness', 'rise', 'roundness'];
const HEAD = ['region', 'layer', 'result', 'status', 'row', 'col', 'area_px', 'confidence', 'found_by', 'distance_px', 'match'];
const MEASURE_HEADS = ['snr', 'skewness', 'largest_rise_deltaf_over_f', 'roundness'];

export function regionsCsv(lines: readonly RegionLine[]): string {
  const rows = lines.map((one) => [
    one.label,
    one.layer,
    one.result ?? '',
    one.leftOut === 'below' ? 'below the cut' : one.leftOut === 'rejected' ? 'rejected' : one.accepted ? 'accepted' : '',
    ...[one.row, one.col, one.area, one.confidence],
    one.kind,
    one.distance,
    one.match,
    ...one.measures,
  ]);
  return csvText([[...HEAD, ...MEASURE_HEADS], ...rows]);
}

/** What the list shows now: its scope, within its thresholds, in its order. */
export function regionLines(dataset: CalciumDataset): readonly RegionLine[] {
  const truth = truthOf(dataset);
  const detections = detectionsOf(dataset);
  const score = keptScore(dataset);
  const matches = new Map(
    Array.from(score?.match ?? [], (estimate, i) => [score!.estimates[estimate], String(truth?.ids[i] ?? i)] as const),
  );
  return listedRows(dataset).map((listed) => {
    const one = listed.layer === 'predictions' ? detections[listed.index]! : undefined;
    const [row, col] = centre(one?.region ?? truth!.regions[listed.index]!);
    const measures = MEASURED.map((name) => measureOf(dataset, listed, name));
    return { ...listed, row, col, match: (one && matches.get(one)) ?? '', measures };
  });
}
