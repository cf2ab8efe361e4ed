// Criteria by which labs keep units, each judged alone. A criterion whose metric is missing is undecided: neither passed nor failed.
import type { MetricTable } from './table.ts';

export interface Criterion {
  /** What it is called on screen. */
  readonly label: string;
  /** Column of the table, and what it must be. */
  readonly metric: string;
  readonly is: '<' | '>' | '≥';
  readonly limit: number;
  /** Another column that suffices instead. */
  readonly or?: { readonly metric: string; readonly is: '<' | '>' | '≥'; readonly limit: number };
}

export interface Preset {
  readonly name: string;
  readonly criteria: readonly Criterion[];
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'Allen',
    criteria: [
      { label: 'ISI violations', metric: 'isi_violations_allen', is: '<', limit: 0.01 },
      { label: 'Amplitude cutoff', metric: 'amplitude_cutoff_allen', is: '<', limit: 0.01 },
      // 99 bins divided by 100: only a unit present in every bin reaches 0.99.
      { label: 'Presence ratio', metric: 'presence_ratio_allen', is: '≥', limit: 0.99 },
      { label: 'NN hit rate', metric: 'nn_hit_rate_allen', is: '>', limit: 0.96 },
      { label: 'SNR', metric: 'snr', is: '>', limit: 3 },
    ],
  },
  {
    name: 'Svoboda',
    criteria: [
      { label: 'SNR', metric: 'snr', is: '>', limit: 6 },
      {
        label: 'ISI violations',
        metric: 'isi_violations_share',
        is: '<',
        limit: 0.005,
        or: { metric: 'isi_violations_count', is: '<', limit: 5 },
      },
      { label: 'Isolation distance', metric: 'isolation_distance', is: '>', limit: 100 },
    ],
  },
];

export type Verdict = 'pass' | 'fail' | 'unknown';

export interface Judgement {
  /** [unit][criterion]. */
  readonly verdicts: readonly (readonly Verdict[])[];
  /** All criteria together, [unit]: a single fail fails, else a single unknown leaves it open. */
  readonly overall: readonly Verdict[];
  /** Units that pass each criterion, and all of them. */
  readonly passed: readonly number[];
  readonly passedAll: number;
}

export function judgeUnits(table: MetricTable, units: number, { criteria }: Preset): Judgement {
  const verdicts = Array.from({ length: units }, (_, u) => criteria.map((criterion) => judge(table, u, criterion)));
  const overall = verdicts.map((own): Verdict => (own.includes('fail') ? 'fail' : own.includes('unknown') ? 'unknown' : 'pass'));
  return {
    verdicts,
    overall,
    passed: criteria.map((_, k) => verdicts.filter((own) => own[k] === 'pass').length),
    passedAll: overall.filter((verdict) => verdict === 'pass').length,
  };
}

function judge(table: MetricTable, u: number, { or, ...criterion }: Criterion): Verdict {
  const own = compare(table[criterion.metric]?.[u], criterion);
  if (!or || own === 'pass') return own;
  const other = compare(table[or.metric]?.[u], or);
  return other === 'pass' ? 'pass' : own === 'unknown' || other === 'unknown' ? 'unknown' : 'fail';
}

function compare(value: number | undefined, { is, limit }: Pick<Criterion, 'is' | 'limit'>): Verdict {
  if (value === undefined || Number.isNaN(value)) return 'unknown';
  return (is === '<' ? value < limit : is === '>' ? value > limit : value >= limit) ? 'pass' : 'fail';
}
