// Features of spikes as a phy or Kilosort folder saves them (pc_features.npy): for the scatter of the selected units, and for the
// measures of separation.
import type { FileListing } from '../../../base/listing.ts';
import type { FoundSorting } from './found.ts';

export interface PhySpikes {
  /** Unlike for every sorting: workers keep what they opened by it. */
  readonly key: string;
  readonly listing: FileListing;
  readonly found: FoundSorting;
  /** Per unit the places of its spikes in the files. */
  readonly units: readonly Int32Array<ArrayBuffer>[];
}

export interface PhyPlaneInput extends PhySpikes {
  /** The one on which the first unit's components are the largest, unless given. */
  readonly channel?: number;
}

/** The first two components on one channel, of each unit's spikes in the order given; NaN where a spike's template lacks it. */
export interface PhyPlane {
  readonly channel: number;
  readonly units: readonly { readonly x: Float32Array<ArrayBuffer>; readonly y: Float32Array<ArrayBuffer> }[];
}
