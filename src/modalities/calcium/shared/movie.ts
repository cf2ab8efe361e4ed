// Where the frames of a movie lie. Compact typed arrays, so that any worker can read any frame without reading a directory again.
import { type FileListing, subListing } from '../../../base/listing.ts';
import type { DType } from '../../../base/ndarray.ts';
import type { FrameShifts } from './motion.ts';

/** One TIFF a frame; `entry` numbers the listing's entries. */
export interface TiffFiles {
  readonly kind: 'tiff-files';
  readonly entry: Int32Array<ArrayBuffer>;
}

/** One headerless file a frame, column-major, as the sets of 2015 were published. */
export interface BinFiles {
  readonly kind: 'bin-files';
  readonly entry: Int32Array<ArrayBuffer>;
}

/** Pages of TIFF stacks. `offset` is the byte of the pixels where every page is plain, else -1: then `page` is decoded in full. */
export interface TiffPages {
  readonly kind: 'tiff-pages';
  readonly entry: Int32Array<ArrayBuffer>;
  readonly page: Int32Array<ArrayBuffer>;
  readonly offset: Float64Array<ArrayBuffer>;
}

/** Frames of .npy movies [frame, row, column], C order; `offset` is the byte of each frame. */
export interface NpyFrames {
  readonly kind: 'npy';
  readonly entry: Int32Array<ArrayBuffer>;
  readonly offset: Float64Array<ArrayBuffer>;
}

export type FrameLayout = TiffFiles | BinFiles | TiffPages | NpyFrames;

export interface Movie {
  readonly layout: FrameLayout;
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly dtype: DType;
  readonly littleEndian: boolean;
  /** Where motion is corrected: every frame is moved back by its shift as it is read. */
  readonly shifts?: FrameShifts;
}

/** A movie with the files it lies in: what a job gets. */
export interface MovieFiles {
  readonly movie: Movie;
  readonly listing: FileListing;
}

/** The frames `frames` only, in that order, with no more of the listing than they need. */
export function sliceMovie({ movie, listing }: MovieFiles, frames: readonly number[]): MovieFiles {
  const { layout } = movie;
  const used = [...new Set(frames.map((frame) => layout.entry[frame]!))];
  const place = new Map(used.map((entry, i) => [entry, i]));
  const entry = Int32Array.from(frames, (frame) => place.get(layout.entry[frame]!)!);
  const pick = (values: Float64Array) => Float64Array.from(frames, (frame) => values[frame]!);
  const sliced: FrameLayout =
    layout.kind === 'tiff-pages'
      ? { kind: layout.kind, entry, page: Int32Array.from(frames, (frame) => layout.page[frame]!), offset: pick(layout.offset) }
      : layout.kind === 'npy'
        ? { kind: layout.kind, entry, offset: pick(layout.offset) }
        : { kind: layout.kind, entry };
  const part = {
    ...movie,
    layout: sliced,
    frames: frames.length,
    ...(movie.shifts && { shifts: shiftsOf(movie.shifts, frames) }),
  };
  return { movie: part, listing: subListing(listing, used) };
}

function shiftsOf({ rows, cols }: FrameShifts, frames: readonly number[]): FrameShifts {
  const pick = (values: Float32Array) => Float32Array.from(frames, (frame) => values[frame]!);
  return { rows: pick(rows), cols: pick(cols) };
}
