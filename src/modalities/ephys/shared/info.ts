// What the worker's `open` says of an ephys data set: plain data from headers and names alone; no sample and no spike is read.
import type { PlainError } from '../../../base/errors.ts';
import type { FileListing } from '../../../base/listing.ts';
import type { RecordingInfo } from '../../../base/recording-info.ts';

/** What a flat binary file does not say of itself. */
export interface FlatParameters {
  readonly channels: number;
  /** Hz. */
  readonly samplingRate: number;
  /** As numpy calls it: "int16". */
  readonly dtype: string;
  /** µV a count. */
  readonly gain: number;
  /** Bytes before the first sample. */
  readonly offset: number;
}

/** Where a recording is read from; posted with every question, so that any worker can answer it. */
export interface RecordingSource {
  /** Unlike for every source: workers keep what they opened by it. */
  readonly key: string;
  readonly listing: FileListing;
  readonly root: string;
  readonly flat?: FlatParameters;
}

/** A sorting that lies in the listing and was not read yet. */
export interface SortingFacts {
  /** Folder or file. */
  readonly root: string;
  readonly name: string;
  /** "phy", "SpikeInterface NPZ", "MDA". */
  readonly format: string;
}

/** The motion of the probe that was imposed: linear between the times. */
export interface ImposedMotion {
  /** s. */
  readonly times: Float64Array<ArrayBuffer>;
  /** µm. */
  readonly positions: Float64Array<ArrayBuffer>;
}

export interface EphysInfo {
  readonly recording: RecordingInfo | null;
  /** Bytes of the raw data on disk. */
  readonly bytes: number;
  /** How the parameters of the recording are known: "gain and geometry from x.meta". */
  readonly reason: string;
  /** A flat binary file that nothing describes: it is shown once somebody says how it is laid out. */
  readonly flat: { readonly path: string; readonly bytes: number; readonly suggested: FlatParameters } | null;
  readonly sortings: readonly SortingFacts[];
  readonly motion: ImposedMotion | null;
  /** What in the listing could not be used. */
  readonly faults: readonly PlainError[];
  /** What is odd, in sentences. */
  readonly notices: readonly string[];
}
