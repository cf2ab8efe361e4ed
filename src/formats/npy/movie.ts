// A movie in a .npy file, [frame, row, column] in C order: each frame is one range of the file, so gigabytes are played unread.
import { SomascopeError } from '../../base/errors.ts';
import type { DType, NumericArray } from '../../base/ndarray.ts';
import type { ByteSource } from '../source.ts';
import { narrowed } from './convert.ts';
import { MAX_HEADER_BYTES, type NpyHeader, npyHeaderEnd, parseNpyHeader } from './header.ts';
import { decodeItems } from './read.ts';

/** Plain data: it can be posted to workers, each of which reads its own ranges. */
export interface NpyMovie {
  readonly name: string;
  readonly header: NpyHeader;
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  /** Of the decoded frames: float16 is read as float32, bool as uint8, 64-bit integers as float64. */
  readonly dtype: DType;
  /** Byte of the first frame. */
  readonly dataOffset: number;
  /** Bytes of one frame in the file. */
  readonly frameBytes: number;
}

const FIRST_READ = 4096;
/** What it takes to know where the header ends. */
const SMALLEST = 12;

/** Reads only the header of the file behind `source`, whole bytes from 0. Throws Invalid, CutOff, Unsupported or Unsafe. */
export async function readNpyHeader(source: ByteSource, signal?: AbortSignal): Promise<NpyHeader> {
  // Of a stream nobody knows whether it is that long.
  const first = source.size === Infinity ? SMALLEST : FIRST_READ;
  let head = await source.read(0, Math.min(source.size, first), signal);
  const { end } = npyHeaderEnd(head, source.name, MAX_HEADER_BYTES);
  if (end > head.length && end <= source.size) head = await source.read(0, end, signal);
  return parseNpyHeader(head, source.name, source.size);
}

/** The movie behind `source`; throws `Unsupported` if the array is not [frame, row, column] numbers in C order. */
export async function openNpyMovie(source: ByteSource, signal?: AbortSignal): Promise<NpyMovie> {
  const header = await readNpyHeader(source, signal);
  const { type, shape, fortranOrder, dataOffset } = header;
  const refuse = (message: string, hint: string) => new SomascopeError('Unsupported', message, { file: source.name }, hint);
  if (shape.length !== 3)
    throw refuse(
      `A movie has three axes (frame, row, column); this array has ${shape.length}.`,
      'Reshape the array and save it again.',
    );
  if (fortranOrder)
    throw refuse(
      'The movie is in Fortran order, so its frames do not lie in one piece.',
      'Save numpy.ascontiguousarray(movie) instead.',
    );
  if (type.kind === 'complex' || type.storage === 'bytes')
    throw refuse(`A movie holds numbers; this array holds ${type.text} items.`, '');
  const [frames, height, width] = shape as readonly [number, number, number];
  const dtype =
    type.storage === 'float16' ? 'float32' : type.storage === 'int64' || type.storage === 'uint64' ? 'float64' : type.storage;
  return { name: source.name, header, frames, height, width, dtype, dataOffset, frameBytes: height * width * type.itemBytes };
}

/** Frame `t` (0-based), [row, column], from one range read. 64-bit integers beyond 2^53 throw `Unsupported`. */
export async function readNpyFrame(source: ByteSource, movie: NpyMovie, t: number, signal?: AbortSignal): Promise<NumericArray> {
  if (!Number.isInteger(t) || t < 0 || t >= movie.frames) throw new RangeError(`no frame ${t} in a movie of ${movie.frames}`);
  const bytes = await source.read(movie.dataOffset + t * movie.frameBytes, movie.frameBytes, signal);
  return decodeNpyFrame(movie, bytes);
}

/** The numbers in the `frameBytes` bytes of a frame, [row, column]; a view where they lie aligned and little-endian. */
export function decodeNpyFrame(movie: NpyMovie, bytes: Uint8Array<ArrayBuffer>): NumericArray {
  const data = decodeItems(bytes, movie.header);
  return data instanceof BigInt64Array || data instanceof BigUint64Array ? narrowed(data, movie.name) : data;
}
