// What is written for the menu Export, and from what.
import type { UnitGroup } from '../../../base/sorting.ts';
import type { RecordingSource } from './info.ts';

/** Stands for the unit of a spike whose unit was removed. */
export const NO_UNIT = -(2 ** 31);

/** A sorting as curation has left it. */
export interface CuratedSorting {
  readonly name: string;
  readonly samplingRate: number;
  /** Frames, in order of time. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Id of each spike's unit, or `NO_UNIT`. */
  readonly clusters: Int32Array<ArrayBuffer>;
  readonly unitIds: Int32Array<ArrayBuffer>;
  /** Per unit. */
  readonly labels: readonly UnitGroup[];
  /** Per unit the column on which it is the largest, −1 where nobody knows. */
  readonly peaks: Int32Array<ArrayBuffer>;
  /** As the file has them: the unit of each spike, all units, and what it calls them where that is no number. */
  readonly fileClusters: Int32Array<ArrayBuffer>;
  readonly fileUnits: readonly number[];
  readonly fileNames: readonly string[] | null;
  /** Place of each spike in the file's order; undefined where that is the order of time. */
  readonly order?: Int32Array<ArrayBuffer> | undefined;
}

/** A file that the browser may keep on disk. */
export interface SavedBlob {
  readonly blob: Blob;
}

/** A curation as JSON, and what the format cannot hold, in sentences. */
export interface CurationText {
  readonly text: string;
  readonly lost: readonly string[];
}

export type SubsetFormat = 'flat' | 'mda';

export interface SubsetChoice {
  /** A flat file with the tables of the data set's script, or MountainSort's raw.mda, geom.csv and firings.mda. */
  readonly format: SubsetFormat;
  /** Columns of the recording. */
  readonly columns: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** What a subset needs to be written as one zip that streams. */
export interface SubsetHead {
  /** The file of samples, whose checksum is known only at the end. */
  readonly name: string;
  /** What stands before it in the zip, and what it begins with. */
  readonly header: Uint8Array<ArrayBuffer>;
  readonly prefix: Uint8Array<ArrayBuffer>;
  /** Checksum of the prefix. */
  readonly crc: number;
  /** Bytes of the file. */
  readonly size: number;
  readonly tables: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

export interface SubsetInput extends SubsetChoice {
  readonly source: RecordingSource;
  readonly name: string;
}

export interface SubsetHeadInput extends SubsetInput {
  /** Its spikes within the time go along as firings.mda. */
  readonly sorting: CuratedSorting | null;
}

export interface SubsetPieceInput extends SubsetInput {
  /** Frames of this piece. */
  readonly first: number;
  readonly last: number;
  /** Checksum of what came before. */
  readonly crc: number;
}
