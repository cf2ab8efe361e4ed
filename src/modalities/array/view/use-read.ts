// What a job returns for the array on screen; the last answer stays until the next is there.
import { useEffect, useEffectEvent, useState } from 'react';
import { cancelJob, endJob, startJob } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { ask } from '../../../workers/client.ts';

export interface Read<T> {
  readonly value: T;
  /** What it was asked for. */
  readonly key: string;
}

/** Asks anew when `key`, which stands for `input`, changes; a failure is told once. */
export function useRead<T>(dataset: string, job: string, input: unknown, key: string): Read<T> | undefined {
  const [answer, setAnswer] = useState<Read<T>>();
  const read = useEffectEvent((signal: AbortSignal) => ask<T>('array', job, input, { signal }));
  useEffect(() => {
    const control = new AbortController();
    const id = startJob({ label: 'Reading', dataset }, () => control.abort());
    read(control.signal)
      .then(
        (value) => control.signal.aborted || setAnswer({ value, key }),
        (error) => reportError(error, 'The array could not be read'),
      )
      .finally(() => endJob(id));
    return () => cancelJob(id);
  }, [key, dataset]);
  return answer;
}
