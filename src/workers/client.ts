// What the page may ask of the workers. Every call takes `{signal, onProgress}`; every error is a SomascopeError.
import { transfer } from 'comlink';
import { isSomascopeError, SomascopeError } from '../base/errors.ts';
import type { FileListing } from '../base/listing.ts';
import type { Endpoint } from './endpoint.ts';
import { Pool } from './pool.ts';
import { type Listed, type NamedFile, type Outcome, unwrap } from './protocol.ts';
import { type RunOptions, runOverPool } from './run-job.ts';
import { buffersIn } from './transfer.ts';

export type { NamedFile } from './protocol.ts';
export type { RunOptions } from './run-job.ts';

let pool: Pool | undefined;
let lastCall = 0;
/** Between `endWorkers` and the calls that it ended. */
let isEnded = false;

function thePool(): Pool {
  pool ??= new Pool();
  return pool;
}

export function poolSize(): number {
  return thePool().size;
}

/** Starts the desk worker before anybody asks it: its script is read while the person looks for the file. */
export function warmUp(): void {
  thePool().theDesk();
}

/** Ends all workers (tests, and "free everything"); the next call starts new ones. */
export function endWorkers(): void {
  isEnded = true;
  pool?.endAll();
  setTimeout(() => {
    isEnded = false;
  });
}

/** Races a call on one worker against the caller's signal; the worker is told to stop. */
async function stoppable<T>(
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
  start: (call: number) => Promise<Outcome<T>>,
): Promise<T> {
  if (signal?.aborted) throw new SomascopeError('Aborted', 'Cancelled.');
  const call = ++lastCall;
  const stop = () => void thePool().cancel(endpoint, call);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return unwrap(await start(call));
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Flattens dropped files: zips are expanded by their directories, nothing is unpacked but compressed zips inside a zip, as long
 *  as they stay within `nestedBytes`. */
export function listFiles(files: readonly NamedFile[], nestedBytes: number, signal?: AbortSignal): Promise<Listed> {
  return outliving(() => {
    const desk = thePool().theDesk();
    return stoppable(desk, signal, (call) => desk.call((host) => host.list(call, files, nestedBytes)));
  });
}

/** The first 4 KiB of an entry, for recognising its kind. */
export function entryHead(listing: FileListing, index: number): Promise<Uint8Array> {
  const attempt = () =>
    thePool()
      .theDesk()
      .call((host) => host.head(listing, index));
  return outliving(async () => unwrap(await attempt()));
}

/** Reads the metadata of a data set. */
export function openDataset(modality: string, listing: FileListing, root: string, signal?: AbortSignal): Promise<unknown> {
  return outliving(() => {
    const desk = thePool().theDesk();
    return stoppable(desk, signal, (call) => desk.call((host) => host.open(call, modality, listing, root)));
  });
}

/** How often a task is begun before a worker that dies under it is the task's fault. */
const ATTEMPTS = 3;

/** Begins a task anew where a worker died under it; a pool that was ended on purpose stays ended. */
export async function outliving<T>(task: () => Promise<T>, canRepeat = true): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (attempt === ATTEMPTS || !canRepeat || isEnded || !isSomascopeError(error, 'WorkerDied')) throw error;
    }
  }
}

/** A quick question, answered whole by one worker that is not held up by bulk work; asked again where that worker died.
 *  `payload` is transferred, and gone with the worker. */
export async function ask<O>(
  modality: string,
  job: string,
  input: unknown,
  { signal, payload }: { signal?: AbortSignal | undefined; payload?: unknown } = {},
): Promise<O> {
  const attempt = () => {
    const endpoint = thePool().leastBusy();
    return stoppable(endpoint, signal, (call) =>
      endpoint.call((host) =>
        host.ask(call, { modality, job }, input, payload === undefined ? undefined : transfer(payload, buffersIn(payload))),
      ),
    ) as Promise<O>;
  };
  return outliving(attempt, payload === undefined);
}

/** A job over all workers. Where the one that merges died it begins anew, unless previews of it were shown: their owner knows better. */
export function runJob<O, P = unknown, V = unknown>(
  modality: string,
  job: string,
  input: unknown,
  options: RunOptions<P, V> = {},
): Promise<O> {
  const attempt = () => runOverPool<O>(thePool(), ++lastCall, { modality, job }, input, options as RunOptions);
  return outliving(attempt, options.onPreview === undefined);
}
