// The rows of the table Batch: every open data set and every test set of the source document, by name.
import type { RunningJob } from '../../../state/jobs.ts';
import { DOCUMENT_TEST_SETS } from '../shared/catalogue.ts';
import type { BatchRow } from './batch.ts';

/** A row of the table: an open data set, or a test set that is wanted and not open. */
export interface BatchLine {
  readonly name: string;
  /** The data set's id; null where it is not open. */
  readonly id: string | null;
}

/** Sorted by name, numbers by value; test sets of the source document that are not open stand at their place. */
export function batchLines(open: readonly { readonly id: string; readonly name: string }[]): BatchLine[] {
  const names = new Set(open.map(({ name }) => name));
  const missing = DOCUMENT_TEST_SETS.filter((name) => !names.has(name)).map((name) => ({ name, id: null }));
  return [...open, ...missing].sort((a, b) => order.compare(a.name, b.name));
}

const order = new Intl.Collator('en', { numeric: true });

/** The state of a line in words: "detecting neurons 37 %" while its job runs, why it failed, "not open". */
export function statusText({ id }: BatchLine, row: BatchRow | undefined, jobs: readonly RunningJob[]): string {
  if (id === null) return 'not open';
  if (!row) return 'not run';
  if (row.status === 'failed') return `failed: ${row.why}`;
  if (row.status !== 'running') return row.status;
  const job = jobs.find(({ dataset, idle }) => dataset === id && !idle);
  return job ? `${STEPS[job.label] ?? job.label.toLowerCase()} ${Math.floor(job.share * 100)} %` : 'running';
}

/** What the steps of a run are called here. */
const STEPS: Readonly<Record<string, string>> = { 'Summary images': 'reading', 'Detecting neurons': 'detecting' };
