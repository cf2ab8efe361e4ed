// The view state of one volume data set: plain, serialisable values. Voxels are in the resource cache under `<id>/voxels/<layer>`.
// Positions are [z, y, x] in voxels.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Triple, VolumeRole } from '../../../base/volume.ts';
import type { ColormapName } from '../../../render/colormap.ts';
import type { Turn, VolumeMode } from '../../../render/layers/volume.ts';
import type { LabelKind } from '../shared/label-conventions.ts';
import type { PlaneName, Projection } from '../shared/planes.ts';
import type { Report } from '../shared/report-types.ts';
import type { CellsOutput, ReadoutRow, ScoreBlocks, ScoreSummary, ScoreTask, TaskOneOutput } from '../shared/score-types.ts';
import { type SegmentSettings, USUAL_SETTINGS } from '../shared/segment-types.ts';
import type { AxisOrder } from '../shared/types.ts';

export interface Layer {
  readonly id: string;
  readonly name: string;
  readonly role: VolumeRole;
  /** What the labels mark; 'other' where nobody knows. */
  readonly kind: LabelKind | 'other';
  /** Id of the label convention of the file. */
  readonly convention: string;
  readonly order: AxisOrder;
  readonly shape: Triple;
  /** Among the files of the data set, dropped on it, made here, or kept from an earlier visit (dropped then). */
  readonly origin: 'file' | 'dropped' | 'made' | 'kept';
  readonly status: 'waiting' | 'loading' | 'ready' | 'failed';
  readonly visible: boolean;
  /** 0…1. */
  readonly fill: number;
  readonly outline: boolean;
}

export interface Contrast {
  readonly low: number;
  readonly high: number;
  readonly gamma: number;
  readonly map: ColormapName;
  /** Set by the user: automatic limits no longer follow. */
  readonly locked: boolean;
}

export type Tool = 'look' | 'scribble' | 'paint' | 'erase' | 'ruler' | 'angle';
export type Overlay = 'classes' | 'errors' | 'none';

export interface VolumeState {
  readonly layers: readonly Layer[];
  readonly position: Triple;
  readonly plane: PlaneName;
  /** The part of the stack that is shown; null: all. */
  readonly cutout: string | null;
  /** Where the pictures were moved to: voxels at the centre, CSS px a unit; null: fitted. */
  readonly camera: { readonly centre: Triple; readonly zoom: number } | null;
  readonly contrast: Contrast | null;
  /** Micrometres. */
  readonly voxelSize: Triple;
  readonly voxelKnown: boolean;
  /** It is what such data usually have; the file does not say. */
  readonly voxelAssumed: boolean;
  readonly overlay: Overlay;
  /** What comes back when labels that are hidden are shown again. */
  readonly lastOverlay: Exclude<Overlay, 'none'>;
  /** The class of errors, scores and region report; null: all. */
  readonly chosenClass: number | null;
  readonly hidden: readonly number[];
  readonly solo: number | null;
  readonly highlight: number | null;
  /** Counts up with every wish for other colours of labels that have no name. */
  readonly recolour: number;
  readonly crosshair: boolean;
  readonly scaleBar: boolean;
  /** Share of the width where truth ends and prediction begins; null: off. */
  readonly swipe: number | null;
  /** The prediction is hidden for a moment. */
  readonly blink: boolean;
  readonly slab: { readonly planes: number; readonly projection: Projection };
  /** The XY picture is tilted by so many degrees about its horizontal and vertical axis. */
  readonly tilt: { readonly across: number; readonly down: number };
  readonly volumeMode: VolumeMode;
  /** The three slices cut the volume of the 3-D panel. */
  readonly slicesIn3d: boolean;
  readonly turn: Turn;
  /** The one picture that fills the stage; null: all four. */
  readonly maximised: PlaneName | '3d' | null;
  readonly tool: Tool;
  /** The class that is painted. */
  readonly brush: number;
  /** Voxels across. */
  readonly brushSize: number;
  readonly segment: SegmentSettings;
  /** What Segment labels of a volume larger than memory. */
  readonly extent: 'near' | 'all';
  readonly trained: string | null;
  readonly scores: ScoreSummary | null;
  readonly scoreStyle: 'corrected' | 'published';
  readonly task: ScoreTask;
  readonly blocks: ScoreBlocks;
  readonly cells: CellsOutput | null;
  readonly taskOne: ({ readonly name: string } & TaskOneOutput) | null;
  /** Of embeddings that were dropped, and of the texture of the image. */
  readonly taskThree: {
    readonly name: string | null;
    readonly rows: readonly ReadoutRow[] | null;
    readonly texture: readonly ReadoutRow[] | null;
  } | null;
  /** Counts up whenever the voxels behind a name change. */
  readonly versions: {
    readonly image: number;
    readonly labels: number;
    readonly scribbles: number;
    readonly report: number;
    readonly classes: number;
  };
  /** Counts up whenever the work that is remembered was packed. */
  readonly kept: number;
  readonly report: Report | null;
  readonly undo: readonly string[];
  readonly redo: readonly string[];
  /** Points of the ruler or the angle, in voxels. */
  readonly measure: readonly Triple[];
}

export type VolumeStore = StoreApi<VolumeState>;

export const START_TURN: Turn = { yaw: 0.62, pitch: 0.42, zoom: 0.62 };

export function makeStore(
  shape: Triple,
  voxel: { size: Triple | null; assumed: boolean },
  layers: readonly Layer[],
): VolumeStore {
  return createStore<VolumeState>(() => ({
    layers,
    position: shape.map((extent) => Math.floor(extent / 2)) as unknown as Triple,
    plane: 'xy',
    cutout: null,
    camera: null,
    contrast: null,
    voxelSize: voxel.size ?? [1, 1, 1],
    voxelKnown: voxel.size !== null,
    voxelAssumed: voxel.assumed,
    overlay: 'classes',
    lastOverlay: 'classes',
    chosenClass: null,
    hidden: [0],
    solo: null,
    highlight: null,
    recolour: 0,
    crosshair: true,
    scaleBar: true,
    swipe: null,
    blink: false,
    slab: { planes: 1, projection: 'mean' },
    tilt: { across: 0, down: 0 },
    volumeMode: 'surfaces',
    slicesIn3d: false,
    turn: START_TURN,
    maximised: null,
    tool: 'look',
    brush: 1,
    brushSize: 5,
    segment: USUAL_SETTINGS,
    extent: 'near',
    trained: null,
    scores: null,
    scoreStyle: 'corrected',
    task: 'all',
    blocks: '2-D',
    cells: null,
    taskOne: null,
    taskThree: null,
    versions: { image: 0, labels: 0, scribbles: 0, report: 0, classes: 0 },
    kept: 0,
    report: null,
    undo: [],
    redo: [],
    measure: [],
  }));
}

/** Tells the views that the voxels behind `what` were replaced or changed in place. */
export function bump(store: VolumeStore, ...what: (keyof VolumeState['versions'])[]): void {
  store.setState(({ versions }) => {
    const next = { ...versions };
    for (const name of what) next[name]++;
    return { versions: next };
  });
}

export function changeLayer(store: VolumeStore, id: string, change: Partial<Layer>): void {
  store.setState(({ layers }) => ({ layers: layers.map((one) => (one.id === id ? { ...one, ...change } : one)) }));
}

export const layerById = ({ layers }: Pick<VolumeState, 'layers'>, id: string): Layer | undefined =>
  layers.find((one) => one.id === id);

/** The layer of a role that is on screen: the visible one, of several the last that was shown. */
export function shownLayer({ layers }: Pick<VolumeState, 'layers'>, role: VolumeRole): Layer | undefined {
  return layers.find((one) => one.role === role && one.visible);
}
