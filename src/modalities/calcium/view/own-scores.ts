// The scores of the open data sets as the leaderboard takes them: by short name, live.
import { useSession } from '../../../state/hooks.ts';
import type { Metric } from '../shared/published.ts';
import { BENCHMARK_SETS } from '../shared/published.ts';
import { allDatasets } from './datasets.ts';
import type { ScoreNumbers } from './store.ts';

export interface OwnSet {
  readonly id: string;
  /** Null without truth or regions. */
  readonly score: Pick<ScoreNumbers, Metric> | null;
}

/** By short name; of two open sets of one name the first that has a score. */
export function useOwnSets(): ReadonlyMap<string, OwnSet> {
  // A set's note changes with its score, so this is drawn again when one does.
  useSession();
  const sets = new Map<string, OwnSet>();
  for (const { id, info, store } of allDatasets()) {
    const { score } = store.getState();
    if (!sets.get(info.shortName)?.score) sets.set(info.shortName, { id, score });
  }
  return sets;
}

export interface OwnColumn {
  /** The set that is shown: the test set where it has a score, else the training set of the same number. */
  readonly name: string;
  readonly score: Pick<ScoreNumbers, Metric> | null;
}

/** A column per set of the benchmark, then the other sets that have a score, by name. */
export function ownColumns(sets: ReadonlyMap<string, Pick<OwnSet, 'score'>>): OwnColumn[] {
  const columns = BENCHMARK_SETS.map((test): OwnColumn => {
    const training = test.replace('.test', '');
    const name = !sets.get(test)?.score && sets.get(training)?.score ? training : test;
    return { name, score: sets.get(name)?.score ?? null };
  });
  const shown = new Set(columns.map(({ name }) => name));
  const more = [...sets].filter(([name, { score }]) => score && !shown.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...columns, ...more.map(([name, { score }]) => ({ name, score }))];
}
