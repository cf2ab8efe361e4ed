// Volumes in a .npz file, a zip of .npy files: each member with three axes is one. Members are read in place where they are stored,
// on the way where they are deflated.
import { isSomascopeError, SomascopeError } from '../../base/errors.ts';
import type { ListingEntry } from '../../base/listing.ts';
import { entryStream, type StreamLimits } from '../entry-stream.ts';
import { openInnerZip } from '../nested-zips.ts';
import type { VolumeReader } from '../volume.ts';
import { zipEntryAt } from '../zip/directory.ts';
import { openNpyVolume } from './volume.ts';

/**
 * The volumes of the npz `entry`, in the order of its members. Members that are no volumes are named in the notices of the others;
 * throws the first of their errors where nothing is left, and what the zip readers throw.
 */
export async function openNpzVolumes(
  entry: ListingEntry,
  limits: StreamLimits = {},
  signal?: AbortSignal,
): Promise<VolumeReader[]> {
  const zip = await openInnerZip(entry, signal);
  const volumes: VolumeReader[] = [];
  const left: { name: string; error: SomascopeError }[] = [];
  for (const [index, path] of zip.directory.paths.entries()) {
    if (!path.endsWith('.npy')) continue;
    const member = { ...zipEntryAt(zip.directory, index), index, file: zip.file };
    const name = path.replace(/\.npy$/, '');
    try {
      const { source, isSequential } = entryStream({ ...member, path: `${entry.path}/${name}` }, limits);
      volumes.push(await openNpyVolume(source, { isSequential }, signal));
    } catch (error) {
      if (!isSomascopeError(error) || error.tag === 'Aborted' || error.tag === 'FileChanged') throw error;
      left.push({ name, error });
    }
  }
  if (volumes.length === 0) {
    const hint = 'An npz with volumes holds .npy members of three axes.';
    throw left[0]?.error ?? new SomascopeError('Invalid', `${entry.path} holds no arrays.`, { file: entry.path }, hint);
  }
  if (left.length === 0) return volumes;
  const notices = left.map(({ name, error }) => `${name} was left out: ${error.message}`);
  return volumes.map((volume) => ({ ...volume, notices: [...volume.notices, ...notices] }));
}
