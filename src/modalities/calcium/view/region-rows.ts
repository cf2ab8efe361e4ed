// The rows of the table Regions: chosen predictions and the truth they missed, with what the score says of each.
import { pixelCount } from '../../../base/region.ts';
import { resources } from '../../../state/resources.ts';
import type { LineKind } from '../../../ui/line-sample.tsx';
import { type Detection, isChosen } from '../shared/detection.ts';
import type { Score } from '../shared/score.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import type { Scope } from './edit-state.ts';
import { plainLine } from './layer-looks.ts';
import type { LayerName, ResultClass } from './store.ts';

export const RESULT_LINES: Readonly<Record<ResultClass, LineKind>> = { matched: 'tp', extra: 'fp', missed: 'fn' };

export interface RegionRow {
  readonly key: string;
  readonly layer: LayerName;
  /** Index in the layer's full list. */
  readonly index: number;
  readonly label: string;
  /** Null where there is nothing to compare with. */
  readonly result: ResultClass | null;
  readonly line: LineKind;
  readonly area: number;
  /** To its match, else to the nearest region of the other list; px. */
  readonly distance: number;
  readonly confidence: number;
  readonly kind: string;
  readonly evidence: string;
  readonly accepted?: boolean;
  /** Why it does not count; such rows are only listed where they are asked for. */
  readonly leftOut?: 'rejected' | 'below';
}

/** The score as it is kept: with what it was computed on. */
export interface KeptScore extends Score {
  readonly estimates: readonly Detection[];
  readonly threshold: number;
}

export function keptScore(dataset: CalciumDataset): KeptScore | undefined {
  return resources.get<KeptScore>(`${dataset.id}/score`);
}

/** Result class per prediction (full list; null where it is left out) and per truth region. */
export interface Classes {
  readonly predictions: readonly (ResultClass | null)[];
  readonly truth: readonly ResultClass[];
}

export function classify(dataset: CalciumDataset): Classes {
  const score = keptScore(dataset);
  const { confidence } = dataset.store.getState();
  const matched = new Set<Detection>();
  if (score) for (const index of score.match) if (index >= 0) matched.add(score.estimates[index]!);
  const predictions = detectionsOf(dataset).map((one) =>
    !isChosen(one, confidence) ? null : matched.has(one) ? 'matched' : 'extra',
  );
  const truth = (truthOf(dataset)?.regions ?? []).map((_, i) => (score && score.match[i]! < 0 ? 'missed' : 'matched'));
  return { predictions, truth };
}

const leftOutOf = ({ status }: Detection): 'rejected' | 'below' => (status === 'rejected' ? 'rejected' : 'below');

export function regionRows(dataset: CalciumDataset, scope: Scope = 'chosen'): RegionRow[] {
  const score = keptScore(dataset);
  const truth = truthOf(dataset);
  const classes = classify(dataset);
  const shown = dataset.store.getState().classes;
  const distances = new Map(score?.estimates.map((one, i) => [one, score.estimateDistance[i]!]));
  const rows = detectionsOf(dataset).flatMap((one, index): RegionRow[] => {
    const result = classes.predictions[index]!;
    const leftOut = result === null ? leftOutOf(one) : undefined;
    if (scope !== 'all' && (leftOut ?? 'chosen') !== scope) return [];
    if (result !== null && score && !shown[result]) return [];
    return [
      {
        key: `p${index}`,
        layer: 'predictions',
        index,
        label: String(index + 1),
        result: score ? result : null,
        line: result === null ? 'thin' : score ? RESULT_LINES[result] : plainLine(dataset),
        area: pixelCount(one.region),
        distance: distances.get(one) ?? Number.NaN,
        // Imported regions count as certain where their file does not say how sure it is; those by hand have none.
        confidence: (one.kind === 'imported' && one.confidence === 1) || one.kind === 'drawn' ? Number.NaN : one.confidence,
        kind: one.kind,
        evidence: one.evidence,
        ...(one.status === 'accepted' ? { accepted: true } : {}),
        ...(leftOut ? { leftOut } : {}),
      },
    ];
  });
  const missed = (truth?.regions ?? []).flatMap((region, index): RegionRow[] => {
    if (scope !== 'chosen' && scope !== 'all') return [];
    const isMissed = classes.truth[index] === 'missed';
    if (score ? !isMissed || !shown.missed : detectionsOf(dataset).length > 0) return [];
    return [
      {
        key: `t${index}`,
        layer: 'truth',
        index,
        label: `T ${truth!.ids[index] ?? index}`,
        result: score ? 'missed' : null,
        line: score ? 'fn' : 'truth',
        area: pixelCount(region),
        distance: score ? score.truthDistance[index]! : Number.NaN,
        confidence: Number.NaN,
        kind: 'truth',
        evidence: score ? 'no prediction near enough' : 'ground truth',
      },
    ];
  });
  return [...rows, ...missed];
}

/** One sentence on a region: "nearest truth 7.2 px, limit 6". */
export function describeRow(row: RegionRow, threshold: number): string {
  if (row.leftOut) return row.leftOut === 'rejected' ? 'rejected' : 'below the confidence cut';
  const distance = Number.isFinite(row.distance) ? row.distance.toFixed(1) : null;
  if (row.result === 'matched') return `matches truth, ${distance} px`;
  if (row.result === 'extra') return distance ? `nearest truth ${distance} px, limit ${threshold}` : 'no truth near';
  if (row.result === 'missed') return distance ? `nearest prediction ${distance} px, limit ${threshold}` : 'no prediction';
  return `${row.area} px`;
}
