// One stroke of the brush on a slice: scribbles to learn from, or labels that are painted or erased. What it changed is one step of
// undo: the voxels' places and what they were.
import { type Triple, voxelsOf } from '../../../base/volume.ts';
import { denseVoxels, LabelBricks, type Voxels } from '../shared/label-bricks.ts';
import { conventionById } from '../shared/label-conventions.ts';
import { PLANE_AXES, type PlaneName } from '../shared/planes.ts';
import { isVast } from './bricks.ts';
import {
  bricksIn,
  ensureScribbles,
  type HeldLabels,
  labelsIn,
  labelsOf,
  putVoxels,
  scribblesKey,
  type VolumeDataset,
  voxelsKey,
} from './datasets.ts';
import { noteStep } from './history.ts';
import { bump, type Layer, shownLayer } from './store.ts';
import { SCRIBBLES, touch } from './work.ts';

const NAMES = { scribble: 'Scribble', paint: 'Paint', erase: 'Erase' } as const;

export class Stroke {
  private readonly dataset: VolumeDataset;
  private readonly plane: PlaneName;
  private readonly data: Voxels;
  private readonly value: number;
  private readonly name: string;
  /** The layer that is painted, or the scribbles. */
  private readonly what: string;
  private readonly before = new Map<number, number>();
  private last: Triple | null = null;

  /** null where there is nothing to paint on. */
  static begin(dataset: VolumeDataset, plane: PlaneName): Stroke | null {
    const { tool, brush } = dataset.store.getState();
    if (tool === 'scribble')
      return new Stroke(dataset, plane, {
        data: ensureScribbles(dataset),
        value: brush,
        name: NAMES.scribble,
        what: SCRIBBLES,
      });
    if (tool !== 'paint' && tool !== 'erase') return null;
    const found = paintable(dataset);
    return found && new Stroke(dataset, plane, { ...found, value: tool === 'paint' ? brush : 0, name: NAMES[tool] });
  }

  private constructor(
    dataset: VolumeDataset,
    plane: PlaneName,
    { data, value, name, what }: { data: Voxels; value: number; name: string; what: string },
  ) {
    this.dataset = dataset;
    this.plane = plane;
    this.data = data;
    this.value = value;
    this.name = name;
    this.what = what;
  }

  /** Paints from the last place to `voxel` (fractional), discs close to each other. */
  to(voxel: Triple): void {
    const from = this.last ?? voxel;
    const length = Math.hypot(...voxel.map((at, axis) => at - from[axis]!));
    const { brushSize } = this.dataset.store.getState();
    const steps = Math.max(1, Math.ceil(length / Math.max(0.5, brushSize / 4)));
    for (let i = 1; i <= steps; i++) {
      const share = i / steps;
      this.disc(voxel.map((at, axis) => from[axis]! + (at - from[axis]!) * share) as unknown as Triple, brushSize / 2);
    }
    this.last = voxel;
    bump(this.dataset.store, this.what === SCRIBBLES ? 'scribbles' : 'labels');
  }

  private disc(at: Triple, radius: number): void {
    const { shape } = this.dataset;
    const { across, row, col } = PLANE_AXES[this.plane];
    const strides = [shape[1] * shape[2], shape[2], 1];
    const fixed = Math.floor(at[across]!) * strides[across]!;
    const reach = Math.ceil(radius);
    const [r0, c0] = [at[row]!, at[col]!];
    for (let r = Math.floor(r0) - reach; r <= Math.floor(r0) + reach; r++) {
      if (r < 0 || r >= shape[row]!) continue;
      for (let c = Math.floor(c0) - reach; c <= Math.floor(c0) + reach; c++) {
        if (c < 0 || c >= shape[col]!) continue;
        const isIn = (r + 0.5 - r0) ** 2 + (c + 0.5 - c0) ** 2 <= Math.max(0.5, radius * radius);
        if (isIn) this.put(fixed + r * strides[row]! + c * strides[col]!);
      }
    }
  }

  private put(place: number): void {
    const was = this.data.at(place);
    if (was === this.value) return;
    if (!this.before.has(place)) this.before.set(place, was);
    this.data.put(place, this.value);
  }

  /** Notes the stroke as one step. */
  end(): void {
    if (this.before.size === 0) return;
    const places = Float64Array.from(this.before.keys());
    const old = Uint8Array.from(this.before.values());
    const { data, value, dataset, what } = this;
    const area = dataset.shape[1] * dataset.shape[2];
    const planes = new Set(Array.from(places, (place) => Math.floor(place / area)));
    const tell = () => {
      if (data instanceof LabelBricks) putVoxels(what === SCRIBBLES ? scribblesKey(dataset) : voxelsKey(dataset, what), data);
      touch(dataset, what, planes);
      if (what === SCRIBBLES) bump(dataset.store, 'scribbles');
      else bump(dataset.store, 'labels', 'classes');
    };
    noteStep(dataset, {
      name: this.name,
      undo: () => {
        for (const [i, place] of places.entries()) data.put(place, old[i]!);
        tell();
      },
      redo: () => {
        for (const place of places) data.put(place, value);
        tell();
      },
    });
    tell();
  }
}

/** The labels that strokes change: the prediction on screen, or a new one. */
function paintable(dataset: VolumeDataset): { data: Voxels; what: string } | null {
  const layer = shownLayer(dataset.store.getState(), 'prediction');
  const held = layer && (bricksIn(dataset, layer) ?? labelsIn(dataset, layer)?.data);
  if (layer && held) {
    const data = voxelsIn(held, dataset.shape);
    return data && { data, what: layer.id };
  }
  const made = emptyLabels(dataset);
  return { data: voxelsIn(made, dataset.shape)!, what: addOwnLayer(dataset, 'Painted', made) };
}

/** Background everywhere: in bricks where the whole is larger than the memory that labels may fill. */
export function emptyLabels({ shape }: VolumeDataset): OwnLabels {
  return isVast(shape) ? new LabelBricks(shape, 0) : new Uint8Array(voxelsOf(shape));
}

/** null for labels of more than a byte. */
export function voxelsIn(held: HeldLabels, shape: Triple): Voxels | null {
  if (held instanceof LabelBricks) return held;
  return held instanceof Uint8Array ? denseVoxels(held, shape) : null;
}

/** Labels that are made here. */
export type OwnLabels = Uint8Array<ArrayBuffer> | LabelBricks;

let made = 0;

/** A prediction that was made here, shown instead of the one before. Returns its id. */
export function addOwnLayer(dataset: VolumeDataset, name: string, data: OwnLabels): string {
  const id = `own${++made}`;
  const truth = labelsOf(dataset, 'truth')?.layer;
  const layer: Layer = {
    id,
    name,
    role: 'prediction',
    kind: truth?.kind === 'regions' ? 'regions' : 'microstructure',
    convention: conventionById(truth?.kind === 'regions' ? 'regions' : 'bossdb')!.id,
    order: 'zyx',
    shape: dataset.shape,
    origin: 'made',
    status: 'ready',
    visible: true,
    fill: 0.35,
    outline: true,
  };
  putVoxels(voxelsKey(dataset, id), data);
  dataset.store.setState(({ layers }) => ({
    layers: [...layers.map((one) => (one.role === 'prediction' ? { ...one, visible: false } : one)), layer],
  }));
  bump(dataset.store, 'labels', 'classes');
  return id;
}
