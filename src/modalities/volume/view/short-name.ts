// What a layer is called where there is little room.
import type { VolumeDataset } from './datasets.ts';

/** The last part of a path; with the file before it where two layers would be called the same. */
export function shortName(name: string, dataset: VolumeDataset): string {
  const parts = name.split('/');
  const last = parts.at(-1) || name;
  const isShared = dataset.store.getState().layers.filter((one) => one.name.split('/').at(-1) === last).length > 1;
  return isShared ? parts.slice(-2).join('/') : last;
}
