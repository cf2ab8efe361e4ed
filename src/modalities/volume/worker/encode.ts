// Files made of voxels: .npy, .npz and NIfTI. Arrays [z, y, x].
import { joinBytes } from '../../../base/bytes.ts';
import { BYTES, type NumericArray } from '../../../base/ndarray.ts';
import { type Triple, voxelsOf } from '../../../base/volume.ts';
import { writeNifti, writeNiftiHead } from '../../../formats/nifti/index.ts';
import { writeNpy, writeNpyHead } from '../../../formats/npy/index.ts';
import { crc32 } from '../../../formats/zip/crc32.ts';
import { headerOf, writeZip, zipDirectory } from '../../../formats/zip/write.ts';
import type { StreamedEnd, StreamedFile, StreamedStart } from '../shared/types.ts';

export interface EncodeInput {
  readonly as: 'npy' | 'npz' | 'nifti';
  readonly shape: readonly number[];
  /** Name of the array in an .npz. */
  readonly name: string;
  /** Micrometres; null where it is unknown. */
  readonly voxelSize: Triple | null;
  readonly note: string;
}

export function encode({ as, shape, name, voxelSize, note }: EncodeInput, data: NumericArray): Uint8Array<ArrayBuffer> {
  if (as === 'nifti') return writeNifti(data, shape as Triple, { voxelSize, description: note, isLabels: true });
  const npy = writeNpy({ data, shape });
  return as === 'npy' ? npy : joinBytes(writeZip([{ name: `${name}.npy`, bytes: npy }]));
}

const DESCR = { uint8: '|u1', uint16: '<u2', uint32: '<u4' } as const;

/** What stands before the voxels of a file that is written piece by piece; throws `Unsupported` where the format cannot hold them. */
export function startFile(file: StreamedFile): StreamedStart {
  const { as, shape, dtype, voxelSize, note } = file;
  if (as === 'nifti') return { pieces: [writeNiftiHead(dtype, shape, { voxelSize, description: note, isLabels: true })], crc: 0 };
  const head = writeNpyHead(DESCR[dtype], shape);
  return { pieces: as === 'npy' ? [head] : [headerOf(memberOf(file, 0)), head], crc: crc32(head) };
}

/** The first piece of an .npz once more, now that the checksum of its array is known, and what stands behind the array. */
export function endFile({ file, crc }: { readonly file: StreamedFile; readonly crc: number }): StreamedEnd {
  const member = memberOf(file, crc);
  const first = headerOf(member);
  return { first, last: zipDirectory([member], first.length + member.size) };
}

function memberOf({ shape, dtype, name }: StreamedFile, crc: number) {
  const size = writeNpyHead(DESCR[dtype], shape).length + voxelsOf(shape) * BYTES[dtype];
  return { name: `${name}.npy`, size, crc, at: 0 };
}

/** The checksum of what was written so far, and the piece itself, which was handed over. */
export function addChecksum({ crc }: { readonly crc: number }, piece: Uint8Array<ArrayBuffer>) {
  return { crc: crc32(piece, crc), piece };
}
