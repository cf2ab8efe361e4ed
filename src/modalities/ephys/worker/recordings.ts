// The recordings that this worker has opened, by the key of their source: handles and headers, no samples.
import { SomascopeError } from '../../../base/errors.ts';
import { getOrMake } from '../../../base/get-or-make.ts';
import type { Recording } from '../../../formats/recording.ts';
import type { RecordingSource } from '../shared/info.ts';
import { openFoundRecording } from './open-files.ts';

const opened = new Map<string, Promise<Recording>>();
const MOST_OPEN = 16;

/** Throws as `openFoundRecording`. */
export function recordingOf({ key, listing, found, flat }: RecordingSource): Promise<Recording> {
  if (!found) throw new SomascopeError('Bug', 'There is no recording to read.');
  return getOrMake(opened, key, () => {
    if (opened.size >= MOST_OPEN) opened.delete(opened.keys().next().value!);
    return openFoundRecording(listing, found, { flat }).catch((error: unknown) => {
      opened.delete(key);
      throw error;
    });
  });
}
