// The header of a NIfTI-1 or NIfTI-2 file: type, extents (x fastest), voxel size, scaling. Bytes from the start of the file.
// Sources: nifti1.h and nifti2.h (NIfTI Data Format Working Group, 2007 and 2011).
import { SomascopeError } from '../../base/errors.ts';
import type { Triple } from '../../base/volume.ts';
import type { StoredType } from '../volume.ts';

export interface NiftiHeader {
  readonly version: 1 | 2;
  readonly littleEndian: boolean;
  /** Extents as listed: x, y, z, time … */
  readonly extents: readonly number[];
  readonly stored: StoredType;
  /** Byte of the first voxel; 0 where the voxels are in a file of their own. */
  readonly dataOffset: number;
  readonly isDetached: boolean;
  /** Voxel size x, y, z in micrometres; undefined where the file gives none. */
  readonly voxelSize: Triple | undefined;
  readonly scaling: { readonly slope: number; readonly intercept: number } | undefined;
  /** The file says that its values are labels. */
  readonly isLabels: boolean;
  readonly notices: readonly string[];
}

export const HEADER_BYTES = { 1: 348, 2: 540 } as const;

const TYPES: Readonly<Record<number, StoredType>> = {
  2: 'uint8',
  4: 'int16',
  8: 'int32',
  16: 'float32',
  64: 'float64',
  256: 'int8',
  512: 'uint16',
  768: 'uint32',
  1024: 'int64',
  1280: 'uint64',
};
const REFUSED: Readonly<Record<number, string>> = {
  1: 'single bits',
  32: 'complex numbers',
  128: 'RGB colours',
  1536: '128-bit floats',
  1792: 'complex numbers',
  2048: 'complex numbers',
  2304: 'RGBA colours',
};
/** Micrometres. */
const UNITS: Readonly<Record<number, number>> = { 1: 1e6, 2: 1000, 3: 1 };
const LABEL_INTENT = 1002;
const MAX_AXIS = 2 ** 31 - 1;

const LAYOUTS = {
  1: {
    dim: 40,
    datatype: 70,
    pixdim: 76,
    offset: 108,
    slope: 112,
    intercept: 116,
    units: 123,
    qform: 252,
    sform: 254,
    rows: 280,
    intent: 68,
    magic: 344,
  },
  2: {
    dim: 16,
    datatype: 12,
    pixdim: 104,
    offset: 168,
    slope: 176,
    intercept: 184,
    units: 500,
    qform: 344,
    sform: 348,
    rows: 400,
    intent: 504,
    magic: 4,
  },
} as const;

/** Which version `bytes` begin with, told from their first four; undefined if they are no NIfTI header. */
export function niftiVersion(bytes: Uint8Array): { version: 1 | 2; littleEndian: boolean } | undefined {
  if (bytes.length < 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 4);
  for (const littleEndian of [true, false]) {
    const size = view.getInt32(0, littleEndian);
    if (size === 348 || size === 540) return { version: size === 348 ? 1 : 2, littleEndian };
  }
  return undefined;
}

/** Reads the header in the first 348 or 540 bytes. Throws Invalid, CutOff or Unsupported. */
export function parseNiftiHeader(bytes: Uint8Array, file: string): NiftiHeader {
  const found = niftiVersion(bytes);
  const fail = (tag: 'Invalid' | 'Unsupported', message: string, byte: number, hint = 'Export the volume again.') =>
    new SomascopeError(tag, message, { file, byte }, hint);
  if (!found) throw fail('Invalid', 'This is not a NIfTI file: it begins with neither 348 nor 540.', 0);
  const { version, littleEndian } = found;
  const size = HEADER_BYTES[version];
  if (bytes.length < size) {
    const message = `The NIfTI file ends inside its header: ${bytes.length} of ${size} bytes.`;
    throw new SomascopeError('CutOff', message, { file, byte: bytes.length }, 'Get the file again.');
  }
  const at = LAYOUTS[version];
  const view = new DataView(bytes.buffer, bytes.byteOffset, size);
  const magic = new TextDecoder('latin1').decode(bytes.subarray(at.magic, at.magic + 3));
  if (!/^n[+i][12]$/.test(magic))
    throw fail(
      'Unsupported',
      'The file is of the Analyze kind: its NIfTI mark (n+1 or n+2) is missing.',
      at.magic,
      'Save it as NIfTI.',
    );
  const long = (byte: number) => readInt64(view, byte, littleEndian);
  const float = (byte: number) => (version === 1 ? view.getFloat32(byte, littleEndian) : view.getFloat64(byte, littleEndian));
  const axes = version === 1 ? view.getInt16(at.dim, littleEndian) : long(at.dim);
  if (!(axes >= 1 && axes <= 7)) throw fail('Invalid', `The NIfTI header claims ${axes} axes; 1 to 7 are possible.`, at.dim);
  const extents: number[] = [];
  for (let axis = 1; axis <= axes; axis++) {
    const byte = at.dim + axis * (version === 1 ? 2 : 8);
    const extent = version === 1 ? view.getInt16(byte, littleEndian) : long(byte);
    if (!(extent >= 1 && extent <= MAX_AXIS))
      throw fail('Invalid', `Axis ${axis} of the NIfTI file claims ${extent} voxels.`, byte);
    extents.push(extent);
  }
  const code = view.getInt16(at.datatype, littleEndian);
  const stored = TYPES[code];
  if (!stored) {
    const what = REFUSED[code] ?? `type ${code}`;
    throw fail(
      'Unsupported',
      `The NIfTI file holds ${what}, which are not read here.`,
      at.datatype,
      'Save it as whole numbers or floats.',
    );
  }
  const isDetached = magic[1] === 'i';
  const dataOffset = version === 1 ? float(at.offset) : long(at.offset);
  if (!Number.isSafeInteger(dataOffset) || dataOffset < 0 || (!isDetached && dataOffset < size))
    throw fail('Invalid', `The NIfTI header puts the voxels at byte ${dataOffset}.`, at.offset);
  const slope = float(at.slope);
  const intercept = float(at.intercept);
  const isScaled = Number.isFinite(slope) && Number.isFinite(intercept) && slope !== 0 && (slope !== 1 || intercept !== 0);
  const intent = version === 1 ? view.getInt16(at.intent, littleEndian) : view.getInt32(at.intent, littleEndian);
  const { voxelSize, notices } = readVoxelSize(view, version, littleEndian, extents.length);
  const scaling = isScaled ? { slope, intercept } : undefined;
  const isLabels = intent === LABEL_INTENT;
  return { version, littleEndian, extents, stored, dataOffset, isDetached, voxelSize, scaling, isLabels, notices };
}

/** The lengths of the sform's columns where it counts, else pixdim; NIfTI's unit codes are metre, millimetre, micrometre. */
function readVoxelSize(
  view: DataView,
  version: 1 | 2,
  littleEndian: boolean,
  axes: number,
): { voxelSize: Triple | undefined; notices: string[] } {
  const at = LAYOUTS[version];
  const wide = version === 1 ? 4 : 8;
  const float = (byte: number) => (version === 1 ? view.getFloat32(byte, littleEndian) : view.getFloat64(byte, littleEndian));
  const code = (byte: number) => (version === 1 ? view.getInt16(byte, littleEndian) : view.getInt32(byte, littleEndian));
  const unit = (version === 1 ? view.getUint8(at.units) : view.getInt32(at.units, littleEndian)) & 7;
  const hasSform = code(at.sform) > 0;
  const lengths = [0, 1, 2].map((axis) => {
    if (!hasSform) return axis < axes ? Math.abs(float(at.pixdim + (axis + 1) * wide)) : Number.NaN;
    return Math.hypot(...[0, 1, 2].map((row) => float(at.rows + (row * 4 + axis) * wide)));
  });
  if (axes < 3 && !(lengths[2]! > 0)) lengths[2] = lengths[0]!;
  if (!lengths.every((length) => Number.isFinite(length) && length > 0)) return { voxelSize: undefined, notices: [] };
  const factor = UNITS[unit] ?? 1000;
  const notices = UNITS[unit] ? [] : ['The NIfTI file names no unit of length; millimetres are assumed.'];
  return { voxelSize: lengths.map((length) => roundOff(length * factor)) as unknown as Triple, notices };
}

/** Float32 numbers as a person wrote them: 1.17, not 1.1699999570846558. */
function roundOff(value: number): number {
  return Number(value.toPrecision(7));
}

function readInt64(view: DataView, byte: number, littleEndian: boolean): number {
  return Number(view.getBigInt64(byte, littleEndian));
}
