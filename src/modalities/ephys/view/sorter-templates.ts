// What the sorter of the sorting on screen saved of its templates: for where no recording is open. Units are called as its templates.
import { baseName } from '../../../base/listing.ts';
import { ask } from '../../../workers/client.ts';
import { sortingId } from '../shared/found.ts';
import type { SorterInput, SorterTemplates, SorterTemplatesInput } from '../shared/sorter-templates.ts';
import type { EphysDataset } from './datasets.ts';
import type { Unit } from './units.ts';

/** What a question about them holds; undefined where the sorter did not save `file`. */
export function sorterInput({ info, source, store }: EphysDataset, file: string): SorterInput | undefined {
  const found = info.sortings[store.getState().sorting];
  if (found?.kind !== 'phy' || !found.entries.some((index) => baseName(source.listing.paths[index]!) === file)) return undefined;
  return { key: `${source.key} ${sortingId(found)}`, listing: source.listing, found };
}

/** Unlike for every question; empty where there is nothing to ask. */
export function templatesKeyOf(dataset: EphysDataset, units: readonly Unit[]): string {
  const input = dataset.recording || units.length === 0 ? undefined : sorterInput(dataset, 'templates.npy');
  return input ? `${input.key} ${units.map(({ id }) => id).join()}` : '';
}

export function askSorterTemplates(dataset: EphysDataset, units: readonly Unit[], signal: AbortSignal): Promise<SorterTemplates> {
  const input: SorterTemplatesInput = { ...sorterInput(dataset, 'templates.npy')!, templates: units.map(({ id }) => id) };
  return ask<SorterTemplates>('ephys', 'sorterTemplates', input, { signal });
}
