import { expect, it } from 'vitest';
import { BENCHMARK_SETS } from '../shared/published.ts';
import { ownColumns } from './own-scores.ts';

const score = (combined: number) => ({ combined, recall: 0, precision: 0, inclusion: 0, exclusion: 0 });

it('stands a training set in for its test set, and adds the other scored sets by name', () => {
  const sets = new Map([
    ['02.00', { score: score(0.7) }],
    ['00.00', { score: score(0.5) }],
    ['00.00.test', { score: null }],
    ['01.00', { score: score(0.4) }],
    ['01.00.test', { score: score(0.3) }],
    ['00.11', { score: score(0.6) }],
    ['00.02', { score: score(0.2) }],
    ['00.03', { score: null }],
  ]);
  const columns = ownColumns(sets).map(({ name, score: one }) => (one ? `${name} ${one.combined}` : name));
  expect(columns).toEqual([
    '00.00 0.5',
    '00.01.test',
    '01.00.test 0.3',
    '01.01.test',
    '02.00 0.7',
    '02.01.test',
    '03.00.test',
    '04.00.test',
    '04.01.test',
    '00.02 0.2',
    '00.11 0.6',
    '01.00 0.4',
  ]);
  expect(ownColumns(new Map()).map(({ name }) => name)).toEqual(BENCHMARK_SETS);
});
