// Asks a worker for a part of a volume in files: first by its name alone, with all the files only where the worker does not know it.
import { ask } from '../../../workers/client.ts';
import { conventionById, relabelTable } from '../shared/label-conventions.ts';
import type { AsLabels, KnownInput, LabelsInput } from '../shared/types.ts';
import { inputOf, type VolumeDataset } from './datasets.ts';
import { canonicalConvention } from './palette.ts';
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
  const labels = asLabels(layer);
  const input: KnownInput = { ...source, key: `${dataset.id}/${layer.id}`, listing: null, labels };
  const known = await ask<O | null>('volume', job, { ...input, ...what }, { signal });
  return known ?? ask<O>('volume', job, { ...input, ...what, listing: source.listing }, { signal });
}

/** How a layer's numbers are read: those of an image as they are, labels by memory's convention. */
export function asLabels({ role, kind, convention, shape }: Layer): AsLabels | null {
  if (role === 'image') return null;
  const canonical = canonicalConvention(kind);
  const own = conventionById(convention);
  return { depth: shape[0], table: canonical && own && own !== canonical ? relabelTable(own, canonical) : null };
}

/** What a job needs to read a layer of labels from its files; undefined for one that was made here. */
export function labelsInput(dataset: VolumeDataset, layer: Layer): LabelsInput | undefined {
  const source = inputOf(dataset, layer);
  const labels = asLabels(layer);
  return source && labels ? { ...source, labels } : undefined;
}
