// The four pictures of a volume in one context: three slices and the 3-D panel, each a scissored box of one canvas. It follows the
// store and draws on request; slices are cut on this thread, because a plane of 256 × 256 takes less time than a message.

import type { Triple } from '../../../base/volume.ts';
import type { Camera, Point } from '../../../render/camera.ts';
import { fitCamera, MAX_ZOOM, toImage } from '../../../render/camera.ts';
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import { parseColour } from '../../../render/colour.ts';
import { createGl, type Gl } from '../../../render/context.ts';
import { createFrameLoop, type FrameLoop } from '../../../render/frame-loop.ts';
import {
  createPalettes,
  createSliceLayer,
  type Palettes,
  type SliceLayer,
  type SliceLook,
} from '../../../render/layers/slice.ts';
import { createVolumeLayer, type VolumeLayer } from '../../../render/layers/volume.ts';
import { codesOf } from '../../../render/quantise.ts';
import type { Box } from '../../../render/view.ts';
import { reportError } from '../../../state/log.ts';
import { token } from '../../../ui/css-vars.ts';
import { PLANE_AXES, PLANES, type PlaneName } from '../shared/planes.ts';
import { type MadeAtlas, makeAtlas } from './atlas.ts';
import { shownRange, type VolumeDataset } from './datasets.ts';
import { ObliquePlane } from './oblique.ts';
import { paletteOf } from './shown-palette.ts';
import { shownPlane } from './shown-plane.ts';
import { shownLayer, type VolumeState } from './store.ts';

export type PanelName = PlaneName | '3d';
export const PANELS: readonly PanelName[] = ['xy', 'yz', 'xz', '3d'];

const ATLAS_AFTER_MS = 150;
/** The 3-D picture is coarse while it turns. */
const COARSE = 0.34;
const FINE_AFTER_MS = 220;
const WELL = [10, 10, 10] as const;

export class StagePicture {
  readonly loop: FrameLoop;
  readonly gl: Gl;
  private readonly dataset: VolumeDataset;
  private readonly palettes: Palettes;
  private readonly slices: Readonly<Record<PlaneName, SliceLayer>>;
  private readonly volume: VolumeLayer;
  private readonly keys = new Map<string, string>();
  private readonly stops: (() => void)[] = [];
  private readonly oblique: ObliquePlane;
  private boxes: Partial<Record<PanelName, Box>> = {};
  private size: CanvasSize | undefined;
  private atlasTimer: ReturnType<typeof setTimeout> | undefined;
  private fineTimer: ReturnType<typeof setTimeout> | undefined;
  private quality = 1;
  private made: MadeAtlas | undefined;
  private readonly palette3d = { key: '', table: new Uint8Array(256 * 4) };
  private readonly onDrawn: () => void;

  constructor(canvas: HTMLCanvasElement, dataset: VolumeDataset, onDrawn: () => void) {
    this.dataset = dataset;
    this.onDrawn = onDrawn;
    this.gl = createGl(canvas);
    this.palettes = createPalettes(this.gl);
    this.slices = { xy: createSliceLayer(this.gl), xz: createSliceLayer(this.gl), yz: createSliceLayer(this.gl) };
    this.volume = createVolumeLayer(this.gl);
    this.loop = createFrameLoop(() => this.draw());
    this.oblique = new ObliquePlane(dataset, () => {
      this.keys.delete('xy');
      this.loop.invalidate();
    });
    this.stops.push(
      this.gl.onLost((lost) => {
        this.keys.clear();
        if (!lost) this.loop.invalidate();
      }),
      observeCanvasSize(canvas, (size) => {
        this.size = size;
        this.gl.resize(size.deviceWidth, size.deviceHeight);
        this.loop.invalidate();
      }),
      dataset.store.subscribe((now, before) => this.follow(now, before)),
    );
    this.planAtlas();
  }

  /** Where the panels lie in the canvas, in CSS px. */
  place(boxes: Partial<Record<PanelName, Box>>): void {
    this.boxes = boxes;
    this.loop.invalidate();
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

  private follow(now: VolumeState, before: VolumeState): void {
    if (now.turn !== before.turn) this.coarse();
    const changed = (['versions', 'cutout', 'layers', 'voxelSize'] as const).some((key) => now[key] !== before[key]);
    if (changed) this.planAtlas();
    this.oblique.follow(now);
    this.loop.invalidate();
  }

  private coarse(): void {
    this.quality = COARSE;
    clearTimeout(this.fineTimer);
    this.fineTimer = setTimeout(() => {
      this.quality = 1;
      this.loop.invalidate();
    }, FINE_AFTER_MS);
  }

  private planAtlas(): void {
    clearTimeout(this.atlasTimer);
    this.atlasTimer = setTimeout(() => {
      const made = makeAtlas(this.dataset, this.made?.key);
      if (!made) return;
      this.made = made;
      this.volume.setAtlas(made.atlas);
      this.loop.invalidate();
    }, ATLAS_AFTER_MS);
  }

  /** What every slice is drawn with now. */
  private look(state: VolumeState): SliceLook {
    const { overlay, contrast, chosenClass, swipe, blink, highlight } = state;
    const styleOf = (role: 'truth' | 'prediction') => {
      const layer = shownLayer(state, role);
      if (!layer || overlay === 'none' || (blink && role === 'prediction')) return null;
      return { fill: layer.fill, outline: layer.outline ? 1 : 0, width: role === 'truth' ? 1 : 2 };
    };
    const colour = (name: `--${string}`) => parseColour(token(name));
    return {
      look: contrast ?? { low: 0, high: 255, gamma: 1, map: 'gray' },
      labels: [styleOf('truth'), styleOf('prediction'), { fill: 0.9, outline: 0, width: 1 }],
      compare: overlay === 'errors' && !blink ? (chosenClass ?? -1) : null,
      swipe,
      highlight,
      errors: [colour('--tp'), colour('--fp'), colour('--fn')],
    };
  }

  /** Cuts the planes that changed since they were drawn last. */
  private refresh(state: VolumeState): void {
    const range = shownRange(this.dataset);
    for (const plane of PLANES) {
      if (!this.boxes[plane]) continue;
      const tilted = plane === 'xy' ? this.oblique.current : null;
      const key = JSON.stringify([
        plane === 'xy' && this.oblique.isTilted ? tilted?.key : state.position[PLANE_AXES[plane].across],
        state.slab,
        state.versions,
        range,
        state.voxelSize,
        this.dataset.shape,
        state.layers.map(({ id, visible, status }) => [id, visible, status]),
      ]);
      if (this.keys.get(plane) === key) continue;
      const made = tilted?.plane ?? shownPlane(this.dataset, plane, this.unit());
      if (!made) continue;
      this.keys.set(plane, key);
      try {
        this.slices[plane].setPlane({ ...made, image: made.image && codesOf(made.image) });
      } catch (error) {
        reportError(error, 'A slice cannot be drawn');
      }
    }
    for (const [slot, role] of (['truth', 'prediction', 'scribbles'] as const).entries()) {
      const { key, table } = paletteOf(this.dataset, role, this.keys.get(`palette ${slot}`));
      if (!table) continue;
      this.keys.set(`palette ${slot}`, key);
      this.palettes.set(slot as 0 | 1 | 2, table);
    }
  }

  private draw(): void {
    const { size } = this;
    if (!size || !this.gl.regl) return;
    const state = this.dataset.store.getState();
    this.refresh(state);
    this.gl.clear(WELL);
    this.paint(size.pixelRatio, size.deviceHeight, state, (panel) => this.boxes[panel]);
    this.onDrawn();
  }

  /** Draws the panels that have a box; also into a picture for saving. */
  paint(pixelRatio: number, targetHeight: number, state: VolumeState, boxFor: (panel: PanelName) => Box | undefined): void {
    const look = this.look(state);
    for (const plane of PLANES) {
      const box = boxFor(plane);
      const camera = this.cameraOf(plane);
      if (box && camera) this.slices[plane].draw({ box, pixelRatio, targetHeight }, camera, look, this.palettes);
    }
    const box = boxFor('3d');
    const { made } = this;
    if (!box || !made) return;
    const { key, table } = paletteOf(
      this.dataset,
      shownLayer(state, 'prediction') ? 'prediction' : 'truth',
      this.palette3d.key,
      true,
    );
    if (table) Object.assign(this.palette3d, { key, table });
    const { atlas, ends } = made;
    const hasLabels = atlas.labels !== null && state.overlay !== 'none';
    const mode = state.volumeMode === 'surfaces' && !hasLabels ? 'cloud' : state.volumeMode;
    const byte = (value: number) => ((value - ends.low) / (ends.high - ends.low)) * 255;
    this.volume.draw(
      { box, pixelRatio, targetHeight },
      {
        mode: mode !== 'surfaces' && !atlas.grey ? 'surfaces' : mode,
        look: { ...look.look, low: byte(look.look.low), high: byte(look.look.high) },
        palette: this.palette3d.table,
        turn: state.turn,
        quality: this.quality,
      },
    );
  }

  destroy(): void {
    clearTimeout(this.atlasTimer);
    clearTimeout(this.fineTimer);
    for (const stop of this.stops) stop();
    this.oblique.stop();
    this.loop.destroy();
    this.gl.destroy();
  }
}
