// Where the panels of a volume lie and what is under a point of them: boxes in CSS px, cameras in units (the smallest edge of a voxel
// is 1), positions [z, y, x] in voxels. All slices share one camera.
import type { Triple } from '../../../base/volume.ts';
import { type Camera, fitCamera, MAX_ZOOM, type Point, toImage } from '../../../render/camera.ts';
import type { Box } from '../../../render/view.ts';
import { PLANE_AXES, type PlaneName } from '../shared/planes.ts';
import type { Seen } from './brick-window.ts';
import { shownRange, type VolumeDataset } from './datasets.ts';

export type PanelName = PlaneName | '3d';
export const PANELS: readonly PanelName[] = ['xy', 'yz', 'xz', '3d'];

export class StagePlaces {
  protected readonly dataset: VolumeDataset;
  private readonly changed: () => void;
  private boxes: Partial<Record<PanelName, Box>> = {};

  constructor(dataset: VolumeDataset, changed: () => void) {
    this.dataset = dataset;
    this.changed = changed;
  }

  /** Where the panels lie in the canvas, in CSS px. */
  place(boxes: Partial<Record<PanelName, Box>>): void {
    this.boxes = boxes;
    this.changed();
  }

  boxOf(panel: PanelName): Box | undefined {
    return this.boxes[panel];
  }

  /** Units of the camera a voxel, per axis z, y, x: the smallest edge is 1. */
  unit(): Triple {
    const { voxelSize } = this.dataset.store.getState();
    const least = Math.min(...voxelSize);
    return voxelSize.map((edge) => edge / least) as unknown as Triple;
  }

  cameraOf(plane: PlaneName): Camera | undefined {
    const box = this.boxes[plane];
    if (!box || box.width < 1 || box.height < 1) return undefined;
    const { camera } = this.dataset.store.getState();
    const unit = this.unit();
    const { row, col } = PLANE_AXES[plane];
    const { from, to } = shownRange(this.dataset);
    const extent = (axis: number) => (axis === 0 ? to - from : this.dataset.shape[axis]!);
    if (!camera) return fitCamera({ height: extent(row) * unit[row]!, width: extent(col) * unit[col]! }, box, 0);
    const at = (axis: number) => (camera.centre[axis]! - (axis === 0 ? from : 0)) * unit[axis]!;
    return { row: at(row), col: at(col), zoom: camera.zoom };
  }

  /** Which voxels of the volume a panel shows, and how densely. */
  seenIn(plane: PlaneName, pixelRatio: number): Seen | undefined {
    const camera = this.cameraOf(plane);
    const box = this.boxOf(plane);
    if (!camera || !box) return undefined;
    const unit = this.unit();
    const { row, col } = PLANE_AXES[plane];
    const span = (centre: number, length: number, axis: number) => {
      const half = length / 2 / camera.zoom;
      return [(centre - half) / unit[axis]!, (centre + half) / unit[axis]!] as const;
    };
    const perPixel = (axis: number) => 1 / (camera.zoom * unit[axis]! * pixelRatio);
    return {
      rows: span(camera.row, box.height, row),
      cols: span(camera.col, box.width, col),
      perPixel: { row: perPixel(row), col: perPixel(col) },
    };
  }

  /** Fractional voxel under a point of a panel, and whether it lies in the volume. */
  under(plane: PlaneName, at: Point): { voxel: Triple; inside: boolean } | undefined {
    const camera = this.cameraOf(plane);
    const box = this.boxes[plane];
    if (!camera || !box) return undefined;
    const found = toImage(camera, box, at);
    const unit = this.unit();
    const { across, row, col } = PLANE_AXES[plane];
    const { from, to } = shownRange(this.dataset);
    const voxel: [number, number, number] = [0, 0, 0];
    voxel[across] = this.dataset.store.getState().position[across]!;
    voxel[row] = found.row / unit[row]! + (row === 0 ? from : 0);
    voxel[col] = found.col / unit[col]! + (col === 0 ? from : 0);
    const limits = [
      [from, to],
      [0, this.dataset.shape[1]],
      [0, this.dataset.shape[2]],
    ] as const;
    const inside = [row, col].every((axis) => voxel[axis]! >= limits[axis]![0] && voxel[axis]! < limits[axis]![1]);
    return { voxel, inside };
  }

  /** Zooms all slices; the voxel under the cursor of `plane` stays there. */
  zoomBy(plane: PlaneName, factor: number, at: Point): void {
    const camera = this.cameraOf(plane);
    const box = this.boxes[plane];
    const under = this.under(plane, at);
    if (!camera || !box || !under) return;
    const zoom = Math.min(MAX_ZOOM, Math.max(0.02, camera.zoom * factor));
    const unit = this.unit();
    const { row, col } = PLANE_AXES[plane];
    const centre = [...(this.dataset.store.getState().camera?.centre ?? this.dataset.store.getState().position)] as [
      number,
      number,
      number,
    ];
    centre[row] = under.voxel[row]! - (at.y - box.height / 2) / zoom / unit[row]!;
    centre[col] = under.voxel[col]! - (at.x - box.width / 2) / zoom / unit[col]!;
    this.dataset.store.setState({ camera: { centre: this.kept(centre), zoom } });
  }

  panBy(plane: PlaneName, dx: number, dy: number): void {
    const camera = this.cameraOf(plane);
    if (!camera) return;
    const { store } = this.dataset;
    const unit = this.unit();
    const { row, col } = PLANE_AXES[plane];
    const { from, to } = shownRange(this.dataset);
    const middle: Triple = [(from + to) / 2, this.dataset.shape[1] / 2, this.dataset.shape[2] / 2];
    const centre = [...(store.getState().camera?.centre ?? middle)] as [number, number, number];
    centre[row]! -= dy / camera.zoom / unit[row]!;
    centre[col]! -= dx / camera.zoom / unit[col]!;
    store.setState({ camera: { centre: this.kept(centre), zoom: camera.zoom } });
  }

  private kept(centre: readonly number[]): Triple {
    return centre.map((value, axis) => Math.min(this.dataset.shape[axis]!, Math.max(0, value))) as unknown as Triple;
  }
}
