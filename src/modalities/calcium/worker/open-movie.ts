// Where the frames of a set lie, from headers only. The first readable frame says size and type; frames whose files differ in
// length are looked into as well, so that a set of mixed sizes is refused before anything is computed.
import { SomascopeError } from '../../../base/errors.ts';
import { baseName, entryAt, type FileListing } from '../../../base/listing.ts';
import { BYTES, type DType } from '../../../base/ndarray.ts';
import { entryBytes, entrySource } from '../../../formats/listing.ts';
import { readConf } from '../../../formats/neurofinder/info.ts';
import { openNpyMovie } from '../../../formats/npy/index.ts';
import { parseDirectories, readDirectories, readTiffFrame, readTiffPage, type TiffPage } from '../../../formats/tiff/index.ts';
import type { FoundSet } from '../shared/find-sets.ts';
import type { Movie } from '../shared/movie.ts';

export const placeOf = (listing: FileListing, entry: number) => ({
  file: entryAt(listing, entry).file.name,
  entry: listing.paths[entry]!,
});

/** Throws what the readers throw, `Invalid` for frames of different size and `Unsupported` for coloured ones. */
export function openMovie(listing: FileListing, set: FoundSet, signal: AbortSignal): Promise<Movie> {
  switch (set.kind) {
    case 'neurofinder':
      return openTiffFiles(listing, set, signal);
    case 'neurofinder-2015':
      return openBinFiles(listing, set);
    case 'tiff':
      return openStacks(listing, set, signal);
    case 'npy':
      return openArray(listing, set, signal);
  }
}

/** How many files of another length than the first are looked into; the rest is found out while reading. */
const LOOKED_AT = 3;

async function openTiffFiles(listing: FileListing, set: FoundSet, signal: AbortSignal): Promise<Movie> {
  const bytes = (index: number) => entryBytes(entryAt(listing, set.images[index]!), { signal });
  const first = await firstReadable(listing, set, bytes);
  if (first.pages > 1) return openStacks(listing, set, signal);
  const { height, width, dtype, littleEndian, index } = first;
  const size = entryAt(listing, set.images[index]!).size;
  const others = set.images.flatMap((entry, i) => (entryAt(listing, entry).size === size ? [] : [i])).slice(0, LOOKED_AT);
  for (const other of others) {
    const path = listing.paths[set.images[other]!]!;
    const page = pageOf(await bytes(other).catch(() => undefined), path);
    if (page && (page.height !== height || page.width !== width)) {
      throw new SomascopeError(
        'Invalid',
        `The frames differ in size: ${baseName(path)} is ${page.height} × ${page.width} pixels, ${baseName(listing.paths[set.images[index]!]!)} is ${height} × ${width}.`,
        { file: entryAt(listing, set.images[other]!).file.name, entry: path },
        'All frames of a movie must have one size; put different recordings into different folders.',
      );
    }
  }
  return {
    layout: { kind: 'tiff-files', entry: Int32Array.from(set.images) },
    frames: set.images.length,
    height,
    width,
    dtype,
    littleEndian,
  };
}

function pageOf(bytes: Uint8Array<ArrayBuffer> | undefined, path: string): TiffPage | undefined {
  if (!bytes) return undefined;
  try {
    return parseDirectories(bytes, path, 0).pages[0];
  } catch (error) {
    // A frame without a readable header is a damaged frame: the pass over the movie counts it.
    if (error instanceof SomascopeError) return undefined;
    throw error;
  }
}

/** The first frame that can be decoded decides; when the first few cannot, the first error is thrown. */
async function firstReadable(
  listing: FileListing,
  set: FoundSet,
  bytes: (index: number) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Pick<Movie, 'height' | 'width' | 'dtype' | 'littleEndian'> & { index: number; pages: number }> {
  let failure: unknown;
  for (let index = 0; index < Math.min(LOOKED_AT, set.images.length); index++) {
    const entry = entryAt(listing, set.images[index]!);
    try {
      const content = await bytes(index);
      const { height, width, dtype, samples } = await readTiffFrame(content, entry.path);
      if (samples !== 1) {
        throw new SomascopeError(
          'Unsupported',
          `It has ${samples} colours a pixel; a frame has one.`,
          { entry: entry.path },
          'Save the frames as grey images.',
        );
      }
      const { pages } = parseDirectories(content, entry.path, 1);
      return {
        height,
        width,
        dtype,
        littleEndian: pages[0]!.layout.littleEndian,
        index,
        pages: set.images.length === 1 ? pages.length : 1,
      };
    } catch (error) {
      failure ??=
        error instanceof SomascopeError
          ? new SomascopeError(
              error.tag,
              error.message,
              { file: entry.file.name, ...error.place, entry: entry.path },
              error.hint,
              error,
            )
          : error;
    }
  }
  throw failure;
}

async function openBinFiles(listing: FileListing, set: FoundSet): Promise<Movie> {
  if (set.info === undefined) {
    throw new SomascopeError(
      'Invalid',
      'There are .bin frames but no images/conf.json that says their size.',
      { file: listing.files[0]!.name },
      'Add {"dims": [512, 512], "dtype": "uint16"} as images/conf.json.',
    );
  }
  const conf = readConf(await entryBytes(entryAt(listing, set.info)), placeOf(listing, set.info));
  const wanted = conf.height * conf.width * BYTES[conf.dtype];
  const wrong = set.images.find((entry) => entryAt(listing, entry).size !== wanted);
  if (wrong !== undefined && entryAt(listing, set.images[0]!).size !== wanted) {
    const { size } = entryAt(listing, wrong);
    throw new SomascopeError(
      'Invalid',
      `A frame of ${conf.height} × ${conf.width} ${conf.dtype} pixels takes ${wanted} bytes; this one has ${size}.`,
      placeOf(listing, wrong),
      'Is images/conf.json that of this set?',
    );
  }
  return {
    layout: { kind: 'bin-files', entry: Int32Array.from(set.images) },
    frames: set.images.length,
    ...conf,
    littleEndian: true,
  };
}

/** TIFF stacks, one after another in natural order; a single-page file is a stack of one. */
async function openStacks(listing: FileListing, set: FoundSet, signal: AbortSignal): Promise<Movie> {
  const entry: number[] = [];
  const page: number[] = [];
  const offset: number[] = [];
  let first: Movie | undefined;
  for (const image of set.images) {
    const source = entrySource(entryAt(listing, image));
    const { pages } = await readDirectories(source, signal);
    const full = pages.filter(({ reduced }) => !reduced);
    for (const one of full) {
      first ??= await movieOf(source.name, one, () => readFirst(listing, image, one, signal));
      if (one.height !== first.height || one.width !== first.width) {
        throw new SomascopeError(
          'Invalid',
          `The pages differ in size: page ${one.index} is ${one.height} × ${one.width} pixels, the first is ${first.height} × ${first.width}.`,
          { file: source.name, index: one.index },
          'All frames of a movie must have one size.',
        );
      }
      entry.push(image);
      page.push(one.index);
      offset.push(
        one.plain && !one.fault && one.layout.littleEndian === first.littleEndian && isStoredAs(one, first.dtype)
          ? one.plain.offset
          : -1,
      );
    }
  }
  if (!first)
    throw new SomascopeError(
      'Invalid',
      'The TIFF file holds no picture.',
      { file: listing.files[0]!.name },
      'Was the download complete?',
    );
  const layout = {
    kind: 'tiff-pages' as const,
    entry: Int32Array.from(entry),
    page: Int32Array.from(page),
    offset: Float64Array.from(offset),
  };
  return { ...first, layout, frames: entry.length };
}

/** Whether the bytes of a page are the movie's numbers as they are: 64-bit integers and half floats are converted. */
const isStoredAs = ({ bits, sampleFormat }: TiffPage, dtype: DType) =>
  bits === 8 * BYTES[dtype] && (sampleFormat === 3) === dtype.startsWith('float');

async function readFirst(listing: FileListing, image: number, page: TiffPage, signal: AbortSignal) {
  return readTiffPage(entrySource(entryAt(listing, image)), page, signal);
}

async function movieOf(file: string, page: TiffPage, read: () => ReturnType<typeof readFirst>): Promise<Movie> {
  const { dtype, samples, height, width } = await read();
  if (samples !== 1) {
    throw new SomascopeError(
      'Unsupported',
      `The pages have ${samples} colours a pixel; a movie has one.`,
      { file, index: page.index },
      'Save the stack as grey images.',
    );
  }
  const layout = { kind: 'tiff-files' as const, entry: new Int32Array(0) };
  return { layout, frames: 0, height, width, dtype, littleEndian: page.layout.littleEndian };
}

async function openArray(listing: FileListing, set: FoundSet, signal: AbortSignal): Promise<Movie> {
  const entry = set.images[0]!;
  const { frames, height, width, dtype, dataOffset, frameBytes } = await openNpyMovie(
    entrySource(entryAt(listing, entry)),
    signal,
  );
  if (frames === 0 || height === 0 || width === 0) {
    throw new SomascopeError(
      'Invalid',
      `The array is empty: ${frames} frames of ${height} × ${width}.`,
      placeOf(listing, entry),
      'A movie has at least one frame.',
    );
  }
  const offset = Float64Array.from({ length: frames }, (_, t) => dataOffset + t * frameBytes);
  return {
    layout: { kind: 'npy', entry: new Int32Array(frames).fill(entry), offset },
    frames,
    height,
    width,
    dtype,
    littleEndian: true,
  };
}
