// Readers of the volumes in a listing, kept a while: one that was opened for its header is asked for its voxels next.
import { SomascopeError } from '../../../base/errors.ts';
import type { FileListing } from '../../../base/listing.ts';
import type { RemoteAddress } from '../../../base/remote.ts';
import type { VolumeReader } from '../../../formats/volume.ts';
import { asLabels } from '../../../formats/volume-files/labels.ts';
import { openVolumeFile } from '../../../formats/volume-files/open.ts';
import { permuteVolume } from '../../../formats/volume-files/permute.ts';
import type { FoundVolume } from '../shared/find-files.ts';
import type { AsLabels, AxisOrder, ItemInput, KnownInput } from '../shared/types.ts';
import { openAddress } from './remote.ts';

interface Kept {
  readonly key: string;
  readonly readers: Promise<VolumeReader[]>;
}

/** Stacks hold what they unpacked, so few of them are kept. */
const MOST = 3;
let kept: Kept[] = [];

function markOf(listing: FileListing, file: FoundVolume | RemoteAddress): string {
  if ('url' in file) return file.url;
  const files = listing.files.map(({ name, size, lastModified }) => `${name} ${size} ${lastModified}`);
  return [file.format, file.root, ...file.entries.slice(0, 2).map((index) => listing.paths[index]), ...files].join('\n');
}

/** The volumes of one file, opened once. */
export function readersOf(
  listing: FileListing,
  file: FoundVolume | RemoteAddress,
  signal?: AbortSignal,
): Promise<VolumeReader[]> {
  const key = markOf(listing, file);
  const found = kept.find((one) => one.key === key);
  if (found) return found.readers;
  const readers = 'url' in file ? openAddress(file, signal) : openVolumeFile(listing, file, { ...(signal ? { signal } : {}) });
  kept = [...kept, { key, readers }].slice(-MOST);
  readers.catch(() => {
    kept = kept.filter((one) => one.key !== key);
  });
  return readers;
}

/** Which kept volume a key stands for. */
const named = new Map<string, string>();

/** The same for a volume that may be known by its key alone; null where its listing is needed. */
export async function knownReader({ key, listing, ...input }: KnownInput, signal: AbortSignal): Promise<VolumeReader | null> {
  if (listing) {
    named.set(key, markOf(listing, input.file));
    return readerOf({ ...input, listing }, signal);
  }
  const found = kept.find((one) => one.key === named.get(key));
  return found ? inOrder((await found.readers)[input.member], input) : null;
}

/** Which axis of the file each of z, y and x is. */
export function axesOf(order: AxisOrder): readonly [number, number, number] {
  return [order.indexOf('z'), order.indexOf('y'), order.indexOf('x')];
}

/** The volume an input means, with its axes in the order that was chosen, its numbers as labels where that is what they are. */
export async function readerOf({ listing, ...input }: ItemInput & Labelled, signal: AbortSignal): Promise<VolumeReader> {
  return inOrder((await readersOf(listing, input.file, signal))[input.member], input);
}

interface Labelled {
  readonly labels?: AsLabels | null;
}

function inOrder(
  reader: VolumeReader | undefined,
  { file, member, order, labels }: Omit<ItemInput, 'listing'> & Labelled,
): VolumeReader {
  if (reader) {
    const turned = order === 'zyx' ? reader : permuteVolume(reader, axesOf(order));
    return labels ? asLabels(turned, labels) : turned;
  }
  throw new SomascopeError(
    'Bug',
    `Volume ${member} of ${'url' in file ? file.url : file.name} is gone.`,
    {},
    'Open the files again.',
  );
}
