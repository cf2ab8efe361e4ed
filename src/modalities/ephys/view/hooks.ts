// How the panels read a data set's store, and what they ask of workers while they are on screen.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { reportError } from '../../../state/log.ts';
import type { EphysDataset } from './datasets.ts';
import type { EphysState } from './store.ts';

export function useEphys<T>(dataset: EphysDataset, select: (state: EphysState) => T): T {
  return useStore(dataset.store, select);
}

/** The result of a question that is asked again when `key` changes; the last answer stays until the next is there. An empty key asks nothing. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, key: string, title: string): T | undefined {
  const [answer, setAnswer] = useState<T>();
  // The key stands for everything that the question holds.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (key === '') {
      setAnswer(undefined);
      return;
    }
    const control = new AbortController();
    ask(control.signal).then(
      (value) => control.signal.aborted || setAnswer(() => value),
      (error: unknown) => control.signal.aborted || reportError(error, title),
    );
    return () => control.abort();
  }, [key]);
  return answer;
}
