// Reads a sorting of the listing, and groups its spikes by unit: with millions of them the page would stand still for it.
import { singleJob } from '../../../base/job.ts';
import { spikesByUnit } from '../../../base/sorting.ts';
import type { GroupedSorting, SortingInput } from '../shared/unit-jobs.ts';
import { openFoundSorting } from './open-files.ts';

export const sortingJob = singleJob<SortingInput, GroupedSorting>(async ({ listing, found, recording }, { signal, progress }) => {
  const sorting = await openFoundSorting(listing, found, { recording: recording ?? undefined, signal, onProgress: progress });
  return { sorting, spikes: spikesByUnit(sorting) };
});
