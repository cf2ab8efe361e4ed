// Files made of voxels: .npy, .npz and NIfTI. Arrays [z, y, x].
import { joinBytes } from '../../../base/bytes.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Triple } from '../../../base/volume.ts';
import { writeNifti } from '../../../formats/nifti/index.ts';
import { writeNpy, writeNpyHead } from '../../../formats/npy/index.ts';
import { writeZip } from '../../../formats/zip/write.ts';

export interface EncodeInput {
  readonly as: 'npy' | 'npz' | 'nifti';
  readonly shape: readonly number[];
  /** Name of the array in an .npz. */
  readonly name: string;
  /** Micrometres; null where it is unknown. */
  readonly voxelSize: Triple | null;
  readonly note: string;
}

/** The head of an .npy file of bytes, whose voxels are written behind it. */
export const npyHead = ({ shape }: { readonly shape: Triple }): Uint8Array<ArrayBuffer> => writeNpyHead('|u1', shape);

export function encode({ as, shape, name, voxelSize, note }: EncodeInput, data: NumericArray): Uint8Array<ArrayBuffer> {
  if (as === 'nifti') return writeNifti(data, shape as Triple, { voxelSize, description: note, isLabels: true });
  const npy = writeNpy({ data, shape });
  return as === 'npy' ? npy : joinBytes(writeZip([{ name: `${name}.npy`, bytes: npy }]));
}
