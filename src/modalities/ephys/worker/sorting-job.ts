// Reads a sorting of the listing.
import { singleJob } from '../../../base/job.ts';
import type { Sorting } from '../../../base/sorting.ts';
import type { SortingInput } from '../shared/unit-jobs.ts';
import { openFoundSorting } from './open-files.ts';

export const sortingJob = singleJob<SortingInput, Sorting>(({ listing, found, recording }, { signal, progress }) =>
  openFoundSorting(listing, found, { recording: recording ?? undefined, signal, onProgress: progress }),
);
