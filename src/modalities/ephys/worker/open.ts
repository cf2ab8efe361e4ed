// Opens an ephys data set: headers and names alone.
import type { FileListing } from '../../../base/listing.ts';
import type { JobContext } from '../../../base/job.ts';
import { infoOf } from '../../../formats/recording.ts';
import type { EphysInfo } from '../shared/info.ts';
import { recordingOf } from './recordings.ts';

export async function openEphys(listing: FileListing, root: string, _context: JobContext): Promise<EphysInfo> {
  const recording = await recordingOf({ key: 'x' + listing.paths.join(), listing, root });
  return { recording: infoOf(recording), bytes: 0, reason: 'x', flat: null, sortings: [], motion: null, faults: [], notices: [] };
}
