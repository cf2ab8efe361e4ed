// A recording behind a ByteSource, whatever the format: read in place, a stretch of frames at a time.
import type { DType, NumericArray } from '../base/ndarray.ts';
import type { RecordingInfo } from '../base/recording-info.ts';

export interface Recording extends RecordingInfo {
  /**
   * Frames `start` to `end` (0-based, end excluded, within the recording) of all columns, time-major [frame, column], in counts:
   * `count * gain[column] + offset[column]` is µV. A new array, so that it can be transferred. Throws RangeError outside the
   * recording, and SomascopeError: CutOff, Invalid, FileChanged, Aborted.
   */
  read(start: number, end: number, signal?: AbortSignal): Promise<NumericArray>;
}

/** The numbers of a recording as a container holds them, before anything is known of probe and scale. */
export interface Samples {
  readonly name: string;
  readonly channels: number;
  readonly frames: number;
  readonly dtype: DType;
  readonly notices: readonly string[];
  readonly chunkBounds?: readonly number[];
  readonly read: Recording['read'];
}

/** What the files beside the samples say; what they leave out is unknown: gain NaN, no probe, columns called by their number. */
export type RecordingFacts = Partial<Omit<RecordingInfo, keyof Samples>> & {
  readonly format: string;
  readonly notices?: readonly string[];
};

export function recordingOf(samples: Samples, facts: RecordingFacts): Recording {
  const { name, channels, frames, dtype, chunkBounds, read } = samples;
  return {
    samplingRate: Number.NaN,
    gain: new Float64Array(channels).fill(Number.NaN),
    offset: new Float64Array(channels),
    sync: [],
    channelIds: Array.from({ length: channels }, (_, column) => String(column)),
    probe: undefined,
    firstSample: 0,
    ...facts,
    name,
    channels,
    frames,
    dtype,
    ...(chunkBounds && { chunkBounds }),
    read,
    notices: [...samples.notices, ...(facts.notices ?? [])],
  };
}

/** What can be posted: the recording without its reader. */
export function infoOf(recording: RecordingInfo): RecordingInfo {
  // Field by field: readers carry functions of their own, which cannot be posted.
  const { name, format, channels, frames, samplingRate, dtype, gain, offset, sync, channelIds, probe, firstSample, notices } =
    recording;
  return { name, format, channels, frames, samplingRate, dtype, gain, offset, sync, channelIds, probe, firstSample, notices };
}

/** Throws RangeError unless `start … end` lies within the recording. */
export function checkFrames({ name, frames }: Pick<RecordingInfo, 'name' | 'frames'>, start: number, end: number): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end && end <= frames) return;
  throw new RangeError(`${name} has ${frames} frames; ${start} to ${end} were asked for`);
}
