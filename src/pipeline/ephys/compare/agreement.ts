// How well two sortings agree: agreement = coincidences / (spikes of both − coincidences), the best assignment of units, and
// scores of each. Rows are the units of the first sorting (the truth), columns those of the second. Source: SpikeInterface 0.105.
import { complete, type Steps, within } from '../../../base/steps.ts';
import { assign, packCandidates } from '../../score/assignment.ts';
import { type LabelledSpikes, matchCounts } from './match.ts';

export interface AgreementOptions {
  /** Samples, inclusive. */
  readonly delta: number;
  /** Two sorters: the larger count of both sweep directions. Ground truth: only that from the truth. */
  readonly symmetric: boolean;
}

export interface Agreement {
  readonly rows: number;
  readonly columns: number;
  /** [row][column]. */
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly scores: Float64Array<ArrayBuffer>;
  readonly rowSpikes: Uint32Array<ArrayBuffer>;
  readonly columnSpikes: Uint32Array<ArrayBuffer>;
}

/** Pairs with less agreement are not assigned to each other. */
export const LEAST_MATCH = 0.5;
/** Agreement by chance, below which there is no best match. */
export const CHANCE = 0.1;
const WELL_DETECTED = 0.8;
const REDUNDANT = 0.2;

export function* compareSortings(a: LabelledSpikes, b: LabelledSpikes, { delta, symmetric }: AgreementOptions): Steps<Agreement> {
  const counts = yield* within(matchCounts(a, b, delta), 0, symmetric ? 0.5 : 1);
  const rowSpikes = countUnits(a);
  const columnSpikes = countUnits(b);
  if (symmetric) {
    const back = yield* within(matchCounts(b, a, delta), 0.5, 1);
    for (let i = 0; i < a.count; i++) {
      for (let j = 0; j < b.count; j++) counts[i * b.count + j] = Math.max(counts[i * b.count + j]!, back[j * a.count + i]!);
    }
  }
  const scores = new Float64Array(counts.length);
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++) {
      const at = i * b.count + j;
      counts[at] = Math.min(counts[at]!, columnSpikes[j]!);
      const either = rowSpikes[i]! + columnSpikes[j]! - counts[at]!;
      scores[at] = either === 0 ? 0 : counts[at]! / either;
    }
  }
  return { rows: a.count, columns: b.count, counts, scores, rowSpikes, columnSpikes };
}

/** At once, for small sortings. */
export function agreementOf(a: LabelledSpikes, b: LabelledSpikes, options: AgreementOptions): Agreement {
  return complete(compareSortings(a, b, options));
}

function countUnits({ units, count }: LabelledSpikes): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(count);
  for (let i = 0; i < units.length; i++) out[units[i]!]!++;
  return out;
}

/** Column of each row, or −1: the assignment of the largest total agreement among pairs of at least `least` (Hungarian). */
export function assignUnits({ rows, columns, scores }: Agreement, least = LEAST_MATCH): Int32Array<ArrayBuffer> {
  const lists = Array.from({ length: rows }, (_, i) => {
    const list: [number, number][] = [];
    for (let j = 0; j < columns; j++) if (scores[i * columns + j]! >= least) list.push([j, 1 - scores[i * columns + j]!]);
    // A partner of its own at the price of no agreement: then every row is paired, and the total decides.
    list.push([columns + i, 1]);
    return list;
  });
  return assign(packCandidates(columns + rows, lists)).map((column) => (column >= columns ? -1 : column));
}

/** The column that agrees most with each row, or −1 below chance. */
export function bestColumns({ rows, columns, scores }: Agreement, least = CHANCE): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: rows }, (_, i) => bestOf(columns, (j) => scores[i * columns + j]!, least));
}

/** The row that agrees most with each column, or −1 below chance. */
export function bestRows({ rows, columns, scores }: Agreement, least = CHANCE): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: columns }, (_, j) => bestOf(rows, (i) => scores[i * columns + j]!, least));
}

function bestOf(count: number, scoreOf: (k: number) => number, least: number): number {
  let best = -1;
  for (let k = 0; k < count; k++) if (scoreOf(k) >= least && (best < 0 || scoreOf(k) > scoreOf(best))) best = k;
  return best;
}

export interface UnitScore {
  /** Column assigned to the row, or −1. */
  readonly column: number;
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly accuracy: number;
  readonly recall: number;
  readonly precision: number;
  readonly falseDiscoveryRate: number;
  readonly missRate: number;
}

/** Scores of each row against its column; a row without one has found nothing, and its rates are 0, as published. */
export function scoreUnits({ columns, counts, rowSpikes, columnSpikes }: Agreement, match: ArrayLike<number>): UnitScore[] {
  return Array.from({ length: rowSpikes.length }, (_, i) => {
    const column = match[i]!;
    if (column < 0) {
      const none = { accuracy: 0, recall: 0, precision: 0, falseDiscoveryRate: 0, missRate: 0 };
      return { column, truePositives: 0, falseNegatives: rowSpikes[i]!, falsePositives: 0, ...none };
    }
    const tp = counts[i * columns + column]!;
    const fn = rowSpikes[i]! - tp;
    const fp = columnSpikes[column]! - tp;
    return {
      column,
      truePositives: tp,
      falseNegatives: fn,
      falsePositives: fp,
      accuracy: tp / (tp + fn + fp),
      recall: tp / (tp + fn),
      precision: tp / (tp + fp),
      falseDiscoveryRate: fp / (tp + fp),
      missRate: fn / (tp + fn),
    };
  });
}

export interface UnitClasses {
  /** Columns assigned with an accuracy of at least 0.8. */
  readonly wellDetected: number[];
  /** Columns that are no row's best and agree with none by 0.2. */
  readonly falsePositive: number[];
  /** Columns that are no row's best, but agree with one by 0.2: it was found before. */
  readonly redundant: number[];
  /** Columns that agree with two rows or more by 0.2. */
  readonly overmerged: number[];
  /** Columns without an assigned row. */
  readonly bad: number[];
}

export function classifyUnits(agreement: Agreement): UnitClasses {
  const { rows, columns, scores } = agreement;
  const match = assignUnits(agreement);
  const best = new Set(bestColumns(agreement));
  const row = bestRows(agreement);
  const all = Array.from({ length: columns }, (_, j) => j);
  const likeness = (j: number) => (row[j]! < 0 ? 0 : scores[row[j]! * columns + j]!);
  const assigned = new Set(match);
  return {
    wellDetected: scoreUnits(agreement, match)
      .filter(({ column, accuracy }) => column >= 0 && accuracy >= WELL_DETECTED)
      .map(({ column }) => column),
    falsePositive: all.filter((j) => !best.has(j) && likeness(j) < REDUNDANT),
    redundant: all.filter((j) => !best.has(j) && likeness(j) >= REDUNDANT),
    overmerged: all.filter(
      (j) => Array.from({ length: rows }, (_, i) => scores[i * columns + j]!).filter((score) => score >= REDUNDANT).length > 1,
    ),
    bad: all.filter((j) => !assigned.has(j)),
  };
}
