// What a slice panel shows: the image's plane (or slab) and the planes of truth, prediction and scribbles, within the chosen part.
import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import type { Triple } from '../../../base/volume.ts';
import type { SlicePlane } from '../../../render/layers/slice.ts';
import { labelCodes, PLANE_AXES, type PlaneName, planeOf, slabOf } from '../shared/planes.ts';
import { brickPlane, fetchBricks, isTooLarge } from './bricks.ts';
import { imageOf, labelsOf, scribblesOf, shownRange, type VolumeDataset } from './datasets.ts';
import { earlyPlane } from './early.ts';
import { shownLayer } from './store.ts';

export interface ShownPlane extends Omit<SlicePlane, 'image'> {
  readonly image: Plane | null;
}

/** null while nothing is there. `unit`: camera units a voxel, per axis. */
export function shownPlane(dataset: VolumeDataset, plane: PlaneName, unit: Triple): ShownPlane | null {
  const state = dataset.store.getState();
  const { across, row, col } = PLANE_AXES[plane];
  const { from, to } = shownRange(dataset);
  const [, height, width] = dataset.shape;
  const shape: Triple = [to - from, height, width];
  const index = Math.min(shape[across]! - 1, Math.max(0, state.position[across]! - (across === 0 ? from : 0)));
  const part = <T extends NumericArray>(data: T): T => data.subarray(from * height * width, to * height * width) as T;
  const fits = (data: NumericArray) => data.length === dataset.shape[0] * height * width;
  const labels = (['truth', 'prediction'] as const).map((role) => {
    const found = labelsOf(dataset, role);
    return found && fits(found.data) ? labelCodes(planeOf(part(found.data), shape, plane, index)).data : null;
  });
  const scribbles = scribblesOf(dataset);
  const image = imagePlane(dataset, plane, index, { part, shape });
  if (!image && labels.every((one) => one === null)) return null;
  return {
    image,
    labels: [...labels, scribbles ? planeOf(part(scribbles), shape, plane, index).data : null],
    height: shape[row]!,
    width: shape[col]!,
    aspect: { row: unit[row]!, col: unit[col]! },
  };
}

interface Part {
  readonly part: <T extends NumericArray>(data: T) => T;
  readonly shape: Triple;
}

function imagePlane(dataset: VolumeDataset, plane: PlaneName, index: number, { part, shape }: Part): Plane | null {
  const { slab, position } = dataset.store.getState();
  const image = imageOf(dataset);
  if (image) return slabOf(part(image.data), shape, plane, index, slab);
  const layer = shownLayer(dataset.store.getState(), 'image');
  if (!layer) return null;
  if (!isTooLarge(dataset, layer)) return plane === 'xy' ? earlyPlane(dataset, layer, position[0]) : null;
  const made = brickPlane(dataset, layer, plane, index);
  if (made && plane === 'xy') fetchBricks(dataset, layer, position);
  return made;
}

/** The image planes on screen, for the contrast of what is visible. */
export function visibleImages(dataset: VolumeDataset): NumericArray[] {
  return (['xy', 'xz', 'yz'] as const).flatMap((plane) => shownPlane(dataset, plane, [1, 1, 1])?.image?.data ?? []);
}
