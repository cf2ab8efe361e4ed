// The 3-D panel: the volume as an atlas that follows what is shown a moment later, coarse while it turns.
import type { Gl } from '../../../render/context.ts';
import type { SliceLook } from '../../../render/layers/slice.ts';
import { createVolumeLayer, type VolumeLayer } from '../../../render/layers/volume.ts';
import type { Box } from '../../../render/view.ts';
import { type MadeAtlas, makeAtlas } from './atlas.ts';
import type { VolumeDataset } from './datasets.ts';
import { paletteOf } from './shown-palette.ts';
import { shownLayer, type VolumeState } from './store.ts';

const ATLAS_AFTER_MS = 150;
/** The 3-D picture is coarse while it turns. */
const COARSE = 0.34;
const FINE_AFTER_MS = 220;

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
  private quality = 1;
  private made: MadeAtlas | undefined;
  private readonly palette = { key: '', table: new Uint8Array(256 * 4) };

  constructor(gl: Gl, dataset: VolumeDataset, invalidate: () => void) {
    this.dataset = dataset;
    this.invalidate = invalidate;
    this.layer = createVolumeLayer(gl);
    this.plan();
  }

  follow(now: VolumeState, before: VolumeState): void {
    if (now.turn !== before.turn) this.coarse();
    const changed = (['versions', 'cutout', 'layers', 'voxelSize'] as const).some((key) => now[key] !== before[key]);
    if (changed) this.plan();
  }

  private coarse(): void {
    this.quality = COARSE;
    clearTimeout(this.fineTimer);
    this.fineTimer = setTimeout(() => {
      this.quality = 1;
      this.invalidate();
    }, FINE_AFTER_MS);
  }

  private plan(): void {
    clearTimeout(this.atlasTimer);
    this.atlasTimer = setTimeout(() => {
      const made = makeAtlas(this.dataset, this.made?.key);
      if (!made) return;
      this.made = made;
      this.layer.setAtlas(made.atlas);
      this.invalidate();
    }, ATLAS_AFTER_MS);
  }

  paint(target: Target, state: VolumeState, { look }: SliceLook): void {
    const { made } = this;
    if (!made) return;
    const role = shownLayer(state, 'prediction') ? 'prediction' : 'truth';
    const { key, table } = paletteOf(this.dataset, role, this.palette.key, true);
    if (table) Object.assign(this.palette, { key, table });
    const { atlas, ends } = made;
    const hasLabels = atlas.labels !== null && state.overlay !== 'none';
    const mode = state.volumeMode === 'surfaces' && !hasLabels ? 'cloud' : state.volumeMode;
    const byte = (value: number) => ((value - ends.low) / (ends.high - ends.low)) * 255;
    this.layer.draw(target, {
      mode: mode !== 'surfaces' && !atlas.grey ? 'surfaces' : mode,
      look: { ...look, low: byte(look.low), high: byte(look.high) },
      palette: this.palette.table,
      turn: state.turn,
      quality: this.quality,
    });
  }

  stop(): void {
    clearTimeout(this.atlasTimer);
    clearTimeout(this.fineTimer);
  }
}
