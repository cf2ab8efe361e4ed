// A volume behind a reader: metadata at once, voxels in boxes. Every format hands over one of these. Arrays are [z, y, x], C order;
// boxes are half-open, in voxels; voxel sizes in micrometres. A reader never holds more than a bounded block of its file.
import { SomascopeError } from '../base/errors.ts';
import type { DType, NumericArray } from '../base/ndarray.ts';
import { extentOf, shapeText, type Triple, voxelsOf } from '../base/volume.ts';

/** Element type in the file: what `DType` knows, and three more. */
export type StoredType = DType | 'int64' | 'uint64' | 'float16';

export interface VolumeReader {
  /** Path of the file, after it `/member` where a file holds several volumes. */
  readonly name: string;
  readonly shape: Triple;
  /**
   * Element type of what `readBox` returns. float16 becomes 'float32'. 64-bit integers say 'float64', and each box comes as the
   * narrowest of uint8, uint16, uint32 and float64 that holds its values exactly.
   */
  readonly dtype: DType;
  readonly stored: StoredType;
  /** Micrometres; undefined where the file does not say. */
  readonly voxelSize?: Triple | undefined;
  /** What the file itself says or its type implies (64-bit integers and booleans are labels); undefined: it may be either. */
  readonly kindHint: 'image' | 'labels' | undefined;
  /** What a person should know: axes dropped, units assumed, values that were not read. */
  readonly notices: readonly string[];
  /** Real value = stored value × slope + intercept; absent where the stored values are the real ones. */
  readonly scaling?: { readonly slope: number; readonly intercept: number };
  /** The box that is cheapest to read: ask for multiples of it. */
  readonly brick: Triple;
  /** True where the bytes can be had in order only (a compressed stream): read it once from z = 0 up, or load it whole. */
  readonly isSequential: boolean;
  /**
   * Voxels [z][y][x] of the box in an array of their own. Throws CutOff, Invalid, Unsupported (64-bit integers of 2^53 and more),
   * Unsafe (a box of more than MAX_BOX_BYTES), FileChanged, Aborted.
   */
  readBox(from: Triple, to: Triple, signal?: AbortSignal): Promise<NumericArray>;
  /** The same volume coarser and coarser, without this one; absent where the file has no others. */
  readonly levels?: readonly VolumeReader[];
}

/** Most bytes, as stored, that one `readBox` reads. */
export const MAX_BOX_BYTES = 2 ** 30;

/** Bytes of an item in the file. */
export const STORED_BYTES: Readonly<Record<StoredType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  float16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
};

/** What `readBox` hands over for a stored type. */
export function dtypeOfStored(stored: StoredType): DType {
  if (stored === 'float16') return 'float32';
  return stored === 'int64' || stored === 'uint64' ? 'float64' : stored;
}

/** Extents of a box within `shape`; throws RangeError for one outside, `Unsafe` for one too large to hold. */
export function checkBox(name: string, shape: Triple, from: Triple, to: Triple, itemBytes: number): Triple {
  const isInside = shape.every(
    (extent, axis) =>
      Number.isInteger(from[axis]) &&
      Number.isInteger(to[axis]) &&
      0 <= from[axis]! &&
      from[axis]! < to[axis]! &&
      to[axis]! <= extent,
  );
  if (!isInside) throw new RangeError(`box ${from} to ${to} is not within ${shapeText(shape)} of ${name}`);
  const extent = extentOf(from, to);
  const bytes = voxelsOf(extent) * itemBytes;
  if (bytes <= MAX_BOX_BYTES) return extent;
  const message = `A box of ${shapeText(extent)} voxels takes ${bytes} bytes; at most ${MAX_BOX_BYTES} are read at once.`;
  throw new SomascopeError('Unsafe', message, { file: name }, 'Read it in smaller boxes.');
}
