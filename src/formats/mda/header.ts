// MountainSort's arrays (.mda): int32 type code, bytes an item, number of axes (negative: extents are int64), extents, then the items
// with the first axis varying fastest, all little-endian. Source: https://mountainsort.readthedocs.io/en/latest/mda_format.html
import { SomascopeError } from '../../base/errors.ts';
import { BYTES, type DType } from '../../base/ndarray.ts';
import { grouped } from '../../base/number-format.ts';
import type { ByteSource } from '../source.ts';

export interface MdaHeader {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Byte of the first item. */
  readonly dataOffset: number;
  readonly count: number;
}

export const MDA_CODES: Readonly<Record<number, DType>> = {
  [-2]: 'uint8',
  [-3]: 'float32',
  [-4]: 'int16',
  [-5]: 'int32',
  [-6]: 'uint16',
  [-7]: 'float64',
  [-8]: 'uint32',
};

const MOST_AXES = 6;
const MOST_HEADER = 12 + 8 * MOST_AXES;

/** Reads the header alone. Throws Invalid, Unsupported, or CutOff where the file ends within it. */
export async function readMdaHeader(source: ByteSource, signal?: AbortSignal): Promise<MdaHeader> {
  const { name, size } = source;
  return parseMdaHeader(await source.read(0, Math.min(size, MOST_HEADER), signal), name);
}

export function parseMdaHeader(bytes: Uint8Array, file: string): MdaHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (tag: 'Invalid' | 'CutOff' | 'Unsupported', message: string, byte: number) =>
    new SomascopeError(tag, message, { file, byte }, 'Write the file again with mdaio.');
  if (bytes.length < 12) throw fail('CutOff', 'The .mda file ends inside its header.', bytes.length);
  const [code, itemBytes, told] = [0, 4, 8].map((at) => view.getInt32(at, true)) as [number, number, number];
  const dtype = MDA_CODES[code];
  if (!dtype) throw fail(code === -1 ? 'Unsupported' : 'Invalid', `The .mda file has the unknown type code ${code}.`, 0);
  if (itemBytes !== BYTES[dtype]) throw fail('Invalid', `The .mda file says ${itemBytes} bytes for items of type ${dtype}.`, 4);
  const axes = Math.abs(told);
  if (axes < 1 || axes > MOST_AXES) throw fail('Invalid', `The .mda file has ${axes} axes; 1 to ${MOST_AXES} are read.`, 8);
  const width = told < 0 ? 8 : 4;
  const dataOffset = 12 + width * axes;
  if (bytes.length < dataOffset) throw fail('CutOff', 'The .mda file ends inside its header.', bytes.length);
  const shape = Array.from({ length: axes }, (_, axis) => {
    const at = 12 + width * axis;
    return width === 8 ? Number(view.getBigInt64(at, true)) : view.getInt32(at, true);
  });
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (shape.some((extent) => extent < 0) || !Number.isSafeInteger(count * itemBytes)) {
    throw fail('Invalid', `The .mda file has impossible extents (${shape.join(', ')}).`, 12);
  }
  return { dtype, shape, dataOffset, count };
}

/** What a file lacks that is shorter than its header says. */
export function mdaCutOff({ dtype, shape, count }: MdaHeader, file: string, size: number): SomascopeError {
  const message = `The header of ${file} promises ${dtype} items of shape (${shape.join(', ')}), ${grouped(count * BYTES[dtype])} bytes; the file has ${grouped(size)}.`;
  return new SomascopeError('CutOff', message, { file, byte: size }, 'Copy the file again.');
}
