// Opens a calcium data set on the page: its score follows its regions from now on, whether it is on screen or not, and what in
// it could not be used is told once.
import { fromPlain } from '../../../base/errors.ts';
import { baseName } from '../../../base/listing.ts';
import { grouped } from '../../../base/number-format.ts';
import { notify, reportError } from '../../../state/log.ts';
import type { OpenDataset } from '../../modality.ts';
import { listBad } from './bad-regions.ts';
import { keepCompared } from './comparing.ts';
import { type CalciumDataset, datasetById, ensureDataset, forget, renewFiles } from './datasets.ts';
import { forgetHistory } from './history.ts';
import { keepScored } from './scoring.ts';
import { forgetSummary, startSummary, summaryDone } from './summary.ts';

const watched = new Map<string, () => void>();

export function openCalcium(dataset: OpenDataset): CalciumDataset {
  const opened = ensureDataset(dataset);
  if (!watched.has(dataset.id)) {
    const stops = [keepScored(opened), keepCompared(opened)];
    watched.set(dataset.id, () => {
      for (const stop of stops) stop();
    });
    // Not while React draws: notices are state of another part.
    queueMicrotask(() => tellFaults(opened));
  }
  return opened;
}

/** Goes on with the files that were dropped again: what could not be read is read from them. */
export function reconnect(again: OpenDataset): void {
  const dataset = datasetById(again.id);
  if (!dataset) return;
  renewFiles(dataset, again);
  const { player } = dataset;
  if (player.shown) player.seek(dataset.store.getState().frame);
  if (!summaryDone(dataset)) startSummary(dataset);
}

/** Frees all that is kept of a data set that was closed. */
export function closeCalcium(id: string): void {
  watched.get(id)?.();
  watched.delete(id);
  forgetSummary(id);
  forgetHistory(id);
  forget(id);
}

function tellFaults({ name, info: { faults = [], truth } }: CalciumDataset): void {
  for (const fault of faults) {
    reportError(
      fromPlain(fault),
      `${name} is open without ${baseName(fault.place.entry ?? fault.place.file ?? 'one of its files')}`,
    );
  }
  const { bad = [], regions = [] } = truth ?? {};
  if (bad.length === 0) return;
  const title = `${name}: ${grouped(bad.length)} of ${grouped(bad.length + regions.length)} regions of the truth cannot be used`;
  notify(
    'failure',
    title,
    `${listBad(bad)} The others are used; correct the file to score against all.`,
    `${title}\n${listBad(bad, bad.length)}`,
  );
}
