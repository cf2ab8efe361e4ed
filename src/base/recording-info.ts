// What is known of a recording before a sample is read: plain data that goes to workers and into stores' companions.
// Columns are what the file saves a frame (electrodes, then digital words); frames are samples in time, counted from 0.
import type { DType } from './ndarray.ts';
import type { Probe } from './probe.ts';

export interface RecordingInfo {
  readonly name: string;
  /** "SpikeGLX", "flat binary", "mtscomp", "Open Ephys", "MDA", "NPY". */
  readonly format: string;
  /** Saved columns. */
  readonly channels: number;
  /** May exceed 2^32. */
  readonly frames: number;
  /** Hz; NaN where nothing says it. */
  readonly samplingRate: number;
  readonly dtype: DType;
  /** µV a count, per column; NaN where unknown and for digital words. */
  readonly gain: Float64Array<ArrayBuffer>;
  /** µV at count 0, per column. */
  readonly offset: Float64Array<ArrayBuffer>;
  /** Columns that are digital words: never scaled, filtered or referenced. */
  readonly sync: readonly number[];
  /** Per column, as the file calls it: "AP12", "SY0", "CH3" or the column's number. */
  readonly channelIds: readonly string[];
  /** Where the electrodes are, where a file beside the recording says so. */
  readonly probe: Probe | undefined;
  /** Sample number of the first frame in the running acquisition; 0 where the file begins with it. */
  readonly firstSample: number;
  /** Frames at which compressed chunks begin, and the end: what is read together; undefined where any frame can be read alone. */
  readonly chunkBounds?: readonly number[];
  /** What is odd with the files, in sentences for people; the recording can be shown all the same. */
  readonly notices: readonly string[];
}

/** Columns that are electrodes (or other voltages), ascending. */
export function analogColumns({ channels, sync }: Pick<RecordingInfo, 'channels' | 'sync'>): number[] {
  const digital = new Set(sync);
  return Array.from({ length: channels }, (_, column) => column).filter((column) => !digital.has(column));
}
