// How much units look alike: made with the metrics, or saved by the sorter.
import type { FileListing } from '../../../base/listing.ts';
import type { FoundSorting } from './found.ts';

export interface SimilarityInput {
  readonly listing: FileListing;
  readonly found: FoundSorting;
}

/** [unit][unit] in the order of `ids`. */
export interface Similarity {
  readonly ids: readonly number[];
  readonly values: Float64Array<ArrayBuffer>;
}
