// Runs the jobs of a detection on the worker pool.
import { ask, runJob } from '../../../workers/client.ts';
import type { FindRunner } from '../shared/find-regions.ts';

interface PoolOptions {
  readonly signal: AbortSignal;
  onProgress(share: number): void;
}

export function poolRunner({ signal, onProgress }: PoolOptions): FindRunner {
  // Jobs may run side by side: what is done is the sum of their parts.
  const done = new Map<string, number>();
  const report = (job: string, part: number) => {
    done.set(job, part);
    onProgress([...done.values()].reduce((sum, value) => sum + value, 0));
  };
  return {
    run: (job, input, { from, to }, attach) =>
      runJob('calcium', job, input, {
        signal,
        onProgress: (share) => report(job, share * (to - from)),
        ...(attach && { attach }),
      }),
    ask: (job, input) => ask('calcium', job, input, { signal }),
  };
}
