// Opens a volume that was found among dropped files, whatever its format: metadata only. One file may hold several volumes.
import { baseName, entryAt, type FileListing, folderOf } from '../../base/listing.ts';
import type { VolumeFormat } from '../../base/volume.ts';
import { entrySource } from '../entry.ts';
import { entryStream, type StreamLimits } from '../entry-stream.ts';
import { unpackedSource } from '../gzip.ts';
import { openHdf5 } from '../hdf5/index.ts';
import { openNifti } from '../nifti/index.ts';
import { openNpyVolume, openNpzVolumes } from '../npy/index.ts';
import { openNrrd } from '../nrrd/index.ts';
import { type DecodePicture, decodeInBrowser } from '../picture.ts';
import { openPrecomputed } from '../precomputed/index.ts';
import type { ByteSource } from '../source.ts';
import { listingStore } from '../store.ts';
import { openTiffVolume, type StackFile } from '../tiff/index.ts';
import type { VolumeReader } from '../volume.ts';
import { openZarr } from '../zarr/index.ts';
import { inNaturalOrder } from './natural-order.ts';
import { openPictureVolume } from './pictures.ts';

export interface VolumeFile {
  readonly format: VolumeFormat;
  readonly name: string;
  /** Entries of the listing: the file, the slices of a stack, or the header and its voxels. */
  readonly entries: readonly number[];
  /** The folder of a precomputed or zarr volume, '' for the top. */
  readonly root?: string | undefined;
}

export interface OpenOptions extends StreamLimits {
  readonly signal?: AbortSignal | undefined;
  readonly decode?: DecodePicture;
  /** Slices one below the other in a single picture. */
  readonly slices?: number;
}

/** The volumes of `file`, at least one. Throws what the readers of its format throw. */
export async function openVolumeFile(listing: FileListing, file: VolumeFile, options: OpenOptions = {}): Promise<VolumeReader[]> {
  const { signal, decode = decodeInBrowser, slices = 1 } = options;
  const entry = entryAt(listing, file.entries[0]!);
  const stream = () => entryStream(entry, options);
  switch (file.format) {
    case 'npy': {
      const { source, isSequential } = stream();
      return [await openNpyVolume(source, { isSequential }, signal)];
    }
    case 'npz':
      return openNpzVolumes(entry, options, signal);
    case 'npygz':
      return [await openNpyVolume(unpackedSource(entrySource(entry), 'deflate'), { isSequential: true }, signal)];
    case 'nifti':
      return [await openNifti(stream().source, { image: partner(listing, file, /\.img(\.gz)?$/i), signal })];
    case 'nrrd':
      return [await openNrrd(stream().source, { findFile: beside(listing, entry.path), signal })];
    case 'tiff':
      return [await openTiffVolume(file.name, stackOf(listing, file.entries), signal)];
    case 'png':
    case 'jpeg':
      return [await openPictureVolume(file.name, stackOf(listing, file.entries), { decode, slices, signal })];
    case 'zarr':
      return [await openZarr(listingStore(listing, file.root ?? ''), signal)];
    case 'hdf5':
      return openHdf5(stream().source, signal);
    case 'precomputed':
      return [await openPrecomputed(listingStore(listing, file.root ?? ''), { decode, signal })];
  }
}

/** The slices of a stack in counting order; each look at one opens it anew, so that nobody keeps what it unpacks. */
function stackOf(listing: FileListing, entries: readonly number[]): StackFile[] {
  const files = entries.map((index) => {
    const entry = entryAt(listing, index);
    return { name: entry.path, open: () => entrySource(entry) };
  });
  return inNaturalOrder(files, ({ name }) => name);
}

function partner(listing: FileListing, { entries }: VolumeFile, ending: RegExp): ByteSource | undefined {
  const index = entries.find((i) => ending.test(listing.paths[i]!));
  return index === undefined ? undefined : entrySource(entryAt(listing, index));
}

/** Finds a file that a header at `path` names: beside it, or by its name alone. */
function beside(listing: FileListing, path: string): (name: string) => ByteSource | undefined {
  return (name) => {
    const folder = folderOf(path);
    const wanted = [folder ? `${folder}/${name}` : name, name];
    const exact = listing.paths.findIndex((other) => wanted.includes(other));
    const index = exact >= 0 ? exact : listing.paths.findIndex((other) => baseName(other) === baseName(name));
    return index < 0 ? undefined : entrySource(entryAt(listing, index));
  };
}
