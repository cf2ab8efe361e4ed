// Opens an ephys data set: headers and names alone. What cannot be read is told, and the rest is shown without it.
import { isSomascopeError, type PlainError, SomascopeError, toPlain } from '../../../base/errors.ts';
import type { JobContext } from '../../../base/job.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import { BYTES } from '../../../base/ndarray.ts';
import { entryHead } from '../../../formats/entry.ts';
import { infoOf } from '../../../formats/recording.ts';
import { findEphys } from '../shared/find-ephys.ts';
import type { FoundEphysSet, FoundSorting } from '../shared/found.ts';
import type { EphysInfo } from '../shared/info.ts';
import { suggestFlat } from './flat-parameters.ts';
import { openFoundMotion, openFoundRecording, withSegments } from './open-files.ts';

const HEAD_BYTES = 4096;

export async function openEphys(listing: FileListing, root: string, { signal }: JobContext): Promise<EphysInfo> {
  const { sets, notices } = await findEphys(listing, (index) => entryHead(entryAt(listing, index), HEAD_BYTES));
  const set = sets.find((one) => one.root === root) ?? sets[0];
  if (!set)
    throw new SomascopeError(
      'Unsupported',
      'Nothing here is a recording or a sorting.',
      { file: root },
      'Drop the recording with the files beside it.',
    );
  const faults: PlainError[] = [];
  const tell = (error: unknown) => {
    if (!isSomascopeError(error) || error.tag === 'Aborted') throw error;
    faults.push(toPlain(error));
  };
  const { recording, flat } = await openRecording(listing, set, signal, tell);
  if (!recording && !flat && set.sortings.length === 0 && faults[0])
    throw new SomascopeError(faults[0].tag, faults[0].message, faults[0].place, faults[0].hint);
  const motion = await openMotion(listing, set, signal, tell);
  const onDisk = set.recording?.data.reduce((sum, index) => sum + entryAt(listing, index).size, 0) ?? 0;
  // The file that an object names is found by its address: it is as large as its samples.
  const bytes = onDisk || (recording ? recording.frames * recording.channels * BYTES[recording.dtype] : 0);
  return {
    found: set.recording ?? null,
    recording,
    bytes,
    reason: `${set.reason.charAt(0).toUpperCase()}${set.reason.slice(1)}.`,
    flat,
    sortings: await findSegments(listing, set, signal),
    motion,
    faults,
    notices: [...notices, ...(recording?.notices ?? [])],
  };
}

/** A damaged file stays on the list: whoever reads it tells what is wrong. */
async function findSegments(listing: FileListing, { sortings }: FoundEphysSet, signal: AbortSignal): Promise<FoundSorting[]> {
  const lists = sortings.map(async (found) => {
    try {
      return await withSegments(listing, found, signal);
    } catch (error) {
      if (!isSomascopeError(error) || error.tag === 'Aborted') throw error;
      return [found];
    }
  });
  return (await Promise.all(lists)).flat();
}

async function openRecording(
  listing: FileListing,
  { recording: found }: FoundEphysSet,
  signal: AbortSignal,
  tell: (error: unknown) => void,
): Promise<Pick<EphysInfo, 'recording' | 'flat'>> {
  if (!found) return { recording: null, flat: null };
  try {
    return { recording: infoOf(await openFoundRecording(listing, found, { signal })), flat: null };
  } catch (error) {
    if (isSomascopeError(error, 'NotRecognised') && found.kind === 'flat') {
      const { parameters } = await suggestFlat(listing, found, signal);
      const gain = Number.isNaN(parameters.gain) ? 1 : parameters.gain;
      const entry = entryAt(listing, found.data[0]!);
      return { recording: null, flat: { path: entry.path, bytes: entry.size, suggested: { ...parameters, gain } } };
    }
    tell(error);
    return { recording: null, flat: null };
  }
}

async function openMotion(
  listing: FileListing,
  { motions }: FoundEphysSet,
  signal: AbortSignal,
  tell: (error: unknown) => void,
): Promise<EphysInfo['motion']> {
  const [found] = motions;
  if (!found) return null;
  try {
    return await openFoundMotion(listing, found, signal);
  } catch (error) {
    tell(error);
    return null;
  }
}
