// What crosses to the workers for "Verify this browser".
import type { FileListing } from '../../../base/listing.ts';

export interface VerifyInput {
  /** The golden cases: `public/verify/calcium.zip`. */
  readonly listing: FileListing;
}
