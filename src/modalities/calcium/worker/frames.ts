// Reads frames of a movie, whatever files it lies in, each [row, column] in the movie's dtype. A damaged frame is reported and
// the others go on; what concerns the whole movie (cancelled, file changed, out of memory) is thrown.

import { isSomascopeError, SomascopeError } from '../../../base/errors.ts';
import { getOrMake } from '../../../base/get-or-make.ts';
import { makeLimiter } from '../../../base/limiter.ts';
import { entryAt } from '../../../base/listing.ts';
import { BYTES, makeArray, type NumericArray } from '../../../base/ndarray.ts';
import { throwIfAborted } from '../../../base/steps.ts';
import { entrySource, readEntries } from '../../../formats/listing.ts';
import { decodeNpyFrame, openNpyMovie } from '../../../formats/npy/index.ts';
import type { ByteSource } from '../../../formats/source.ts';
import { decodePlain, readDirectories, readTiffFrame, readTiffPage, type TiffFrame } from '../../../formats/tiff/index.ts';
import { movedBack } from '../shared/motion.ts';
import type { Movie, MovieFiles } from '../shared/movie.ts';

export type ReadFrame =
  | { readonly index: number; readonly data: NumericArray }
  | { readonly index: number; readonly reason: string };

/** Called once a frame, in no certain order; what it returns is awaited before more frames are unpacked in its stead. */
export type OnFrame = (frame: ReadFrame) => void | Promise<void>;

const FATAL = new Set(['Aborted', 'FileChanged', 'OutOfMemory', 'Bug']);

function reasonOf(error: unknown): string {
  if (!isSomascopeError(error) || FATAL.has(error.tag)) throw error;
  return error.message;
}

/** Reads `wanted` frames; `index` is the position in that list. */
export async function readFrames(
  files: MovieFiles,
  wanted: readonly number[],
  onFrame: OnFrame,
  signal?: AbortSignal,
): Promise<void> {
  const { layout, shifts, height, width } = files.movie;
  const { kind } = layout;
  const take: OnFrame = (read) => {
    if (!shifts || !('data' in read)) return onFrame(read);
    const frame = wanted[read.index]!;
    return onFrame({ ...read, data: movedBack(read.data, height, width, shifts.rows[frame]!, shifts.cols[frame]!) });
  };
  if (kind === 'tiff-files' || kind === 'bin-files') return readFiles(files, wanted, take, signal);
  return readRanges(files, wanted, take, signal);
}

async function readFiles(
  { movie, listing }: MovieFiles,
  wanted: readonly number[],
  onFrame: OnFrame,
  signal?: AbortSignal,
): Promise<void> {
  const entries = wanted.map((frame) => entryAt(listing, movie.layout.entry[frame]!));
  const decode = movie.layout.kind === 'bin-files' ? decodeBin : decodeTiff;
  await readEntries(
    entries,
    async ({ index, bytes, error }) => {
      const read = error
        ? { index, reason: reasonOf(error) }
        : await settle(index, () => decode(bytes, entries[index]!.path, movie));
      await onFrame(read);
    },
    { signal },
  );
}

async function settle(index: number, task: () => Promise<NumericArray> | NumericArray): Promise<ReadFrame> {
  try {
    return { index, data: await task() };
  } catch (error) {
    return { index, reason: reasonOf(error) };
  }
}

async function decodeTiff(bytes: Uint8Array<ArrayBuffer>, path: string, movie: Movie): Promise<NumericArray> {
  return checked(await readTiffFrame(bytes, path), path, movie);
}

function checked({ data, height, width, dtype, samples }: TiffFrame, path: string, movie: Movie): NumericArray {
  if (height !== movie.height || width !== movie.width) {
    throw new SomascopeError(
      'Invalid',
      `${path} is ${height} × ${width} pixels, the first frame is ${movie.height} × ${movie.width}.`,
      { entry: path },
    );
  }
  if (samples !== 1)
    throw new SomascopeError('Unsupported', `${path} has ${samples} colours a pixel; a frame has one.`, { entry: path });
  if (dtype !== movie.dtype)
    throw new SomascopeError('Invalid', `${path} is ${dtype}, the first frame is ${movie.dtype}.`, { entry: path });
  return data;
}

/** Headerless and column-major: element [row, column] lies at column × height + row. Little-endian. */
function decodeBin(bytes: Uint8Array<ArrayBuffer>, path: string, { height, width, dtype }: Movie): NumericArray {
  const size = height * width;
  if (bytes.length !== size * BYTES[dtype]) {
    throw new SomascopeError(
      'Invalid',
      `${path} has ${bytes.length} bytes; ${height} × ${width} ${dtype} pixels take ${size * BYTES[dtype]}.`,
      { entry: path },
    );
  }
  const columns = makeArray(dtype, size);
  new Uint8Array(columns.buffer).set(bytes);
  const out = makeArray(dtype, size);
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++) out[row * width + col] = columns[col * height + row]!;
  return out;
}

const RANGES_AT_ONCE = 2;

async function readRanges(files: MovieFiles, wanted: readonly number[], onFrame: OnFrame, signal?: AbortSignal): Promise<void> {
  const sources = new Map<number, ByteSource>();
  const limiter = makeLimiter(RANGES_AT_ONCE);
  const source = (entry: number) => getOrMake(sources, entry, () => entrySource(entryAt(files.listing, entry)));
  const readOne = async (index: number) => {
    throwIfAborted(signal);
    const frame = wanted[index]!;
    await onFrame(await settle(index, () => readRange(files.movie, frame, source(files.movie.layout.entry[frame]!), signal)));
  };
  await Promise.all(wanted.map((_, index) => limiter(() => readOne(index))));
}

async function readRange(movie: Movie, frame: number, source: ByteSource, signal?: AbortSignal): Promise<NumericArray> {
  const { layout, height, width, dtype, littleEndian } = movie;
  if (layout.kind === 'npy') {
    const array = await openNpyMovie(source, signal);
    return decodeNpyFrame(array, await source.read(layout.offset[frame]!, array.frameBytes, signal));
  }
  if (layout.kind !== 'tiff-pages') throw new SomascopeError('Bug', `Frames of ${layout.kind} are no ranges.`);
  const offset = layout.offset[frame]!;
  if (offset < 0) {
    const { pages } = await directoriesOf(source, signal);
    const page = pages[layout.page[frame]!];
    if (!page)
      throw new SomascopeError(
        'FileChanged',
        'The stack has fewer pages than when it was opened.',
        { file: source.name },
        'Open it again.',
      );
    return checked(await readTiffPage(source, page, signal), source.name, movie);
  }
  const bytes = await source.read(offset, height * width * BYTES[dtype], signal);
  return decodePlain(bytes, { height, width, sample: dtype, littleEndian }, source.name).data;
}

const directories = new WeakMap<ByteSource, ReturnType<typeof readDirectories>>();

function directoriesOf(source: ByteSource, signal?: AbortSignal): ReturnType<typeof readDirectories> {
  let found = directories.get(source);
  if (!found) {
    found = readDirectories(source, signal);
    directories.set(source, found);
    found.catch(() => directories.delete(source));
  }
  return found;
}
