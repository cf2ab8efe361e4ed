// The 3-D panel: the volume as an atlas that follows what is shown a moment later, coarse while it turns, then finer, band by band
// between frames, so that no frame waits for it.
import { drive } from '../../../base/steps.ts';
import type { Gl } from '../../../render/context.ts';
import type { SliceLook } from '../../../render/layers/slice.ts';
import { createVolumeLayer, type VolumeLayer, type VolumeLook } from '../../../render/layers/volume.ts';
import { createPaced, type Paced } from '../../../render/paced.ts';
import type { Box } from '../../../render/view.ts';
import { type MadeAtlas, makeAtlas } from './atlas.ts';
import type { VolumeDataset } from './datasets.ts';
import { cutShares } from './move.ts';
import { paletteOf } from './shown-palette.ts';
import { shownLayer, type VolumeState } from './store.ts';

const ATLAS_AFTER_MS = 150;
const SLICE_MS = 8;
const FINE_AFTER_MS = 220;
/** Rows of the fine picture that are drawn at a time, at least. */
const ROWS = 8;

export interface Target {
  readonly box: Box;
  readonly pixelRatio: number;
  readonly targetHeight: number;
}

export class SolidPanel {
  private readonly dataset: VolumeDataset;
  private readonly invalidate: () => void;
  private readonly layer: VolumeLayer;
  private atlasTimer: ReturnType<typeof setTimeout> | undefined;
  private fineTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly paced: Paced;
  private isTurning = false;
  private made: MadeAtlas | undefined;
  /** Counts up with every wish for another atlas. */
  private plans = 0;
  private readonly palette = { key: '', table: new Uint8Array(256 * 4) };

  constructor(gl: Gl, dataset: VolumeDataset, invalidate: () => void) {
    this.dataset = dataset;
    this.invalidate = invalidate;
    this.layer = createVolumeLayer(gl);
    this.paced = createPaced({
      least: ROWS,
      advance: (rows) => ({ taken: rows, isDone: !this.layer.refine(rows) }),
      settle: () => this.layer.settle(),
      onDone: invalidate,
    });
    this.plan();
  }

  follow(now: VolumeState, before: VolumeState): void {
    const isCutAnew = now.slicesIn3d && now.position !== before.position;
    if (now.turn !== before.turn || isCutAnew) this.turned();
    const changed = (['versions', 'cutout', 'layers', 'voxelSize'] as const).some((key) => now[key] !== before[key]);
    if (changed) this.plan();
  }

  private turned(): void {
    this.isTurning = true;
    this.paced.stop();
    clearTimeout(this.fineTimer);
    this.fineTimer = setTimeout(() => {
      this.isTurning = false;
      this.invalidate();
    }, FINE_AFTER_MS);
  }

  private plan(): void {
    clearTimeout(this.atlasTimer);
    this.plans++;
    const plan = this.plans;
    this.atlasTimer = setTimeout(() => void this.make(() => plan === this.plans), ATLAS_AFTER_MS);
  }

  /** What loads would have it made anew in a moment. */
  private async make(isNewest: () => boolean): Promise<void> {
    const { layers } = this.dataset.store.getState();
    if (layers.some(({ visible, status }) => visible && status === 'loading')) return;
    const made = await drive(makeAtlas(this.dataset, this.made?.key), { slice: SLICE_MS });
    if (!made || !isNewest()) return;
    this.made = made;
    this.layer.setAtlas(made.atlas);
    this.invalidate();
  }

  /** Draws what the next frame may take; `isWhole` for a picture that must be complete. */
  paint(target: Target, state: VolumeState, { look }: SliceLook, isWhole: boolean): void {
    const { made } = this;
    if (!made) return;
    const role = shownLayer(state, 'prediction') ? 'prediction' : 'truth';
    const { key, table } = paletteOf(this.dataset, role, this.palette.key, true);
    if (table) Object.assign(this.palette, { key, table });
    const { atlas, ends } = made;
    const hasLabels = atlas.labels !== null && state.overlay !== 'none';
    const mode = state.volumeMode === 'surfaces' && !hasLabels ? 'cloud' : state.volumeMode;
    const byte = (value: number) => ((value - ends.low) / (ends.high - ends.low)) * 255;
    const shown: VolumeLook = {
      mode: mode !== 'surfaces' && !atlas.grey ? 'surfaces' : mode,
      look: { ...look, low: byte(look.low), high: byte(look.high) },
      palette: this.palette.table,
      turn: state.turn,
      slices: state.slicesIn3d ? cutShares(this.dataset) : null,
    };
    if (isWhole) {
      this.layer.draw(target, shown);
      return;
    }
    const isDone = this.layer.draw(target, shown, this.isTurning ? 0 : this.paced.inFrame());
    if (isDone || this.isTurning) this.paced.stop();
    else if (!this.paced.isRunning) this.paced.start();
  }

  stop(): void {
    this.plans++;
    this.paced.stop();
    clearTimeout(this.atlasTimer);
    clearTimeout(this.fineTimer);
  }
}
