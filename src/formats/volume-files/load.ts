// A whole volume in memory, slab by slab from z = 0 up. Labels end in the narrowest unsigned type that holds them: a file of uint64
// takes an eighth of its size and a slab more. Arrays [z, y, x].
import { SomascopeError } from '../../base/errors.ts';
import { freeArray } from '../../base/free-array.ts';
import { BYTES, type DType, makeArray, type NumericArray } from '../../base/ndarray.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import { shapeText, type Triple, voxelsOf } from '../../base/volume.ts';
import { STORED_BYTES, type VolumeReader } from '../volume.ts';
import { checkLabels, type LabelArray, setLabels } from './labels.ts';

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Share done, 0 … 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Most bytes, as stored, that are read at a time. */
  readonly slabBytes?: number;
}

export interface Slab {
  /** First plane. */
  readonly z: number;
  readonly planes: number;
  /** [planes, y, x]. */
  readonly data: NumericArray;
}

const SLAB_BYTES = 8 * 2 ** 20;
/** Most bytes that one volume may take in memory. */
const MAX_LOADED_BYTES = 2 ** 32;

/** All planes in order, in slabs of whole bricks. */
export async function* readSlabs(reader: VolumeReader, options: LoadOptions = {}): AsyncGenerator<Slab, void, void> {
  const { signal, onProgress, slabBytes = SLAB_BYTES } = options;
  const [depth, height, width] = reader.shape;
  const wanted = Math.max(1, Math.floor(slabBytes / (height * width * STORED_BYTES[reader.stored])));
  const step = Math.max(reader.brick[0], wanted - (wanted % reader.brick[0]));
  for (let z = 0; z < depth; z += step) {
    const planes = Math.min(step, depth - z);
    yield { z, planes, data: await reader.readBox([z, 0, 0], [z + planes, height, width], signal) };
    onProgress?.((z + planes) / depth);
  }
}

/** All voxels as `reader.dtype`. Throws `OutOfMemory` for volumes that no tab can hold. */
export async function loadVolume(reader: VolumeReader, options: LoadOptions = {}): Promise<NumericArray> {
  const out = allocate(reader, reader.dtype);
  const plane = reader.shape[1] * reader.shape[2];
  for await (const { z, data } of readSlabs(reader, options)) {
    out.set(data, z * plane);
    freeArray(data);
  }
  return out;
}

function allocate({ name, shape }: VolumeReader, dtype: DType): NumericArray {
  const bytes = voxelsOf(shape) * BYTES[dtype];
  try {
    if (bytes <= MAX_LOADED_BYTES) return makeArray(dtype, voxelsOf(shape));
  } catch {
    // The browser refused: the same message says it.
  }
  const message = `A volume of ${shapeText(shape)} voxels takes ${byteSize(bytes)} of memory, more than there is.`;
  throw new SomascopeError('OutOfMemory', message, { file: name }, 'Look at it slice by slice, or at a coarser level.');
}

export interface LabelVolume {
  readonly data: LabelArray;
  readonly shape: Triple;
  /** The largest label. */
  readonly largest: number;
  /** Voxels whose label is 2^32 − 1 or more: they hold `UNFIT`. */
  readonly unfit: number;
  readonly notices: readonly string[];
}

/**
 * All labels in the narrowest of uint8, uint16 and uint32. Float labels are taken where they are whole numbers. Throws `Invalid` for
 * labels that are no whole numbers from 0 up (with the first of them), and what `readBox` throws.
 */
export async function loadLabels(reader: VolumeReader, options: LoadOptions = {}): Promise<LabelVolume> {
  const { shape, name } = reader;
  const plane = shape[1] * shape[2];
  let out = allocate(reader, 'uint8') as LabelArray;
  let largest = 0;
  let unfit = 0;
  for await (const { z, planes, data } of readSlabs(reader, options)) {
    const found = checkLabels(data, { name, shape, from: [z, 0, 0], to: [z + planes, shape[1], shape[2]] });
    unfit += found.unfit;
    largest = Math.max(largest, found.largest);
    if (largest > 0xff && out instanceof Uint8Array) out = largest > 0xffff ? Uint32Array.from(out) : Uint16Array.from(out);
    if (largest > 0xffff && out instanceof Uint16Array) out = Uint32Array.from(out);
    setLabels(out, z * plane, data, found.unfit);
    freeArray(data);
  }
  const notices = [...reader.notices];
  if (reader.dtype.startsWith('float') && !reader.stored.endsWith('int64'))
    notices.push(`The labels are ${reader.stored} numbers; all of them are whole, so they are taken as labels.`);
  if (unfit > 0) notices.push(`${grouped(unfit)} voxels have labels beyond 32 bits; they are shown as one label.`);
  return { data: out, shape, largest, unfit, notices };
}
