// What a phy folder saves of its sorter's templates: their waveforms, and how much they look alike.
import type { FileListing } from '../../../base/listing.ts';
import type { FoundSorting } from './found.ts';
import type { UnitWaveforms } from './unit-jobs.ts';

export interface SorterInput {
  /** Unlike for every sorting: workers keep what they read by it. */
  readonly key: string;
  readonly listing: FileListing;
  readonly found: FoundSorting;
}

/** [unit][unit] in the order of `ids`: made with the metrics, or saved by the sorter. */
export interface Similarity {
  readonly ids: readonly number[];
  readonly values: Float64Array<ArrayBuffer>;
}

export interface SorterTemplatesInput extends SorterInput {
  /** Numbers of the templates. */
  readonly templates: readonly number[];
}

/** A template in the sorter's own unit, and no spikes; without electrodes where the sorter has no such template. */
export type SorterTemplate = Pick<UnitWaveforms, 'electrodes' | 'samples' | 'mean' | 'spray' | 'frames'>;

export interface SorterTemplates {
  readonly templates: readonly SorterTemplate[];
  /** Electrodes of the sorter: µm, and what they are called. */
  readonly electrodes: { readonly x: Float64Array; readonly y: Float64Array; readonly ids: readonly string[] };
}
