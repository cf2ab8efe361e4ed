// A recording behind a ByteSource, whatever the format: read in place, a stretch of frames at a time.
import type { NumericArray } from '../base/ndarray.ts';
import type { RecordingInfo } from '../base/recording-info.ts';

export interface Recording extends RecordingInfo {
  /**
   * Frames `start` to `end` (0-based, end excluded, within the recording) of all columns, time-major [frame, column], in counts:
   * `count * gain[column] + offset[column]` is µV. A new array, so that it can be transferred. Throws RangeError outside the
   * recording, and SomascopeError: CutOff, Invalid, FileChanged, Aborted.
   */
  read(start: number, end: number, signal?: AbortSignal): Promise<NumericArray>;
}

/** What can be posted: the recording without its reader. */
export function infoOf({ read: _read, ...info }: Recording): RecordingInfo {
  return info;
}

/** Throws RangeError unless `start … end` lies within the recording. */
export function checkFrames({ name, frames }: Pick<RecordingInfo, 'name' | 'frames'>, start: number, end: number): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start <= end && end <= frames) return;
  throw new RangeError(`${name} has ${frames} frames; ${start} to ${end} were asked for`);
}
