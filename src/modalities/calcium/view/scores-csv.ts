// The table Scores as CSV: a row per open data set, every number in full double precision, empty cells where there is no score.
import { csvText } from './csv.ts';
import type { ScoreNumbers } from './store.ts';

export interface ScoredSet {
  /** Short name. */
  readonly name: string;
  readonly score: ScoreNumbers | null;
  /** Pixels. */
  readonly threshold: number;
}

const MEASURES = ['recall', 'precision', 'combined', 'inclusion', 'exclusion'] as const;
const COUNTS = ['matched', 'extra', 'missed'] as const;

export function scoresCsv(sets: readonly ScoredSet[]): string {
  const head = ['dataset', ...MEASURES, 'threshold', ...COUNTS];
  const rows = sets.map(({ name, score, threshold }) => {
    const cells = (keys: readonly (keyof ScoreNumbers)[]) => keys.map((key) => score?.[key]);
    return [name, ...cells(MEASURES), threshold, ...cells(COUNTS)];
  });
  return csvText([head, ...rows]);
}
