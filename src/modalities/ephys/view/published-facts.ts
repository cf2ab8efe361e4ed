// How what was opened compares with what the collection published.
import {
  type CatalogueCheck,
  checkAgainstCatalogue,
  checkSortingAgainstCatalogue,
  matchPublished,
  sortingsOf,
} from '../shared/check-published.ts';
import type { PublishedRecording } from '../shared/published.ts';
import type { EphysDataset } from './datasets.ts';
import { sortingOf } from './units.ts';

export interface PublishedFacts {
  readonly recording: PublishedRecording;
  readonly checks: readonly CatalogueCheck[];
}

/** The published recordings that this may be, and what of them holds. */
export function publishedFacts(dataset: EphysDataset): PublishedFacts[] {
  const { recording, name, info } = dataset;
  if (!recording) return [];
  const names = [name, recording.name, info.found?.root ?? ''];
  const sorting = sortingOf(dataset);
  return matchPublished({ names }, recording).map((published) => ({
    recording: published,
    checks: [
      ...checkAgainstCatalogue(published, recording),
      ...(sorting ? sortingsOf(published.id).flatMap((one) => checkSortingAgainstCatalogue(one, sorting)) : []),
    ],
  }));
}
