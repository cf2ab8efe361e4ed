// What is written for the menu Export, and from what.
import type { UnitGroup } from '../../../base/sorting.ts';
import type { RecordingSource } from './info.ts';

/** A sorting as curation has left it. */
export interface CuratedSorting {
  readonly name: string;
  readonly samplingRate: number;
  /** Frames, in order of time. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Id of each spike's unit. */
  readonly clusters: Int32Array<ArrayBuffer>;
  readonly unitIds: Int32Array<ArrayBuffer>;
  /** Per unit. */
  readonly labels: readonly UnitGroup[];
  /** Per unit the units of the file that it came from. */
  readonly origins: readonly (readonly number[])[];
  /** Per unit the column on which it is the largest, −1 where nobody knows. */
  readonly peaks: Int32Array<ArrayBuffer>;
  /** Units as the file has them. */
  readonly fileUnits: readonly number[];
  /** Place of each spike in the file's order; undefined where that is the order of time. */
  readonly order?: Int32Array<ArrayBuffer> | undefined;
}

export interface SubsetChoice {
  /** Columns of the recording. */
  readonly columns: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** What a subset needs to be written as one zip that streams. */
export interface SubsetHead {
  readonly header: Uint8Array<ArrayBuffer>;
  /** Bytes of the samples. */
  readonly size: number;
  readonly tables: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

export interface SubsetInput extends SubsetChoice {
  readonly source: RecordingSource;
  readonly name: string;
}

export interface SubsetPieceInput extends SubsetInput {
  /** Frames of this piece. */
  readonly first: number;
  readonly last: number;
  /** Checksum of what came before. */
  readonly crc: number;
}
