// What the worker's `open` says of an ephys data set: plain data from headers and names alone; no sample and no spike is read.
import type { PlainError } from '../../../base/errors.ts';
import type { FileListing } from '../../../base/listing.ts';
import type { Motion } from '../../../base/motion.ts';
import type { RecordingInfo } from '../../../base/recording-info.ts';
import type { FoundRecording, FoundSorting } from './found.ts';

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
  /** Null where only a sorting or a drift protocol was dropped. */
  readonly found: FoundRecording | null;
  readonly flat?: FlatParameters;
}

export interface EphysInfo {
  /** Which files of the listing the recording is read from. */
  readonly found: FoundRecording | null;
  readonly recording: RecordingInfo | null;
  /** Bytes of the raw data on disk. */
  readonly bytes: number;
  /** How the parameters of the recording are known: "gain and geometry from x.meta". */
  readonly reason: string;
  /** A flat binary file that nothing describes: it is shown once somebody says how it is laid out. */
  readonly flat: { readonly path: string; readonly bytes: number; readonly suggested: FlatParameters } | null;
  /** They are read after the recording is on screen. */
  readonly sortings: readonly FoundSorting[];
  /** The motion of the probe that was imposed. */
  readonly motion: Motion | null;
  /** What in the listing could not be used. */
  readonly faults: readonly PlainError[];
  /** What is odd, in sentences. */
  readonly notices: readonly string[];
}
