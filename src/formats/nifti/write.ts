// A volume as a NIfTI-1 file: x fastest, little-endian, voxel size in micrometres in both transforms, no scaling.
// Source: nifti1.h (NIfTI Data Format Working Group, 2007).
import { SomascopeError } from '../../base/errors.ts';
import { BYTES, type DType, dtypeOf, type NumericArray } from '../../base/ndarray.ts';
import { grouped } from '../../base/number-format.ts';
import { shapeText, type Triple, voxelsOf } from '../../base/volume.ts';

export interface NiftiNotes {
  /** z, y, x in micrometres; null where it is unknown. */
  readonly voxelSize: Triple | null;
  /** At most 79 characters of ASCII. */
  readonly description: string;
  /** Marks the values as labels (intent NIFTI_INTENT_LABEL). */
  readonly isLabels: boolean;
}

const CODES = { uint8: 2, int16: 4, int32: 8, float32: 16, float64: 64, int8: 256, uint16: 512, uint32: 768 } as const;
const DATA_AT = 352;
const MAX_EXTENT = 32_767;

/** `data` is [z, y, x] of `shape`; throws `Unsupported` for extents that NIfTI-1 cannot name. */
export function writeNifti(data: NumericArray, shape: Triple, notes: NiftiNotes): Uint8Array<ArrayBuffer> {
  if (voxelsOf(shape) !== data.length) throw new RangeError(`shape ${shape} does not hold ${data.length} voxels`);
  const head = writeNiftiHead(dtypeOf(data), shape, notes);
  const bytes = new Uint8Array(DATA_AT + data.byteLength);
  bytes.set(head);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), DATA_AT);
  return bytes;
}

/** What stands before the voxels, for volumes whose voxels are written piece by piece. Throws `Unsupported` as `writeNifti` does. */
export function writeNiftiHead(dtype: DType, shape: Triple, notes: NiftiNotes): Uint8Array<ArrayBuffer> {
  if (shape.some((extent) => extent > MAX_EXTENT)) {
    const message = `NIfTI-1 has at most ${grouped(MAX_EXTENT)} voxels along an axis; the volume is ${shapeText(shape)}.`;
    throw new SomascopeError('Unsupported', message, {}, 'Save it as NPY or NPZ.');
  }
  const bytes = new Uint8Array(DATA_AT);
  const view = new DataView(bytes.buffer);
  const [depth, height, width] = shape;
  const [sizeZ, sizeY, sizeX] = notes.voxelSize ?? [1, 1, 1];
  const isKnown = notes.voxelSize !== null;
  view.setInt32(0, 348, true);
  [3, width, height, depth, 1, 1, 1, 1].forEach((extent, axis) => {
    view.setInt16(40 + 2 * axis, extent, true);
  });
  if (notes.isLabels) view.setInt16(68, 1002, true);
  view.setInt16(70, CODES[dtype], true);
  view.setInt16(72, 8 * BYTES[dtype], true);
  [1, sizeX, sizeY, sizeZ].forEach((size, axis) => {
    view.setFloat32(76 + 4 * axis, size, true);
  });
  view.setFloat32(108, DATA_AT, true);
  view.setUint8(123, isKnown ? 3 : 0);
  new TextEncoder().encodeInto(notes.description.slice(0, 79), bytes.subarray(148, 227));
  if (isKnown) {
    view.setInt16(254, 1, true);
    [sizeX, sizeY, sizeZ].forEach((size, axis) => {
      view.setFloat32(280 + 20 * axis, size, true);
    });
  }
  bytes.set([0x6e, 0x2b, 0x31, 0], 344);
  return bytes;
}
