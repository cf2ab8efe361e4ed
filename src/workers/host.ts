// The worker's end: keeps the inputs of running jobs, runs parts and mergers, answers cancel between slices.
import { expose, transfer } from 'comlink';
import { SomascopeError, toPlain } from '../base/errors.ts';
import type { Job, JobContext, Merger } from '../base/job.ts';
import { entryAt } from '../base/listing.ts';
import { entryHead, listFiles } from '../formats/listing.ts';
import { modalityWorkers } from '../modalities/registry.worker.ts';
import { failed, type Host, type JobName, type Outcome } from './protocol.ts';
import { buffersIn } from './transfer.ts';

interface Running {
  readonly job: Job;
  readonly input: unknown;
  readonly control: AbortController;
  readonly progress: MessagePort;
  merger?: Merger<unknown, unknown, unknown>;
}

const HEAD_BYTES = 4096;
const running = new Map<number, Running>();
const controls = new Map<number, AbortController>();

function findJob({ modality, job }: JobName): Job {
  const found = modalityWorkers.find(({ id }) => id === modality)?.jobs[job];
  if (!found) throw new SomascopeError('Bug', `There is no job ${modality}/${job}.`);
  // The registry is typed per job by its callers; here every job is opaque data in, opaque data out.
  return found as unknown as Job;
}

function find(call: number): Running {
  const found = running.get(call);
  if (!found) throw new SomascopeError('Aborted', 'Cancelled.');
  return found;
}

function given<T>(value: T): Outcome<T> {
  return transfer({ ok: true, value }, buffersIn(value));
}

async function guarded<T>(task: () => Promise<T> | T): Promise<Outcome<T>> {
  try {
    return given(await task());
  } catch (error) {
    return failed(error);
  }
}

function guardedNow<T>(task: () => T): Outcome<T> {
  try {
    return given(task());
  } catch (error) {
    return failed(error);
  }
}

/** Runs a task that `cancel(call)` can stop. */
async function stoppable<T>(call: number, task: (context: JobContext) => Promise<T>): Promise<Outcome<T>> {
  const control = new AbortController();
  controls.set(call, control);
  try {
    return given(await task({ signal: control.signal, progress: () => {} }));
  } catch (error) {
    return failed(error);
  } finally {
    controls.delete(call);
  }
}

async function runWhole(job: Job, input: unknown, context: JobContext, payload: unknown): Promise<unknown> {
  const merger = job.merger(input);
  let index = 0;
  for (const part of job.split(input)) merger.add(await job.run(input, part, context, payload), index++);
  return merger.finish();
}

const host: Host = {
  ping: () => ({ ok: true, value: true }),
  list: (call, files, nestedBytes) =>
    stoppable(call, async ({ signal }) => {
      const errors: SomascopeError[] = [];
      const onError = (error: SomascopeError) => errors.push(error);
      const listing = await listFiles(files, { signal, onError, limits: { nestedBytes } });
      if (listing.paths.length === 0 && errors[0]) throw errors[0];
      return { listing, faults: errors.map(toPlain) };
    }),
  head: (listing, index) => guarded(() => entryHead(entryAt(listing, index), HEAD_BYTES)),
  open: (call, modality, listing, root) =>
    stoppable(call, (context) => {
      const found = modalityWorkers.find(({ id }) => id === modality);
      if (!found) throw new SomascopeError('Bug', `There is no modality ${modality}.`);
      return found.open(listing, root, context);
    }),
  ask: (call, name, input, payload) => stoppable(call, async (context) => runWhole(findJob(name), input, context, payload)),
  prepare: (call, name, input, progress) =>
    guardedNow(() => {
      running.set(call, { job: findJob(name), input, control: new AbortController(), progress });
      return true as const;
    }),
  split: (call) => guardedNow(() => find(call).job.split(find(call).input)),
  part: (call, index, part, payload) =>
    guarded(() => {
      const { job, input, control, progress } = find(call);
      const context = { signal: control.signal, progress: (share: number) => progress.postMessage({ part: index, share }) };
      return job.run(input, part, context, payload);
    }),
  mergeAdd: (call, index, partial) =>
    guardedNow(() => {
      const state = find(call);
      state.merger ??= state.job.merger(state.input);
      state.merger.add(partial, index);
      return true as const;
    }),
  mergePreview: (call) => guardedNow(() => find(call).merger?.preview?.()),
  mergeFinish: (call) =>
    guarded(() => {
      const state = find(call);
      state.merger ??= state.job.merger(state.input);
      return state.merger.finish();
    }),
  cancel: (call) => {
    running.get(call)?.control.abort();
    controls.get(call)?.abort();
    return { ok: true, value: true };
  },
  forget: (call) => {
    running.get(call)?.progress.close();
    running.delete(call);
    return { ok: true, value: true };
  },
};

expose(host);
