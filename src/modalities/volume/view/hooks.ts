// React's view of a volume's store.
import { useStore } from 'zustand';
import type { VolumeDataset } from './datasets.ts';
import type { VolumeState } from './store.ts';

export function useVolume<T>({ store }: VolumeDataset, pick: (state: VolumeState) => T): T {
  return useStore(store, pick);
}
