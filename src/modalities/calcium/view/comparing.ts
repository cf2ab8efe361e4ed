// Keeps the score of every layer and the difference of two up to date: not while a slider moves, but as soon as it rests.
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { LayerScore, MatchStories } from '../shared/compare.ts';
import type { Detection } from '../shared/detection.ts';
import type { ScoreInput } from '../shared/score.ts';
import { type CalciumDataset, chosenOf, layerList, truthOf } from './datasets.ts';
import { findDifference } from './difference.ts';
import { type KeptScore, keptScore } from './region-rows.ts';
import { atRest, latest } from './scoring.ts';
import { bump, type CalciumState } from './store.ts';

/** What a score was computed of. */
interface Scored {
  readonly list: readonly Detection[];
  readonly chosen: number;
  readonly threshold: number;
  readonly score: LayerScore;
}

/** Null until it is computed, and where there is no truth. */
export function layerScore(dataset: CalciumDataset, layer: string): LayerScore | null {
  if (!truthOf(dataset)) return null;
  return resources.get<Scored>(`${dataset.id}/layer-scores/${layer}`)?.score ?? null;
}

/** Watches a data set; returns what stops it. */
export function keepCompared(dataset: CalciumDataset): () => void {
  const update = latest(() => compare(dataset), 'The layers could not be compared');
  const later = atRest(update);
  const stop = dataset.store.subscribe((now, before) => {
    if (concerns(now, before)) later.ask();
  });
  return () => {
    later.stop();
    stop();
  };
}

function concerns(now: CalciumState, before: CalciumState): boolean {
  const inputs = ['layers', 'confidence', 'threshold', 'difference'] as const;
  const arrays = ['predictions', 'truth', 'layers'] as const;
  return inputs.some((name) => now[name] !== before[name]) || arrays.some((name) => now.versions[name] !== before.versions[name]);
}

async function compare(dataset: CalciumDataset): Promise<void> {
  const { id, store } = dataset;
  const { layers, threshold, difference } = store.getState();
  const truth = truthOf(dataset)?.regions;
  for (const layer of truth ? layers : []) {
    // A slider that moves again is answered first; what is left is done when it rests.
    if (store.getState().threshold !== threshold) return;
    await scoreLayer(dataset, layer.id, truth!, threshold);
  }
  const exists = (one: string) => one === 'truth' || layers.some((layer) => layer.id === one);
  if (difference && !(exists(difference.a) && exists(difference.b))) {
    // One of the two was deleted: the change of the store calls again.
    store.setState({ difference: null });
    return;
  }
  if (difference) resources.put(`${id}/difference`, await findDifference(dataset, difference, { threshold }), 0, true);
  else resources.delete(`${id}/difference`);
  bump(store, 'compare');
}

async function scoreLayer(dataset: CalciumDataset, layer: string, truth: ScoreInput['truth'], threshold: number): Promise<void> {
  const key = `${dataset.id}/layer-scores/${layer}`;
  const list = layerList(dataset, layer);
  const chosen = chosenOf(dataset, layer);
  const known = resources.get<Scored>(key);
  // The list is ordered by confidence, so a cut that leaves as many leaves the same ones.
  if (known?.list === list && known.chosen === chosen.length && known.threshold === threshold) return;
  const input: ScoreInput = { truth, estimate: chosen.map(({ region }) => region), threshold };
  const score = await ask<LayerScore>('calcium', 'layer-score', input);
  resources.put(key, { list, chosen: chosen.length, threshold, score } satisfies Scored, 0, true);
}

/** The stories of all matches, and the score that they are about. */
export interface ToldScore extends MatchStories {
  readonly score: KeptScore;
}

const told = new WeakMap<KeptScore, Promise<ToldScore>>();

/** The story of every match behind the present score; null where there is none. */
export async function storiesOf(dataset: CalciumDataset): Promise<ToldScore | null> {
  const score = keptScore(dataset);
  const truth = truthOf(dataset)?.regions;
  if (!score || !truth) return null;
  const known = told.get(score);
  if (known) return known;
  const input: ScoreInput = { truth, estimate: score.estimates.map(({ region }) => region), threshold: score.threshold };
  const stories = ask<MatchStories>('calcium', 'match-stories', input).then((all) => ({ ...all, score }));
  told.set(score, stories);
  stories.catch((error) => reportError(error, 'The matches could not be explained'));
  return stories;
}
