// The text header of a NRRD file: fields up to the blank line, sizes fastest first.
// Source: "Definition of NRRD File Format" (G. Kindlmann, teem.sourceforge.net/nrrd/format.html), NRRD0001 to NRRD0005.
import { SomascopeError } from '../../base/errors.ts';
import type { StoredType } from '../volume.ts';

export type NrrdEncoding = 'raw' | 'gzip' | 'ascii' | 'hex';

export interface NrrdHeader {
  readonly stored: StoredType;
  /** Fastest axis first, as the file lists them. */
  readonly sizes: readonly number[];
  readonly encoding: NrrdEncoding;
  readonly littleEndian: boolean;
  /** Per axis: distance between voxels in `unit`s; NaN where none is given. */
  readonly spacings: readonly number[];
  /** Micrometres a unit of `spacings`; undefined where the file does not say. */
  readonly micronsPerUnit: number | undefined;
  /** The file names an anatomical space (left-posterior-superior …), as medical programs do. */
  readonly isAnatomical: boolean;
  /** Per axis: true where it is no place but a list of values (colours, time points). */
  readonly isList: readonly boolean[];
  readonly dataFile: string | undefined;
  readonly lineSkip: number;
  /** −1: the voxels are the last bytes. */
  readonly byteSkip: number;
  /** Byte after the blank line; the end of the header where there is none. */
  readonly headerEnd: number;
}

export const MAX_HEADER_BYTES = 1 << 20;

const TYPES: readonly (readonly [stored: StoredType, names: string])[] = [
  ['int8', 'signed char|int8|int8_t'],
  ['uint8', 'uchar|unsigned char|uint8|uint8_t'],
  ['int16', 'short|short int|signed short|signed short int|int16|int16_t'],
  ['uint16', 'ushort|unsigned short|unsigned short int|uint16|uint16_t'],
  ['int32', 'int|signed int|int32|int32_t'],
  ['uint32', 'uint|unsigned int|uint32|uint32_t'],
  ['int64', 'longlong|long long|long long int|signed long long|signed long long int|int64|int64_t'],
  ['uint64', 'ulonglong|unsigned long long|unsigned long long int|uint64|uint64_t'],
  ['float32', 'float'],
  ['float64', 'double'],
];
const ENCODINGS: Readonly<Record<string, NrrdEncoding>> = {
  raw: 'raw',
  gz: 'gzip',
  gzip: 'gzip',
  txt: 'ascii',
  text: 'ascii',
  ascii: 'ascii',
  hex: 'hex',
};
const MICRONS: Readonly<Record<string, number>> = {
  nm: 1e-3,
  nanometer: 1e-3,
  nanometre: 1e-3,
  um: 1,
  µm: 1,
  μm: 1,
  micron: 1,
  microns: 1,
  micrometer: 1,
  micrometers: 1,
  micrometre: 1,
  mm: 1000,
  millimeter: 1000,
  millimetre: 1000,
  cm: 1e4,
  m: 1e6,
};
const PLACES = new Set(['domain', 'space', '???', 'none', '']);

/** Reads the header in the first bytes of a file. Throws Invalid, CutOff or Unsupported (bzip2 and other encodings by name). */
export function parseNrrdHeader(bytes: Uint8Array, file: string, isWhole = true): NrrdHeader {
  const fail = (tag: 'Invalid' | 'Unsupported' | 'CutOff', message: string, hint = 'Save the volume again.') =>
    new SomascopeError(tag, message, { file, byte: 0 }, hint);
  const { lines, end } = headerLines(bytes);
  if (!/^NRRD\d{4}$/.test(lines[0] ?? '')) throw fail('Invalid', 'This is not a NRRD file: it does not begin with NRRD000x.');
  const fields = new Map<string, string>();
  for (const line of lines.slice(1)) {
    const found = /^([^:#]+): (.*)$/.exec(line);
    if (found) fields.set(found[1]!.trim().toLowerCase(), found[2]!.trim());
  }
  const dataFile = fields.get('data file') ?? fields.get('datafile');
  if (end === undefined && !(dataFile && isWhole))
    throw fail(
      'CutOff',
      'The NRRD header has no end: its blank line is missing.',
      'Was the download complete? Get the file again.',
    );
  const need = (name: string) => {
    const value = fields.get(name);
    if (value === undefined) throw fail('Invalid', `The NRRD header lacks the field “${name}”.`);
    return value;
  };
  const whole = (name: string, text: string) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value))
      throw fail('Invalid', `The NRRD field “${name}” is ${text.slice(0, 40)}, no whole number.`);
    return value;
  };
  const typeName = need('type').toLowerCase();
  const stored = TYPES.find(([, names]) => names.split('|').includes(typeName))?.[0];
  if (!stored)
    throw fail(
      'Unsupported',
      `NRRD values of type “${typeName.slice(0, 40)}” are not read here.`,
      'Save it as whole numbers or floats.',
    );
  const encodingName = need('encoding').toLowerCase();
  const encoding = ENCODINGS[encodingName];
  if (!encoding) {
    const name = encodingName === 'bz2' ? 'bzip2' : encodingName.slice(0, 40);
    throw fail(
      'Unsupported',
      `The NRRD file is packed with ${name}, which is not read here.`,
      'Save it with encoding raw or gzip.',
    );
  }
  const dimension = whole('dimension', need('dimension'));
  const sizes = need('sizes')
    .split(/\s+/)
    .map((text) => whole('sizes', text));
  if (sizes.length !== dimension || dimension < 1 || dimension > 16)
    throw fail('Invalid', `The NRRD header says ${dimension} axes and lists ${sizes.length} sizes.`);
  if (!sizes.every((size) => size > 0)) throw fail('Invalid', `The NRRD sizes are ${sizes.join(' ')}: each must be above 0.`);
  const bytesPerItem = stored.endsWith('8') ? 1 : 2;
  const endian = fields.get('endian')?.toLowerCase();
  if (bytesPerItem > 1 && (encoding === 'raw' || encoding === 'gzip') && endian !== 'little' && endian !== 'big')
    throw fail('Invalid', 'The NRRD header does not say whether its numbers are little- or big-endian.');
  const kinds = (fields.get('kinds') ?? '').split(/\s+/).map((kind) => kind.toLowerCase());
  const { spacings, unit } = axisSpacings(fields, dimension);
  return {
    stored,
    sizes,
    encoding,
    littleEndian: endian !== 'big',
    spacings,
    micronsPerUnit: unit === undefined ? undefined : MICRONS[unit],
    isAnatomical: fields.has('space'),
    isList: sizes.map((_, axis) => (kinds.length === dimension ? !PLACES.has(kinds[axis]!) : false)),
    dataFile,
    lineSkip: Math.max(0, whole('line skip', fields.get('line skip') ?? fields.get('lineskip') ?? '0')),
    byteSkip: whole('byte skip', fields.get('byte skip') ?? fields.get('byteskip') ?? '0'),
    headerEnd: end ?? bytes.length,
  };
}

/** Lines up to the blank one, and the byte after it. */
function headerLines(bytes: Uint8Array): { lines: string[]; end: number | undefined } {
  const lines: string[] = [];
  const decoder = new TextDecoder('utf-8');
  for (let at = 0; at < bytes.length; ) {
    const stop = bytes.indexOf(10, at);
    if (stop < 0) {
      lines.push(decoder.decode(bytes.subarray(at)).replace(/\r$/, ''));
      break;
    }
    const line = decoder.decode(bytes.subarray(at, stop)).replace(/\r$/, '');
    at = stop + 1;
    if (line === '') return { lines, end: at };
    lines.push(line);
  }
  return { lines, end: undefined };
}

/** From `spacings`, or the lengths of the `space directions`; the unit from `space units` or `units`. */
function axisSpacings(fields: ReadonlyMap<string, string>, dimension: number): { spacings: number[]; unit: string | undefined } {
  const unit = /"([^"]*)"/
    .exec(fields.get('space units') ?? fields.get('units') ?? '')?.[1]
    ?.trim()
    .toLowerCase();
  const directions = fields.get('space directions')?.match(/none|\([^)]*\)/g);
  const texts = fields.get('spacings')?.split(/\s+/);
  const spacings = Array.from({ length: dimension }, (_, axis) => {
    const vector = directions?.[axis];
    if (vector?.startsWith('(')) return Math.hypot(...vector.slice(1, -1).split(',').map(Number));
    return Math.abs(Number(texts?.[axis] ?? Number.NaN));
  });
  return { spacings, unit };
}
