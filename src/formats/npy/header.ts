// The header of a .npy file, versions 1.0, 2.0 and 3.0: magic, length, and a Python dict with descr, fortran_order and shape.
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { SomascopeError } from '../../base/errors.ts';
import { parseLiteral } from '../literal.ts';
import { type NpyType, parseDescr } from './descr.ts';

export interface NpyHeader {
  readonly version: 1 | 2 | 3;
  readonly type: NpyType;
  /** Extents as numpy prints them, first axis first; [] is a single value. */
  readonly shape: readonly number[];
  /** True when the first axis varies fastest in the file. */
  readonly fortranOrder: boolean;
  /** Number of items. */
  readonly count: number;
  /** Byte of the first item. */
  readonly dataOffset: number;
  /** Bytes of all items. */
  readonly dataBytes: number;
}

export const MAX_HEADER_BYTES = 1 << 20;
const MAX_AXES = 64;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Bytes from the start of the file that `parseNpyHeader` needs, told from the first 12; throws if this is no npy file. */
export function npyHeaderEnd(bytes: Uint8Array, file: string, maxHeaderBytes = MAX_HEADER_BYTES): { start: number; end: number } {
  const isMagic = MAGIC.every((byte, i) => i >= bytes.length || bytes[i] === byte);
  if (!isMagic)
    throw new SomascopeError('Invalid', 'This is not an npy file: it does not begin with \\x93NUMPY.', { file, byte: 0 });
  if (bytes.length < 10) throw cutOff(file, bytes.length);
  const major = bytes[6]!;
  if (major < 1 || major > 3 || bytes[7] !== 0) {
    throw new SomascopeError('Unsupported', `npy version ${major}.${bytes[7]} is not known (1.0, 2.0 and 3.0 are).`, {
      file,
      byte: 6,
    });
  }
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw cutOff(file, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > maxHeaderBytes) {
    throw new SomascopeError('Unsafe', `The npy header claims ${length} bytes; at most ${maxHeaderBytes} are read.`, {
      file,
      byte: 8,
    });
  }
  return { start, end: start + length };
}

/**
 * Reads the header at the start of `bytes`, which may be the head of a longer file of `fileBytes`; the items are promised to lie
 * inside the file, so a reader may allocate `dataBytes` afterwards. Throws Invalid, CutOff, Unsupported or Unsafe.
 */
export function parseNpyHeader(
  bytes: Uint8Array,
  file: string,
  fileBytes = bytes.length,
  maxHeaderBytes = MAX_HEADER_BYTES,
): NpyHeader {
  const { start, end } = npyHeaderEnd(bytes, file, maxHeaderBytes);
  if (bytes.length < end) throw cutOff(file, bytes.length);
  const text = new TextDecoder(bytes[6] === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, end));
  const fields = parseLiteral(text, file, start);
  const place = { file, byte: start };
  if (!(fields instanceof Map)) throw new SomascopeError('Invalid', 'The npy header is not a dict.', place);
  for (const key of ['descr', 'fortran_order', 'shape']) {
    if (!fields.has(key)) throw new SomascopeError('Invalid', `The npy header lacks the key '${key}'.`, place);
  }
  if (fields.size !== 3)
    throw new SomascopeError('Invalid', 'The npy header has keys besides descr, fortran_order and shape.', place);
  const fortranOrder: unknown = fields.get('fortran_order');
  if (typeof fortranOrder !== 'boolean')
    throw new SomascopeError('Invalid', "The npy header's fortran_order is neither True nor False.", place);
  const type = parseDescr(fields.get('descr')!, place);
  const shape = checkShape(fields.get('shape'), file, start);
  if (type.itemBytes === 0) throw new SomascopeError('Unsupported', `Items of type ${type.text} have no bytes.`, place);
  const count = shape.includes(0) ? 0 : shape.reduce((product, extent) => product * extent, 1);
  const dataBytes = count * type.itemBytes;
  if (!Number.isSafeInteger(dataBytes) || end + dataBytes > fileBytes) {
    const message = `The header promises ${type.text} items of shape (${shape.join(', ')}), ${dataBytes} bytes, but ${fileBytes - end} follow it.`;
    throw new SomascopeError('CutOff', message, { file, byte: end }, 'The file is incomplete: copy or download it again.');
  }
  return { version: bytes[6] as 1 | 2 | 3, type, shape, fortranOrder, count, dataOffset: end, dataBytes };
}

function checkShape(shape: unknown, file: string, byte: number): number[] {
  const extents: readonly unknown[] = Array.isArray(shape) ? shape : [undefined];
  const isGood = extents.every((extent) => typeof extent === 'number' && extent >= 0);
  if (!isGood) {
    throw new SomascopeError('Invalid', "The npy header's shape is not a tuple of whole numbers from 0 up.", { file, byte });
  }
  if (extents.length > MAX_AXES)
    throw new SomascopeError('Unsupported', `The array has ${extents.length} axes; at most ${MAX_AXES} are read.`, {
      file,
      byte,
    });
  return extents as number[];
}

function cutOff(file: string, byte: number): SomascopeError {
  return new SomascopeError(
    'CutOff',
    'The npy file ends inside its header.',
    { file, byte },
    'The file is incomplete: copy or download it again.',
  );
}
