// Batch: detection and scores of any number of open data sets, one after another. A set that fails says why and the next one goes
// on; what was read of a set that is not on screen is given back, so that memory does not grow with their number.
import { createStore } from 'zustand/vanilla';
import { toPlain } from '../../../base/errors.ts';
import { cancelDatasetJobs, tracked } from '../../../state/jobs.ts';
import { notify } from '../../../state/log.ts';
import { session, setNote } from '../../../state/session.ts';
import { datasetById } from './datasets.ts';
import { findNeurons } from './detect.ts';
import type { CalciumState } from './store.ts';
import { releaseSummary, summaryDone } from './summary.ts';

export type BatchStatus = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

export interface BatchRow {
  readonly status: BatchStatus;
  /** Why it failed; '' otherwise. */
  readonly why: string;
  /** Reading and detecting; null until done. */
  readonly seconds: number | null;
}

/** What a detection is told; lengths in pixels, null: found from the movie. */
export type Parameters = Pick<CalciumState, 'diameter' | 'sensitivity' | 'labels'>;

export const DEFAULT_PARAMETERS: Parameters = { diameter: null, sensitivity: 0.5, labels: 'both' };

export interface BatchState {
  readonly running: boolean;
  /** By the data set's id. */
  readonly rows: Readonly<Record<string, BatchRow>>;
}

export const batch = createStore<BatchState>(() => ({ running: false, rows: {} }));

function setRow(id: string, row: BatchRow): void {
  batch.setState(({ rows }) => ({ rows: { ...rows, [id]: row } }));
  // In the list of data sets; a set that is done shows its score there.
  if (row.status !== 'done') setNote(id, row.status === 'running' ? 'detecting' : row.status);
}

const WAITING: BatchRow = { status: 'waiting', why: '', seconds: null };
const CANCELLED: BatchRow = { status: 'cancelled', why: '', seconds: null };

/** Detects in these data sets, one after another, all with the same parameters; resolves when the last is done. One batch at a time. */
export async function runBatch(ids: readonly string[], parameters: Parameters): Promise<void> {
  if (batch.getState().running) return;
  batch.setState({ running: true });
  for (const id of ids) setRow(id, WAITING);
  try {
    await tracked({ label: 'Batch', unit: 'sets', total: ids.length }, async ({ signal, onProgress }) => {
      signal.addEventListener('abort', () => ids.forEach(cancelInBatch));
      for (const [at, id] of ids.entries()) {
        await runOne(id, parameters);
        onProgress((at + 1) / ids.length);
      }
    });
  } finally {
    batch.setState({ running: false });
    tell(ids);
  }
}

/** Stops one set of the batch, whether it runs or waits; the others go on. */
export function cancelInBatch(id: string): void {
  const status = batch.getState().rows[id]?.status;
  if (status !== 'waiting' && status !== 'running') return;
  setRow(id, CANCELLED);
  if (status === 'running') cancelDatasetJobs(id);
}

const isCancelled = (id: string) => batch.getState().rows[id]?.status === 'cancelled';

async function runOne(id: string, parameters: Parameters): Promise<void> {
  const dataset = datasetById(id);
  if (!dataset || isCancelled(id)) return setRow(id, CANCELLED);
  setRow(id, { status: 'running', why: '', seconds: null });
  const wasRead = summaryDone(dataset);
  const started = performance.now();
  try {
    dataset.store.setState(parameters);
    await findNeurons(dataset);
    setRow(id, { status: 'done', why: '', seconds: (performance.now() - started) / 1000 });
  } catch (error) {
    setRow(id, reasonOf(error));
  } finally {
    if (!wasRead && session.getState().activeId !== id && datasetById(id)) releaseSummary(dataset);
  }
}

function reasonOf(error: unknown): BatchRow {
  const { tag, message, hint } = toPlain(error);
  return tag === 'Aborted' ? CANCELLED : { status: 'failed', why: [message, hint].filter(Boolean).join(' '), seconds: null };
}

function tell(ids: readonly string[]): void {
  const { rows } = batch.getState();
  const of = (status: BatchStatus) => ids.filter((id) => rows[id]?.status === status);
  const sets = (count: number) => (count === 1 ? '1 data set' : `${count} data sets`);
  const failed = of('failed');
  if (failed.length > 0) {
    const which = failed.map((id) => `${datasetById(id)?.name ?? id}: ${rows[id]!.why}`);
    notify('warning', `Batch: ${sets(failed.length)} of ${ids.length} failed`, which.join(' '));
  } else if (of('done').length > 0) notify('success', `Batch done: ${sets(of('done').length)}`);
}
