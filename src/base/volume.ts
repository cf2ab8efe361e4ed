// Words for volumes that readers, modality and views share. Axes are always z, y, x; boxes are half-open, in voxels.

/** [z, y, x]. */
export type Triple = readonly [z: number, y: number, x: number];

/** How a volume is kept on disk. */
export type VolumeFormat = 'npy' | 'npz' | 'npygz' | 'tiff' | 'png' | 'jpeg' | 'nifti' | 'nrrd' | 'hdf5' | 'precomputed' | 'zarr';

/** What a volume shows: grey values, the true labels, or labels to be scored against them. */
export type VolumeRole = 'image' | 'truth' | 'prediction';

/** Number of voxels of a box or shape. */
export function voxelsOf([z, y, x]: Triple): number {
  return z * y * x;
}

/** Extents of the box `from` … `to`. */
export function extentOf(from: Triple, to: Triple): Triple {
  return [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
}

/** 20 × 256 × 256. */
export function shapeText(shape: readonly number[]): string {
  return shape.join(' × ');
}
