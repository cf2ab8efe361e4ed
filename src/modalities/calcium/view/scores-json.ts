// The table Scores as JSON: an object per open data set, every number in full double precision, null where there is no score.
import type { Provenance } from '../../../base/provenance.ts';
import type { ScoreNumbers } from './store.ts';

export interface ProvenScore {
  readonly provenance: Provenance;
  readonly score: ScoreNumbers | null;
  /** Pixels. */
  readonly threshold: number;
}

const KEYS = ['recall', 'precision', 'combined', 'inclusion', 'exclusion', 'matched', 'extra', 'missed'] as const;

export function scoresJson(sets: readonly ProvenScore[]): string {
  const rows = sets.map(({ provenance, score, threshold }) => ({
    dataset: provenance.dataset,
    threshold,
    score: score && { ...Object.fromEntries(KEYS.map((key) => [key, score[key]])), ...(score.note && { note: score.note }) },
    provenance,
  }));
  return `${JSON.stringify(rows, null, 1)}\n`;
}
