// Opens a set of volumes: headers only. What cannot be read is told, the rest opens.
import { isSomascopeError, type PlainError, SomascopeError, toPlain } from '../../../base/errors.ts';
import type { JobContext } from '../../../base/job.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import { BYTES } from '../../../base/ndarray.ts';
import { parseAddress, type RemoteAddress } from '../../../base/remote.ts';
import { type VolumeRole, voxelsOf } from '../../../base/volume.ts';
import { entryHead } from '../../../formats/listing.ts';
import type { VolumeReader } from '../../../formats/volume.ts';
import { ADDRESS_ROOT, ANY_ROOT } from '../shared/address.ts';
import { type FoundVolume, findFiles } from '../shared/find-files.ts';
import { findVolumes } from '../shared/find-volumes.ts';
import { readName } from '../shared/find-words.ts';
import { regionSpans } from '../shared/published.ts';
import type { VolumeInfo, VolumeItem } from '../shared/types.ts';
import { readersOf } from './readers.ts';

const HEAD = 4096;

export async function open(listing: FileListing, root: string, context: JobContext): Promise<VolumeInfo> {
  const { signal } = context;
  if (root.startsWith(ADDRESS_ROOT)) return openRemote(listing, root.slice(ADDRESS_ROOT.length), signal);
  const head = (index: number) => entryHead(entryAt(listing, index), HEAD, { signal });
  if (root === ANY_ROOT) return openAny(listing, await findFiles(listing, head), signal);
  const sets = await findVolumes(listing, head);
  const set = sets.find((one) => one.root === root) ?? sets[0];
  if (!set) throw new SomascopeError('NotRecognised', 'It holds no volumes.', {}, 'Open the files of one volume together.');
  const { items, faults } = await itemsOf(listing, set.volumes, signal);
  if (items.length === 0) throw fromFirst(faults);
  const main = items.find(({ role }) => role === 'image') ?? items[0]!;
  return { items, faults, cutouts: set.isSplit ? regionSpans(main.shape[0]) : [], mode: set.mode ?? null };
}

async function openAny(listing: FileListing, found: readonly FoundVolume[], signal: AbortSignal): Promise<VolumeInfo> {
  const { items, faults } = await itemsOf(listing, found, signal);
  if (items.length === 0) throw fromFirst(faults);
  return { items, faults, cutouts: [], mode: null };
}

async function openRemote(listing: FileListing, typed: string, signal: AbortSignal): Promise<VolumeInfo> {
  const address = parseAddress(typed);
  const readers = await readersOf(listing, address, signal);
  const items = readers.map((reader, member) => itemOf(address, reader, member, member));
  return { items: withImage(items), faults: [], cutouts: [], mode: null };
}

function fromFirst(faults: readonly PlainError[]): SomascopeError {
  const [first] = faults;
  if (!first) return new SomascopeError('NotRecognised', 'It holds no volumes.', {}, 'Open another file.');
  return new SomascopeError(first.tag, first.message, first.place, first.hint);
}

/** The volumes in files that were found, in their order. */
export async function itemsOf(
  listing: FileListing,
  volumes: readonly FoundVolume[],
  signal: AbortSignal,
): Promise<{ items: VolumeItem[]; faults: PlainError[] }> {
  const items: VolumeItem[] = [];
  const faults: PlainError[] = [];
  for (const file of volumes) {
    try {
      const readers = await readersOf(listing, file, signal);
      for (const [member, reader] of readers.entries()) items.push(itemOf(file, reader, member, items.length));
    } catch (error) {
      if (!isSomascopeError(error) || error.tag === 'Aborted') throw error;
      faults.push(toPlain(error));
    }
  }
  return { items: withImage(items), faults };
}

function itemOf(file: FoundVolume | RemoteAddress, reader: VolumeReader, member: number, index: number): VolumeItem {
  const guess = readName(reader.name, reader.kindHint);
  const found = 'url' in file ? undefined : file;
  const labels = guess.labels ?? found?.labels ?? null;
  const role: VolumeRole = guess.role ?? found?.role ?? (reader.kindHint === 'labels' || labels ? 'truth' : 'image');
  return {
    index,
    file,
    member,
    name: reader.name,
    role,
    shape: reader.shape,
    stored: reader.stored,
    bytes: voxelsOf(reader.shape) * BYTES[reader.dtype],
    voxelSize: reader.voxelSize ?? null,
    brick: reader.brick,
    isSequential: reader.isSequential,
    levels: (reader.levels ?? []).map(({ shape }) => shape),
    notices: reader.notices,
    labels: role === 'image' ? null : labels,
    convention: guess.convention ?? found?.convention ?? null,
  };
}

/** Of several volumes none of which says it is a picture, none is taken for one; a volume alone that says nothing is a picture. */
function withImage(items: readonly VolumeItem[]): VolumeItem[] {
  const rank = { image: 0, truth: 1, prediction: 2 } as const;
  return [...items].sort((a, b) => rank[a.role] - rank[b.role]).map((item, index) => ({ ...item, index }));
}
