// The `descr` of an npy header ('<f4', '|S5', [('x', '<f8'), …]) as a type: what an item is, its bytes and its byte order.
// Source: https://numpy.org/doc/stable/reference/arrays.dtypes.html
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import type { Literal } from '../literal.ts';

/** Element type of the typed array that holds the items; 'bytes' for items that are handed over as they lie in the file. */
export type NpyStorage =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64'
  | 'bytes';

export type NpyKind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'float'
  | 'complex'
  | 'ascii'
  | 'unicode'
  | 'datetime'
  | 'timedelta'
  | 'void'
  | 'struct';

export interface NpyType {
  readonly kind: NpyKind;
  /** For people and messages: `<f4`, `|S5`, `struct(id <i4, x >f8)`. */
  readonly text: string;
  readonly storage: NpyStorage;
  /** Bytes an item takes in the file. */
  readonly itemBytes: number;
  /** Bytes that are reversed together when the file is big-endian: 1 where there is nothing to reverse. */
  readonly wordBytes: number;
  readonly bigEndian: boolean;
}

type Simple = readonly [kind: NpyKind, storage: NpyStorage, wordBytes: number];

const NUMBERS: Readonly<Record<string, Simple>> = {
  b1: ['bool', 'uint8', 1],
  i1: ['int', 'int8', 1],
  i2: ['int', 'int16', 2],
  i4: ['int', 'int32', 4],
  i8: ['int', 'int64', 8],
  u1: ['uint', 'uint8', 1],
  u2: ['uint', 'uint16', 2],
  u4: ['uint', 'uint32', 4],
  u8: ['uint', 'uint64', 8],
  f2: ['float', 'float16', 2],
  f4: ['float', 'float32', 4],
  f8: ['float', 'float64', 8],
  c8: ['complex', 'float32', 4],
  c16: ['complex', 'float64', 8],
};

/** The type that `descr` names; throws `Unsupported` for object arrays and for types that are not read here. */
export function parseDescr(descr: Literal, place: ErrorPlace): NpyType {
  if (typeof descr === 'string') return parseSimple(descr, place);
  if (Array.isArray(descr)) return parseStruct(descr as readonly Literal[], place);
  throw new SomascopeError('Invalid', "The npy header's 'descr' is neither a type nor a list of fields.", place);
}

function parseSimple(descr: string, place: ErrorPlace): NpyType {
  const match = /^([<>|=]?)([a-zA-Z?])(\d*)(\[[^\]]*\])?$/.exec(descr);
  if (!match) throw unknown(descr, place);
  const [, order, letter, digits, unit] = match;
  const bigEndian = order === '>';
  if (letter === 'O') {
    const hint = 'Save the parts as plain arrays (numpy.save of one numeric array each, or numpy.savez).';
    throw new SomascopeError(
      'Unsupported',
      'The npy file holds pickled Python objects, which are never unpickled here.',
      place,
      hint,
    );
  }
  const simple = NUMBERS[letter === '?' ? 'b1' : `${letter}${digits}`];
  if (simple && !unit) {
    const [kind, storage, wordBytes] = simple;
    return { kind, text: descr, storage, itemBytes: letter === '?' ? 1 : Number(digits), wordBytes, bigEndian };
  }
  if ((letter === 'M' || letter === 'm') && digits === '8') {
    return {
      kind: letter === 'M' ? 'datetime' : 'timedelta',
      text: descr,
      storage: 'bytes',
      itemBytes: 8,
      wordBytes: 8,
      bigEndian,
    };
  }
  const length = Number(digits);
  const strings: Readonly<Record<string, readonly [NpyKind, number]>> = {
    S: ['ascii', 1],
    a: ['ascii', 1],
    U: ['unicode', 4],
    V: ['void', 1],
  };
  const found = strings[letter!];
  if (!found || unit || digits === '' || !Number.isSafeInteger(length * 4)) throw unknown(descr, place);
  const [kind, bytes] = found;
  return { kind, text: descr, storage: 'bytes', itemBytes: length * bytes, wordBytes: bytes, bigEndian };
}

/** Fields are (name, type) or (name, type, shape); the item is handed over as raw bytes with this description. */
function parseStruct(fields: readonly Literal[], place: ErrorPlace): NpyType {
  let itemBytes = 0;
  const texts: string[] = [];
  for (const field of fields) {
    if (!Array.isArray(field) || field.length < 2 || field.length > 3) throw unknown('a malformed list of fields', place);
    const [name, descr, shape = []] = field as readonly Literal[];
    const type = parseDescr(descr!, place);
    const extents = typeof shape === 'number' ? [shape] : shape;
    if (!Array.isArray(extents) || !extents.every((n) => typeof n === 'number' && n >= 0))
      throw unknown('a field with a malformed shape', place);
    itemBytes += (extents as number[]).reduce((product, n) => product * n, type.itemBytes);
    texts.push(`${fieldName(name)} ${type.text}${extents.length ? `×${extents.join('×')}` : ''}`);
  }
  if (!Number.isSafeInteger(itemBytes)) throw unknown('fields of impossible size', place);
  return { kind: 'struct', text: `struct(${texts.join(', ')})`, storage: 'bytes', itemBytes, wordBytes: 1, bigEndian: false };
}

function fieldName(name: Literal | undefined): string {
  return Array.isArray(name) ? String(name.at(-1)) : String(name);
}

function unknown(descr: string, place: ErrorPlace): SomascopeError {
  return new SomascopeError(
    'Unsupported',
    `The npy type ${JSON.stringify(descr.slice(0, 40))} is not known.`,
    place,
    'Convert the array to a numeric type.',
  );
}
