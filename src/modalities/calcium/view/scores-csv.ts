// The table Scores as CSV: a row per open data set, every number in full double precision, empty cells where there is no score.
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

/** Lines end in \n; names are quoted where they must be (RFC 4180). */
export function scoresCsv(sets: readonly ScoredSet[]): string {
  const head = ['dataset', ...MEASURES, 'threshold', ...COUNTS];
  const rows = sets.map(({ name, score, threshold }) => {
    const cells = (keys: readonly (keyof ScoreNumbers)[]) => keys.map((key) => (score ? String(score[key]) : ''));
    return [quoted(name), ...cells(MEASURES), String(threshold), ...cells(COUNTS)];
  });
  return [head, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

/** A cell of text, in quotes only where it needs them. */
export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
