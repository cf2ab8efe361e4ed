// The view state of one calcium data set: plain, serialisable values. Arrays are in the resource cache under `<id>/…`.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Camera } from '../../../render/camera.ts';
import type { Labels } from '../shared/detection.ts';
import type { Recipe } from '../shared/recipe.ts';
import type { Score } from '../shared/score.ts';
import type { TraceMethod } from '../shared/traces.ts';
import type { Compared, DifferenceClass } from './difference.ts';
import { EDIT_START, type EditState } from './edit-state.ts';
import type { TraceKind } from './lane-curves.ts';
import type { Layer } from './layer-set.ts';
import type { Motion } from './motion.ts';
import type { Preview } from './preview.ts';

export const VIEWS = [
  'movie',
  'mean',
  'max',
  'standard-deviation',
  'correlation',
  'correlation4',
  'noise',
  'pnr',
  'max-correlation',
] as const;
export type ViewName = (typeof VIEWS)[number];

export const VIEW_TITLES: Readonly<Record<ViewName, string>> = {
  movie: 'Movie',
  mean: 'Mean',
  max: 'Max',
  'standard-deviation': 'Standard deviation',
  correlation: 'Correlation',
  correlation4: 'Correlation, 4 neighbours',
  noise: 'Noise',
  pnr: 'Peak to noise',
  'max-correlation': 'Max of correlations',
};

export type LayerName = 'truth' | 'predictions';
export type ResultClass = 'matched' | 'extra' | 'missed';

export interface Contrast {
  /** Data units; null: automatic. */
  readonly low: number;
  readonly high: number;
  readonly gamma: number;
  readonly map: 'gray' | 'viridis' | 'magma' | 'cividis';
  /** Set by the user: automatic limits no longer follow. */
  readonly locked: boolean;
}

export interface Selection {
  readonly layer: LayerName;
  readonly index: number;
}

export interface ScoreNumbers extends Pick<Score, 'recall' | 'precision' | 'combined' | 'inclusion' | 'exclusion' | 'note'> {
  readonly matched: number;
  readonly extra: number;
  readonly missed: number;
}

export interface CalciumState {
  readonly view: ViewName;
  /** The view that B blinks with. */
  readonly blinkWith: ViewName;
  /** Where the picture was moved to; null: fitted. */
  readonly camera: Camera | null;
  readonly frame: number;
  readonly playing: boolean;
  /** Times the recording rate. */
  readonly speed: number;
  readonly loop: boolean;
  /** Show every frame however long it takes, or keep up with the clock. */
  readonly everyFrame: boolean;
  /** Frames averaged around the shown one; 1 = none. */
  readonly smoothing: number;
  readonly deltaF: boolean;
  readonly contrast: Readonly<Partial<Record<string, Contrast>>>;
  readonly show: { readonly truth: boolean; readonly predictions: boolean; readonly fill: boolean };
  readonly colourBy: 'result' | 'layer' | 'measure';
  readonly classes: Readonly<Record<ResultClass, boolean>>;
  /** Pixels; null: found from the movie. */
  readonly diameter: number | null;
  /** What the last detection found or was told. */
  readonly foundDiameter: number | null;
  readonly sensitivity: number;
  readonly labels: Labels;
  readonly traceMethod: TraceMethod;
  /** What is drawn of a trace; null: whatever is best. */
  readonly traceKind: TraceKind | null;
  readonly confidence: number;
  readonly threshold: number;
  /** Residual motion; null until it is measured. */
  readonly motion: Motion | null;
  /** Frames are moved back as they are read. */
  readonly corrected: boolean;
  /** What the parameters would find in the part in view. */
  readonly preview: Preview | null;
  readonly selection: Selection | null;
  readonly framesRead: number;
  /** The first pass has not ended yet. */
  readonly reading: boolean;
  readonly damaged: number;
  /** Counts up whenever the arrays behind a name change, so that views draw again. */
  readonly versions: {
    readonly images: number;
    readonly truth: number;
    readonly predictions: number;
    readonly score: number;
    readonly traces: number;
    readonly bins: number;
    readonly layers: number;
    readonly compare: number;
    readonly measures: number;
  };
  /** The named prediction layers; their regions are in the resource cache. */
  readonly layers: readonly Layer[];
  /** Id of the one that is edited, scored and exported: "the predictions". */
  readonly currentLayer: string | null;
  /** Who labels blind: truth, scores and all other layers are hidden; null while nobody does. */
  readonly blind: string | null;
  /** The two layers whose difference is on the picture. */
  readonly difference: Compared | null;
  readonly differenceShown: Readonly<Record<DifferenceClass, boolean>>;
  /** The current layer's source. */
  readonly predictionSource: string;
  readonly score: ScoreNumbers | null;
  readonly transposed: { readonly asIs: number; readonly exchanged: number } | null;
  readonly tab: 'traces' | 'transients' | 'scores' | 'compare' | 'mistakes' | 'about';
  /** What the time strip shows, in fractional frames; null before it was drawn. */
  readonly timeRange: { readonly from: number; readonly to: number } | null;
  /** What the recipe that was replayed last offers to save, until that was answered. */
  readonly replayed: Recipe | null;
  /** Names of the steps that can be undone and redone. */
  readonly undo: readonly string[];
  readonly redo: readonly string[];
  readonly edit: EditState;
}

export type CalciumStore = StoreApi<CalciumState>;

export function makeStore(threshold: number): CalciumStore {
  return createStore<CalciumState>(() => ({
    view: 'movie',
    blinkWith: 'correlation',
    camera: null,
    frame: 0,
    playing: false,
    speed: 1,
    loop: true,
    everyFrame: false,
    smoothing: 1,
    deltaF: false,
    contrast: {},
    show: { truth: true, predictions: true, fill: false },
    colourBy: 'result',
    classes: { matched: true, extra: true, missed: true },
    diameter: null,
    foundDiameter: null,
    sensitivity: 0.5,
    labels: 'both',
    traceMethod: 'mean',
    traceKind: null,
    confidence: 0,
    threshold,
    motion: null,
    corrected: false,
    preview: null,
    selection: null,
    framesRead: 0,
    reading: true,
    damaged: 0,
    versions: { images: 0, truth: 0, predictions: 0, score: 0, traces: 0, bins: 0, layers: 0, compare: 0, measures: 0 },
    layers: [],
    currentLayer: null,
    blind: null,
    difference: null,
    differenceShown: { onlyA: true, both: true, onlyB: true },
    predictionSource: '',
    score: null,
    transposed: null,
    tab: 'traces',
    timeRange: null,
    replayed: null,
    undo: [],
    redo: [],
    edit: EDIT_START,
  }));
}

/** Tells the views that the arrays behind `what` were replaced. */
export function bump(store: CalciumStore, ...what: (keyof CalciumState['versions'])[]): void {
  store.setState(({ versions }) => {
    const next = { ...versions };
    for (const name of what) next[name]++;
    return { versions: next };
  });
}
