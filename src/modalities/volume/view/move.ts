// Where one is in the volume: steps along an axis, within the part that is shown.
import type { Triple } from '../../../base/volume.ts';
import { PLANE_AXES } from '../shared/planes.ts';
import { shownRange, type VolumeDataset } from './datasets.ts';

/** The voxel nearest to `position` in the part that is shown. */
export function goTo(dataset: VolumeDataset, position: Triple): void {
  const { from, to } = shownRange(dataset);
  const limits = [
    [from, to],
    [0, dataset.shape[1]],
    [0, dataset.shape[2]],
  ] as const;
  const next = position.map((at, axis) =>
    Math.min(limits[axis]![1] - 1, Math.max(limits[axis]![0], Math.floor(at))),
  ) as unknown as Triple;
  const now = dataset.store.getState().position;
  if (next.some((at, axis) => at !== now[axis])) dataset.store.setState({ position: next });
}

/** Where the crosshair lies in the part that is shown: shares 0…1 of x, y, z. */
export function cutShares(dataset: VolumeDataset): [x: number, y: number, z: number] {
  const { from, to } = shownRange(dataset);
  const [z, y, x] = dataset.store.getState().position;
  return [(x + 0.5) / dataset.shape[2], (y + 0.5) / dataset.shape[1], (z - from + 0.5) / (to - from)];
}

export function step(dataset: VolumeDataset, axis: 0 | 1 | 2, by: number): void {
  const position = [...dataset.store.getState().position] as [number, number, number];
  position[axis] += by;
  goTo(dataset, position);
}

/** To a slice of the chosen plane. */
export function goToSlice(dataset: VolumeDataset, index: number): void {
  const { plane, position } = dataset.store.getState();
  const next = [...position] as [number, number, number];
  next[PLANE_AXES[plane].across] = index;
  goTo(dataset, next);
}

export function chooseCutout(dataset: VolumeDataset, cutout: string | null): void {
  dataset.store.setState({ cutout, camera: null });
  const { from, to } = shownRange(dataset);
  const { position } = dataset.store.getState();
  if (position[0] < from || position[0] >= to) goTo(dataset, [Math.floor((from + to) / 2), position[1], position[2]]);
}
