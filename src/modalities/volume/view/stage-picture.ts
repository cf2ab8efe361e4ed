// The four pictures of a volume in one context: three slices and the 3-D panel, each a scissored box of one canvas. It follows the
// store and draws on request; slices are cut on this thread, because a plane of 256 × 256 takes less time than a message.
import { mark } from '../../../base/marks.ts';
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
import { codesOf } from '../../../render/quantise.ts';
import type { Box } from '../../../render/view.ts';
import { reportError } from '../../../state/log.ts';
import { PLANE_AXES, PLANES, type PlaneName } from '../shared/planes.ts';
import { shownRange, type VolumeDataset } from './datasets.ts';
import { ObliquePlane } from './oblique.ts';
import { shade } from './shades.ts';
import { paletteOf } from './shown-palette.ts';
import { shownPlane, windowIn } from './shown-plane.ts';
import { SolidPanel } from './solid-panel.ts';
import { type PanelName, StagePlaces } from './stage-places.ts';
import { shownLayer, type VolumeState } from './store.ts';

const WELL = [10, 10, 10] as const;

export class StagePicture extends StagePlaces {
  readonly loop: FrameLoop;
  readonly gl: Gl;
  private readonly palettes: Palettes;
  private readonly slices: Readonly<Record<PlaneName, SliceLayer>>;
  private readonly solid: SolidPanel;
  private readonly keys = new Map<string, string>();
  private readonly stops: (() => void)[] = [];
  private readonly oblique: ObliquePlane;
  private size: CanvasSize | undefined;
  /** Whether a slice of the image was drawn, and whether that was told. */
  private first: 'waiting' | 'cut' | 'told' = 'waiting';
  private readonly onDrawn: () => void;

  constructor(canvas: HTMLCanvasElement, dataset: VolumeDataset, onDrawn: () => void) {
    super(dataset, () => this.loop.invalidate());
    this.onDrawn = onDrawn;
    this.gl = createGl(canvas);
    this.palettes = createPalettes(this.gl);
    this.slices = { xy: createSliceLayer(this.gl), xz: createSliceLayer(this.gl), yz: createSliceLayer(this.gl) };
    this.solid = new SolidPanel(this.gl, dataset, () => this.loop.invalidate());
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
  }

  private follow(now: VolumeState, before: VolumeState): void {
    this.solid.follow(now, before);
    this.oblique.follow(now);
    this.loop.invalidate();
  }

  /** What every slice is drawn with now. */
  private look(state: VolumeState): SliceLook {
    const { overlay, contrast, chosenClass, swipe, blink, highlight } = state;
    const styleOf = (role: 'truth' | 'prediction') => {
      const layer = shownLayer(state, role);
      if (!layer || overlay === 'none' || (blink && role === 'prediction')) return null;
      return { fill: layer.fill, outline: layer.outline ? 1 : 0, width: role === 'truth' ? 1 : 2 };
    };
    const colour = (name: `--${string}`) => parseColour(shade(name));
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
  private refresh(state: VolumeState, pixelRatio: number): void {
    const range = shownRange(this.dataset);
    for (const plane of PLANES) {
      const seen = this.seenIn(plane, pixelRatio);
      if (!seen) continue;
      const window = windowIn(this.dataset, plane, seen);
      const tilted = plane === 'xy' ? this.oblique.current : null;
      const key = JSON.stringify([
        plane === 'xy' && this.oblique.isTilted ? tilted?.key : state.position[PLANE_AXES[plane].across],
        window && [window.level.number, window.rows, window.cols],
        state.slab,
        state.versions,
        range,
        state.voxelSize,
        this.dataset.shape,
        state.layers.map(({ id, visible, status }) => [id, visible, status]),
      ]);
      if (this.keys.get(plane) === key) continue;
      const made = tilted?.plane ?? shownPlane(this.dataset, plane, this.unit(), window);
      if (!made) continue;
      this.keys.set(plane, key);
      try {
        this.slices[plane].setPlane({ ...made, image: made.image && codesOf(made.image) });
        if (made.image && this.first === 'waiting') this.first = 'cut';
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
    this.refresh(state, size.pixelRatio);
    this.gl.clear(WELL);
    this.drawPanels(size.pixelRatio, size.deviceHeight, state, (panel) => this.boxOf(panel), false);
    this.onDrawn();
    if (this.first !== 'cut') return;
    this.first = 'told';
    mark('first-slice');
  }

  /** Draws the panels that have a box into a picture for saving. */
  paint(pixelRatio: number, targetHeight: number, state: VolumeState, boxFor: (panel: PanelName) => Box | undefined): void {
    this.drawPanels(pixelRatio, targetHeight, state, boxFor, true);
  }

  private drawPanels(
    pixelRatio: number,
    targetHeight: number,
    state: VolumeState,
    boxFor: (panel: PanelName) => Box | undefined,
    isWhole: boolean,
  ): void {
    const look = this.look(state);
    for (const plane of PLANES) {
      const box = boxFor(plane);
      const camera = this.cameraOf(plane);
      if (box && camera) this.slices[plane].draw({ box, pixelRatio, targetHeight }, camera, look, this.palettes);
    }
    const box = boxFor('3d');
    if (box) this.solid.paint({ box, pixelRatio, targetHeight }, state, look, isWhole);
  }

  destroy(): void {
    this.solid.stop();
    for (const stop of this.stops) stop();
    this.oblique.stop();
    this.loop.destroy();
    this.gl.destroy();
  }
}
