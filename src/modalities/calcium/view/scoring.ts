// Keeps the score of a data set up to date: at once when the confidence or threshold moves; the curves follow when the hand rests, so
// that no score waits behind them.
import { mark } from '../../../base/marks.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { setNote } from '../../../state/session.ts';
import { ask } from '../../../workers/client.ts';
import type { Curves, CurvesInput, Score, ScoreInput } from '../shared/score.ts';
import { type CalciumDataset, chosenDetections, detectionsOf, truthOf } from './datasets.ts';
import type { KeptScore } from './region-rows.ts';
import { bump } from './store.ts';

interface Pending {
  running: boolean;
  again: boolean;
}

/** Runs `task` now, or once more after the one that runs: a slider asks faster than it is answered. */
export function latest(task: () => Promise<void>, failure = 'The score could not be computed'): () => void {
  const state: Pending = { running: false, again: false };
  const run = async () => {
    if (state.running) {
      state.again = true;
      return;
    }
    state.running = true;
    try {
      do {
        state.again = false;
        await task();
      } while (state.again);
    } catch (error) {
      reportError(error, failure);
    } finally {
      state.running = false;
    }
  };
  return () => void run();
}

const REST_MS = 120;

/** Calls `task` once nobody has asked for it for a moment. */
export function atRest(task: () => void): { readonly ask: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const ask = () => {
    stop();
    timer = setTimeout(task, REST_MS);
  };
  return { ask, stop };
}

/** Watches a data set; returns what stops it. */
export function keepScored(dataset: CalciumDataset): () => void {
  const score = latest(() => updateScore(dataset));
  const curves = latest(() => updateCurves(dataset));
  const later = atRest(curves);
  // Called while a view renders: the first answers must not change any store before it is done.
  queueMicrotask(() => {
    score();
    curves();
  });
  const stop = dataset.store.subscribe((now, before) => {
    const regions = now.versions.predictions !== before.versions.predictions || now.versions.truth !== before.versions.truth;
    if (!regions && now.confidence === before.confidence && now.threshold === before.threshold) return;
    score();
    later.ask();
  });
  return () => {
    later.stop();
    stop();
  };
}

async function updateScore(dataset: CalciumDataset): Promise<void> {
  const { id, store } = dataset;
  const truth = truthOf(dataset)?.regions;
  const chosen = chosenDetections(dataset);
  if (!truth || detectionsOf(dataset).length === 0) {
    resources.delete(`${id}/score`);
    store.setState({ score: null });
    setNote(id, store.getState().blind !== null ? 'blind' : truth ? `${truth.length} regions` : 'no truth');
    bump(store, 'score');
    return;
  }
  const before = store.getState().score;
  mark('score-start');
  const input: ScoreInput = { truth, estimate: chosen.map(({ region }) => region), threshold: store.getState().threshold };
  const score = await ask<Score>('calcium', 'score', input);
  mark('score-done');
  const matched = score.match.reduce((count, index) => count + (index >= 0 ? 1 : 0), 0);
  resources.put(`${id}/score`, { ...score, estimates: chosen, threshold: input.threshold } satisfies KeptScore, 0, true);
  const { recall, precision, combined, inclusion, exclusion, note } = score;
  store.setState({
    score: {
      recall,
      precision,
      combined,
      inclusion,
      exclusion,
      note,
      matched,
      extra: chosen.length - matched,
      missed: truth.length - matched,
    },
  });
  // A first score is what the person waited for; a selected region keeps its traces on screen, a page that was chosen stays.
  const { selection, tab } = store.getState();
  if (before === null && selection === null && tab === 'traces') store.setState({ tab: 'scores' });
  setNote(id, combined.toFixed(3));
  bump(store, 'score');
}

async function updateCurves(dataset: CalciumDataset): Promise<void> {
  const { id, store } = dataset;
  const truth = truthOf(dataset)?.regions;
  const all = detectionsOf(dataset);
  if (!truth || all.length === 0) {
    resources.delete(`${id}/curves`);
    store.setState({ transposed: null });
    bump(store, 'score');
    return;
  }
  const judged = all.filter(({ status }) => status !== 'rejected');
  const input: CurvesInput = {
    truth,
    estimate: judged.map(({ region }) => region),
    confidence: Float64Array.from(judged, ({ status, confidence }) => (status === 'accepted' ? Number.NaN : confidence)),
    threshold: store.getState().threshold,
    cut: store.getState().confidence,
  };
  const curves = await ask<Curves>('calcium', 'curves', input);
  resources.put(`${id}/curves`, curves, 0, true);
  store.setState({ transposed: curves.looksTransposed ? { asIs: curves.asIs, exchanged: curves.exchanged } : null });
  bump(store, 'score');
}
