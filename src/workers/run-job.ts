// Runs one job over the pool: parts in order of their number, at most one more than there are workers ahead of the merger, partial results merged
// in part order on the desk. A part whose worker died is run again, at most twice.
import { transfer } from 'comlink';
import { isSomascopeError, SomascopeError } from '../base/errors.ts';
import type { Endpoint } from './endpoint.ts';
import type { Pool } from './pool.ts';
import { type JobName, unwrap } from './protocol.ts';
import { buffersIn } from './transfer.ts';

export interface RunOptions<P = unknown, V = unknown> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Pictures of what is merged so far, at most one each `previewEveryMs`, later ones rarer because less changes. */
  readonly onPreview?: ((preview: V) => void) | undefined;
  readonly previewEveryMs?: number;
  /** Data for one part, cut on the page just before the part starts (row bands of a movie); it is transferred. */
  readonly attach?: ((part: P, index: number) => unknown) | undefined;
  /** Lower goes first; 1 is what the user waits for, 2 is idle work. */
  readonly priority?: number;
}

/** Share of the time since the first preview that passes between two. */
const PREVIEW_SHARE = 0.25;

export async function runOverPool<O>(pool: Pool, call: number, name: JobName, input: unknown, options: RunOptions): Promise<O> {
  const { signal, onProgress, onPreview, previewEveryMs = 400, attach, priority = 1 } = options;
  const shares = new Map<number, number>();
  const prepared = new Set<Endpoint>();
  let total = 1;
  let merged = 0;
  const report = () => onProgress?.(Math.min(1, (merged + [...shares.values()].reduce((sum, share) => sum + share, 0)) / total));

  const prepare = async (endpoint: Endpoint) => {
    if (prepared.has(endpoint)) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<{ part: number; share: number }>) => {
      if (shares.has(data.part)) shares.set(data.part, data.share);
      report();
    };
    prepared.add(endpoint);
    unwrap(await endpoint.call((host) => host.prepare(call, name, input, transfer(port2, [port2]))));
  };

  const desk = pool.theDesk();
  let failure: unknown;
  let stopWaiting: () => void = () => {};
  const stop = (error: unknown) => {
    failure ??= error;
    for (const endpoint of prepared) void pool.cancel(endpoint, call);
    stopWaiting();
  };
  const onAbort = () => stop(new SomascopeError('Aborted', 'Cancelled.'));
  if (signal?.aborted) throw new SomascopeError('Aborted', 'Cancelled.');
  signal?.addEventListener('abort', onAbort, { once: true });

  try {
    await prepare(desk);
    const parts = unwrap(await desk.call((host) => host.split(call)));
    total = Math.max(1, parts.length);
    // One part more than there are workers: each waiting one holds tens of megabytes.
    const window = pool.size + 1;
    const partials = new Map<number, unknown>();
    let next = 0;
    let firstPreview = Number.NaN;
    let nextPreview = Number.NEGATIVE_INFINITY;
    let wake: () => void = () => {};
    stopWaiting = () => wake();

    const runPart = async (index: number, attempt = 0): Promise<void> => {
      const endpoint = await pool.acquire(priority);
      let again = false;
      try {
        if (failure) return;
        await prepare(endpoint);
        const payload = await attach?.(parts[index], index);
        shares.set(index, 0);
        const outcome = await endpoint.call((host) =>
          host.part(call, index, parts[index], payload === undefined ? undefined : transfer(payload, buffersIn(payload))),
        );
        partials.set(index, unwrap(outcome));
        shares.set(index, 1);
      } catch (error) {
        again = attempt < 2 && isSomascopeError(error, 'WorkerDied') && !failure;
        if (!again) stop(error);
      } finally {
        if (endpoint.dead) prepared.delete(endpoint);
        pool.release(endpoint);
        wake();
      }
      if (again) await runPart(index, attempt + 1);
    };

    while (merged < parts.length && !failure) {
      while (next < parts.length && next < merged + window) void runPart(next++);
      if (!partials.has(merged)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (failure || partials.has(merged)) resolve();
        });
        continue;
      }
      const partial = partials.get(merged);
      partials.delete(merged);
      const index = merged;
      unwrap(await desk.call((host) => host.mergeAdd(call, index, transfer(partial, buffersIn(partial)))));
      shares.delete(merged);
      merged++;
      report();
      const now = performance.now();
      if (onPreview && merged < parts.length && now >= nextPreview) {
        if (Number.isNaN(firstPreview)) firstPreview = now;
        nextPreview = now + Math.max(previewEveryMs, PREVIEW_SHARE * (now - firstPreview));
        const preview = unwrap(await desk.call((host) => host.mergePreview(call)));
        if (!failure && preview !== undefined) onPreview(preview);
      }
    }
    if (failure) throw failure;
    return unwrap(await desk.call((host) => host.mergeFinish(call))) as O;
  } catch (error) {
    // Parts that wait for a worker are not begun any more.
    failure ??= error;
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    for (const endpoint of prepared) if (!endpoint.dead) void endpoint.call((host) => host.forget(call)).catch(() => {});
  }
}
