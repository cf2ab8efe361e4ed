// How what was opened compares with what the collection published.
import { resources } from '../../../state/resources.ts';
import {
  type CatalogueCheck,
  checkAgainstCatalogue,
  checkSortingAgainstCatalogue,
  matchPublished,
  matchSortings,
  sortingsOf,
} from '../shared/check-published.ts';
import type { Checksum } from '../shared/checksums.ts';
import type { PublishedRecording, PublishedSorting } from '../shared/published.ts';
import type { EphysDataset } from './datasets.ts';
import { sortingOf } from './units.ts';

export interface PublishedFacts {
  /** Of the recording or sorting. */
  readonly id: string;
  readonly label: string;
  readonly checks: readonly CatalogueCheck[];
}

const rawKey = ({ id }: EphysDataset) => `${id}/raw-sha1`;

/** SHA-1 of the raw file, once somebody had it computed. */
function rawChecksum(dataset: EphysDataset): string | undefined {
  return resources.get<Checksum>(rawKey(dataset))?.sha1;
}

export function rememberChecksum(dataset: EphysDataset, sha1: string): void {
  resources.put(rawKey(dataset), { sha1 }, 0, true);
}

const namesOf = ({ name, recording, info }: EphysDataset) => [name, recording?.name ?? '', info.found?.root ?? ''];

/** The published recordings that this may be. */
export function recordingsMeant(dataset: EphysDataset): readonly PublishedRecording[] {
  const { recording } = dataset;
  const names = namesOf(dataset);
  return recording ? matchPublished({ names, sha1: rawChecksum(dataset) }, recording) : [];
}

/** What is published of the recording and of the sorting on screen, and what of it holds. */
export function publishedFacts(dataset: EphysDataset): PublishedFacts[] {
  const { recording } = dataset;
  const recordings = recordingsMeant(dataset);
  const ofRecordings = recordings.map(
    (published): PublishedFacts => ({
      id: published.id,
      label: published.label,
      checks: recording ? checkAgainstCatalogue(published, recording) : [],
    }),
  );
  return [...ofRecordings, ...sortingFacts(dataset, recordings)];
}

function sortingFacts(dataset: EphysDataset, recordings: readonly PublishedRecording[]): PublishedFacts[] {
  const { info, store } = dataset;
  const sorting = sortingOf(dataset);
  const found = info.sortings[store.getState().sorting];
  if (!sorting || !found) return [];
  const names = [...namesOf(dataset), found.name, found.root, sorting.name];
  const isMeant = ({ id }: PublishedSorting) => id.endsWith(found.group ? `:curated_${found.group}` : ':curated');
  const published = recordings.length > 0 ? recordings.flatMap(({ id }) => sortingsOf(id)).filter(isMeant) : matchSortings(names);
  return published.flatMap((one) => {
    const checks = checkSortingAgainstCatalogue(one, sorting);
    return checks.length > 0 ? [{ id: one.id, label: one.label, checks }] : [];
  });
}
