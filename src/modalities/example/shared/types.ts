// What the example's worker and view say to each other.
import type { FileListing } from '../../../base/listing.ts';

export interface ArrayInfo {
  readonly height: number;
  readonly width: number;
  /** As numpy names it: float32. */
  readonly dtype: string;
}

/** The image [row, column]. */
export interface ImageInput {
  readonly listing: FileListing;
  readonly entry: number;
}
