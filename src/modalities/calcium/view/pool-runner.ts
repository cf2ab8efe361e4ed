// Runs the jobs of a detection on the worker pool.
import { ask, runJob } from '../../../workers/client.ts';
import type { FindRunner } from '../shared/find-regions.ts';

interface PoolOptions {
  readonly signal: AbortSignal;
  onProgress(share: number): void;
}

export function poolRunner({ signal, onProgress }: PoolOptions): FindRunner {
  return {
    run: (job, input, { from, to }, attach) =>
      runJob('calcium', job, input, {
        signal,
        onProgress: (share) => onProgress(from + share * (to - from)),
        ...(attach && { attach }),
      }),
    ask: (job, input) => ask('calcium', job, input, { signal }),
  };
}
