// Asks a worker for a part of a volume in files: first by its name alone, with all the files only where the worker does not know it.
import { ask } from '../../../workers/client.ts';
import type { KnownInput } from '../shared/types.ts';
import { inputOf, type VolumeDataset } from './datasets.ts';
import type { Layer } from './store.ts';

/** What `job` answers; undefined for a layer that is in no file. */
export async function askKnown<O>(
  dataset: VolumeDataset,
  layer: Layer,
  job: 'box' | 'tilted',
  what: object,
  signal?: AbortSignal,
): Promise<O | undefined> {
  const source = inputOf(dataset, layer);
  if (!source) return undefined;
  const input: KnownInput = { ...source, key: `${dataset.id}/${layer.id}`, listing: null };
  const known = await ask<O | null>('volume', job, { ...input, ...what }, { signal });
  return known ?? ask<O>('volume', job, { ...input, ...what, listing: source.listing }, { signal });
}
