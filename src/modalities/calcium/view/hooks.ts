// How the panels read a data set's store and arrays.

import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { CalciumDataset } from './datasets.ts';
import type { CalciumState } from './store.ts';

export function useCalcium<T>(dataset: CalciumDataset, select: (state: CalciumState) => T): T {
  return useStore(dataset.store, select);
}

/** The result of an asynchronous task that is run again when `key` changes; the last result stays until the next is there. */
export function useTask<T>(task: () => Promise<T>, key: string): T | undefined {
  const [result, setResult] = useState<T>();
  // The key stands for everything that the task reads.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    let gone = false;
    task().then(
      (value) => {
        if (!gone) setResult(() => value);
      },
      () => {
        if (!gone) setResult(undefined);
      },
    );
    return () => {
      gone = true;
    };
  }, [key]);
  return result;
}
